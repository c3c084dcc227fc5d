"""What is not as it was published is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.build import bag
from newsarchive.build.pool import Pool
from tests.publishing.printer import STANDING, Printer, valid

Capture = pytest.CaptureFixture[str]

pytestmark = pytest.mark.usefixtures("quiet")


def test_verify_names_every_fault(printer: Printer, capsys: Capture) -> None:
    """What was changed, taken away or added is named, a tag file too, and bagit agrees."""
    printer.release(printer.draft(1))
    assert printer.run("verify") == 0
    capsys.readouterr()
    release = printer.live.resolve()
    (release / "data/t.txt").write_text("forged")
    (release / "data/index.html").unlink()
    (release / "data/index.html").symlink_to("t.txt")
    (release / "data/2024/index.html.br").unlink()
    (release / "data/new.html").write_text("smuggled")
    (release / "note.txt").write_text("smuggled")
    (release / "bag-info.txt").write_text("Bagging-Date: 1999-01-01\n")
    assert printer.run("verify") == 1
    assert capsys.readouterr().err.splitlines() == [
        f"{release}/{fault}"
        for fault in (
            "data/2024/index.html.br: missing",
            "data/new.html: added",
            "note.txt: added",
            "bag-info.txt: changed",
            "data/index.html: changed",
            "data/t.txt: changed",
        )
    ]
    assert not valid(release)


def test_a_damaged_manifest(printer: Printer, capsys: Capture) -> None:
    """A list of digests that was tampered with is itself a fault, and stops nobody."""
    printer.release(printer.draft(1))
    manifest = printer.live.resolve() / "manifest-sha512.txt"
    manifest.write_bytes(b"\xff\n" + manifest.read_bytes().partition(b"\n")[2])
    assert printer.run("verify", "--release", printer.stamps()[0]) == 1
    faults = capsys.readouterr().err
    assert f"{manifest}: line 1 is not a digest and a path\n" in faults
    assert f"{manifest}: changed\n" in faults
    assert "data/2024/09/29/y/index.html: added\n" in faults
    assert printer.release(printer.draft(2)) == 0
    assert printer.run("verify") == 0


@given(name=st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1))
def test_any_name_of_a_file_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    """A manifest keeps apart names with line ends, per cent signs and what looks like escapes."""
    folder = tmp_path_factory.mktemp("bag")
    bag.write(folder, {name: "00", f"{name}%0A": "01"}, {})
    assert bag.payload(folder) == {name: "00", f"{name}%0A": "01"}


def test_digests_are_read_by_any_number_of_workers(printer: Printer) -> None:
    """Faults are the same, and in the same order, however many look for them."""
    printer.release(printer.draft(1))
    for path in STANDING:
        (printer.live / "data" / path).write_text("forged")
    assert bag.faults(printer.live, Pool(2)) == bag.faults(printer.live, Pool(1))
