"""Old releases are kept in their order, gone back to, and used again when they are too many."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsarchive.build.releases import Releases
from tests.publishing.printer import Printer, digest, valid

Capture = pytest.CaptureFixture[str]

pytestmark = pytest.mark.usefixtures("quiet")


def test_rollback(printer: Printer, capsys: Capture) -> None:
    """The release before goes live again, or the one that is named; there is nothing before it."""
    sites = [printer.draft(number) for number in (1, 2, 3)]
    for site in sites:
        printer.release(site)
    first, second, third = printer.stamps()
    for stamp, site in ((second, sites[1]), (first, sites[0])):
        assert printer.run("rollback") == 0
        assert capsys.readouterr().out.endswith(f"Release {stamp} is live again\n")
        assert printer.seen() == digest(site)
    assert printer.run("rollback") == 1
    assert capsys.readouterr().err == (
        f"{printer.public}: no release before {first}; there are {first}, {second}, {third}\n"
    )
    assert printer.run("rollback", "--to", third) == 0
    assert printer.seen() == digest(sites[2])
    assert printer.run("rollback", "--to", "../building") == 1
    assert printer.seen() == digest(sites[2])


def test_a_release_after_a_rollback_comes_last(printer: Printer) -> None:
    """What was gone back from stays, until it is one of too many."""
    for number in (1, 2):
        printer.release(printer.draft(number))
    printer.run("rollback")
    assert printer.release(printer.draft(2)) == 0
    assert printer.live.readlink().name == printer.stamps()[-1]
    assert len(printer.stamps()) == 3


def test_only_so_many_are_kept(printer: Printer) -> None:
    """The oldest go, but for the live one; what was left half made or half removed goes too."""
    for number in range(4):
        printer.release(printer.draft(number), "--keep", "3")
    assert printer.stamps() == [f"20240930T180500Z-{number}" for number in (2, 3, 4)]
    for left in (".20240930T180500Z-7", ".20240930T180500Z-2"):
        (printer.public / "releases" / left / "data").mkdir(parents=True)
    printer.run("rollback", "--to", "20240930T180500Z-2")
    Releases(printer.public).prune(1)
    assert printer.stamps() == ["20240930T180500Z-2", "20240930T180500Z-4"]


def test_an_old_release_is_used_again(printer: Printer) -> None:
    """The next release is made of it, and nothing in that shows; what stands is not even linked."""
    for number in range(3):
        printer.release(printer.draft(number), "--keep", "2")
    old = printer.spare / "data"
    inode = (printer.spare / "data/2024").stat().st_ino
    (old / "gone/deep").mkdir(parents=True)
    (old / "gone/deep/index.html").write_text("gone")
    (old / "about/index.html").unlink()
    (old / "about/index.html").mkdir()
    (old / "a/b/c.json").unlink()
    (old / "t.txt").unlink()
    (old / "t.txt").write_text("t.txt stands\n" * 40)
    shutil.rmtree(old / "feeds")
    (old / "feeds").write_text("a file")
    (printer.spare / "note.txt").write_text("an unknown tag file")
    draft = printer.draft(3)
    (draft / "theme/css/a.css").unlink()
    (draft / "theme/css").rmdir()
    assert printer.release(draft, "--keep", "2") == 0
    assert printer.seen() == digest(draft)
    assert valid(printer.live)
    assert (printer.live / "data/2024").stat().st_ino == inode
    before = printer.public / "releases" / printer.stamps()[0]
    for path in ("t.txt", "about/index.html", "theme/p.png", "2024/09/29/y/index.html.br"):
        assert (before / "data" / path).samefile(printer.live / "data" / path)


def test_one_release_is_too_few(printer: Printer, capsys: Capture) -> None:
    """The release before the live one is being read while the next one goes live."""
    assert printer.release(printer.draft(1), "--keep", "1") == 2
    assert "keep 2 releases at least" in capsys.readouterr().err


def test_stamps_come_in_order(tmp_path: Path) -> None:
    """A release comes last, whatever the clock says, and the tenth of a second after the ninth."""
    releases = Releases(tmp_path)
    instant = datetime(2024, 9, 30, 18, 5, tzinfo=UTC)
    expected = ["20240930T180500Z", *(f"20240930T180500Z-{number}" for number in range(2, 12))]
    for stamp in expected:
        assert releases.stamp(instant) == stamp
        assert releases.stamp(instant.replace(year=1999)) == stamp or stamp == expected[0]
        releases.at(stamp).mkdir(parents=True)
        assert releases.stamps()[-1] == stamp
    assert releases.stamps() == expected
    assert releases.before(expected[9]) == expected[8]
    assert releases.stamp(instant.replace(second=1)) == "20240930T180501Z"
