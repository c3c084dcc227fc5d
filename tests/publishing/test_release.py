"""A release is a bag of exactly what was built; what has not changed is shared with the last."""

import gzip
import logging
import os
import shutil
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from subprocess import Popen

import bagit
import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.build import bag, twins
from newsarchive.build.pool import Pool
from newsarchive.build.releases import Releases
from tests.publishing.printer import CHANGED, STANDING, Printer, digest

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have releases named after one instant."""
    logging.getLogger("bagit").setLevel(logging.CRITICAL)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1727719500")


def valid(release: Path) -> bool:
    """Ask the Library of Congress."""
    return bool(bagit.Bag(str(release)).is_valid())


def test_a_release_is_a_bag_of_what_was_built(printer: Printer, capsys: Capture) -> None:
    """Every file is there and no other, but for twins that hold the same, and the bag is valid."""
    draft = printer.draft(1)
    (draft / "naïve folder").mkdir()
    (draft / "naïve folder/☃ 1.html").write_text("snow\n" * 30, encoding="utf-8")
    (draft / ".well-known").mkdir()
    (draft / ".well-known/security.txt").write_text("short", encoding="utf-8")
    for left in (".newsarchive", "a/.index.html.new"):
        (draft / left).write_text("left by the build", encoding="utf-8")
    assert printer.release(draft) == 0
    site = printer.live / "data"
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    built = {*CHANGED, *STANDING, "naïve folder/☃ 1.html", ".well-known/security.txt"}
    twinned = built - {"theme/p.png", ".well-known/security.txt"}
    assert files == built | {f"{path}{suffix}" for path in twinned for suffix in (".gz", ".br")}
    for path in twinned:
        text = (site / path).read_bytes()
        assert text == (draft / path).read_bytes()
        assert gzip.decompress((site / f"{path}.gz").read_bytes()) == text
        assert brotli.decompress((site / f"{path}.br").read_bytes()) == text
    assert valid(printer.live)
    assert printer.stamps() == ["20240930T180500Z"]
    assert capsys.readouterr().out == (
        "Release 20240930T180500Z is live: 12 files, 12 new or changed\n"
    )


def test_what_has_not_changed_is_the_same_file(printer: Printer) -> None:
    """A file, or its twin, is linked to that of the release before unless it has changed."""
    printer.release(printer.draft(1))
    before = printer.live.resolve() / "data"
    assert printer.release(printer.draft(2)) == 0
    after = printer.live.resolve() / "data"
    for path in (*CHANGED, *STANDING):
        for suffix in ("", *twins.wanted(path)):
            file = f"{path}{suffix}"
            assert (before / file).samefile(after / file) == (path in STANDING), file
    assert valid(before.parent)
    assert valid(after.parent)


def test_the_same_bytes_made_again_are_the_same_file(printer: Printer) -> None:
    """A site that was built anew costs no second copy, and no second compression."""
    draft = printer.draft(1)
    printer.release(draft)
    before = printer.live.resolve() / "data"
    for file in filter(Path.is_file, draft.rglob("*")):
        os.utime(file, (5, 5))
    shutil.copy(draft / "index.html", draft / "moved.html")
    for _ in range(2):
        printer.release(draft)
        after = printer.live.resolve() / "data"
        for path in ("index.html", "index.html.br", "theme/p.png", "theme/css/a.css.gz"):
            assert (before / path).samefile(after / path)
        assert (before / "index.html.br").samefile(after / "moved.html.br")
        assert valid(after.parent)


def test_what_a_build_does_later_is_in_no_release(printer: Printer) -> None:
    """A release shares no file with the folder in which the next build works."""
    printer.release(printer.draft(1))
    before = printer.seen()
    for file in filter(Path.is_file, (printer.public / "building").rglob("*")):
        file.write_text("written over")
    assert printer.seen() == before


def test_nothing_new(printer: Printer, capsys: Capture) -> None:
    """Where a build changes nothing, the live release stays, and no older one goes for it."""
    printer.release(printer.draft(1))
    capsys.readouterr()
    assert printer.release(printer.draft(1)) == 0
    assert printer.stamps() == ["20240930T180500Z"]
    assert capsys.readouterr().out == "Nothing has changed; release 20240930T180500Z stays live\n"


def test_a_file_that_is_gone_is_a_change(printer: Printer) -> None:
    """Where a page is no longer built, the next release has neither it nor its twins."""
    draft = printer.draft(1)
    printer.release(draft)
    (draft / "t.txt").unlink()
    printer.release(draft)
    assert len(printer.stamps()) == 2
    assert not list((printer.live / "data").glob("t.txt*"))
    assert valid(printer.live)


def test_a_damaged_release_is_not_passed_on(printer: Printer) -> None:
    """What somebody has taken from a release stands in the next one."""
    printer.release(printer.draft(1))
    (printer.live / "data/about/index.html.br").unlink()
    (printer.live / "data/theme/p.png").unlink()
    assert printer.run("verify") == 1
    assert printer.release(printer.draft(2)) == 0
    assert printer.run("verify") == 0
    assert (printer.live / "data/about/index.html.br").is_file()


def test_a_rotten_file_is_replaced(printer: Printer) -> None:
    """A site that is built anew has what was damaged unseen as it should be."""
    draft = printer.draft(1)
    printer.release(draft)
    for path in ("about/index.html", "index.html.br", "t.txt.gz"):
        file = printer.live / "data" / path
        time = file.stat().st_mtime_ns
        file.write_bytes(bytes(file.stat().st_size))
        os.utime(file, ns=(time, time))
    assert printer.run("verify") == 1
    for file in filter(Path.is_file, draft.rglob("*")):
        os.utime(file, (5, 5))
    assert printer.release(draft) == 0
    assert printer.run("verify") == 0


def test_twins_of_other_libraries(printer: Printer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twins are taken over only where they would be the same if they were made now."""
    printer.release(printer.draft(1))
    before = printer.live.resolve() / "data"
    monkeypatch.setattr(twins, "MADE_BY", "zlib 9, brotli 9")
    assert printer.release(printer.draft(1)) == 0
    after = printer.live.resolve() / "data"
    assert before != after
    assert not (before / "t.txt.br").samefile(after / "t.txt.br")


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("t.txt.gz", "the name of a compressed form; name it otherwise"),
        ("link", "neither a file nor a folder; remove it"),
    ],
)
def test_what_no_release_holds(printer: Printer, capsys: Capture, name: str, fault: str) -> None:
    """A link that leads out, or what would be sent as another file's twin, is not published."""
    draft = printer.draft(1)
    if name == "link":
        command = (
            "import os, pathlib, sys; os.makedirs(sys.argv[1]); "
            "os.symlink('/etc', sys.argv[1] + '/link'); "
            "pathlib.Path(os.environ['NEWSARCHIVE_REGISTER']).write_text('{}')"
        )
        building = str(printer.public / "building")
        code = printer.run("release", "--", sys.executable, "-c", command, building)
    else:
        (draft / name).write_text("mine")
        code = printer.release(draft)
    assert code == 1
    assert capsys.readouterr().err == f"{printer.public}/building/{name}: {fault}\n"
    assert not printer.live.exists()


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


def test_a_build_that_fails_changes_nothing(printer: Printer, capfd: Capture) -> None:
    """What was live stays so, whether the build says no, is killed, or does not exist."""
    site = printer.draft(1)
    printer.release(site)
    kill = "import os; os.kill(os.getpid(), 9)"
    for command in (["false"], [sys.executable, "-c", kill], ["/nowhere/pelican"]):
        assert printer.run("release", "--", *command) == 1
        assert printer.seen() == digest(site)
    *errors, missing = capfd.readouterr().err.splitlines()
    assert errors == ["Nothing was published: the site could not be built"] * 2
    assert missing == (
        f"/nowhere/pelican: No such file or directory; release {printer.stamps()[0]} is live"
    )


def test_the_build_has_the_instant_of_its_release(
    printer: Printer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no instant is given, the build goes by that which the release is named after."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    command = (
        "import os, pathlib, sys; pathlib.Path(sys.argv[1]).mkdir(); "
        "pathlib.Path(sys.argv[1], 'now').write_text(os.environ['SOURCE_DATE_EPOCH']); "
        "pathlib.Path(os.environ['NEWSARCHIVE_REGISTER']).write_text('{}')"
    )
    printer.run("release", "--", sys.executable, "-c", command, str(printer.public / "building"))
    instant = datetime.fromtimestamp(int((printer.live / "data/now").read_text()), UTC)
    assert printer.stamps() == [f"{instant:%Y%m%dT%H%M%SZ}"]
    assert bag.facts(printer.live)["Source-Date-Epoch"] == str(int(instant.timestamp()))


def test_two_publish_at_once(printer: Printer, capsys: Capture) -> None:
    """The second waits for the first, or says at once that it will not."""
    site = printer.draft(1)
    hold = (
        "import fcntl, sys; file = open(sys.argv[1], 'ab'); fcntl.lockf(file, fcntl.LOCK_EX); "
        "print('held', flush=True); sys.stdin.read()"
    )
    printer.public.mkdir()
    command = [sys.executable, "-c", hold, str(printer.public / ".lock")]
    with Popen(command, stdin=-1, stdout=-1) as first:  # noqa: S603  # this very Python
        assert first.stdout
        assert first.stdin
        first.stdout.readline()
        assert printer.release(site, "--no-wait") == 75
        assert capsys.readouterr().err == (
            f"{printer.public}: somebody else is publishing; try again later\n"
        )
        assert not printer.live.exists()
        command = [sys.executable, "-m", "newsarchive.publish", "--folder", str(printer.public)]
        with Popen([*command, "verify"]) as other:  # noqa: S603  # as above
            assert other.wait() == 1
        with Popen([*command, "rollback"], stderr=-1) as second:  # noqa: S603  # as above
            with pytest.raises(TimeoutError):
                _wait(second, 1.0)
            first.stdin.close()
            assert second.wait(20) == 1


def _wait(process: "Popen[bytes]", seconds: float) -> None:
    """Wait for what is not to end."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            return
        time.sleep(0.02)
    raise TimeoutError


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


def test_digests_are_read_by_any_number_of_workers(printer: Printer) -> None:
    """Faults are the same, and in the same order, however many look for them."""
    printer.release(printer.draft(1))
    for path in STANDING:
        (printer.live / "data" / path).write_text("forged")
    assert bag.faults(printer.live, Pool(2)) == bag.faults(printer.live, Pool(1))


def test_everybody_may_read_a_release(printer: Printer) -> None:
    """A web server does so under a name of its own, however strict the publisher's shell is."""
    before = os.umask(0o077)
    try:
        assert printer.release(printer.draft(1)) == 0
    finally:
        os.umask(before)
    release = printer.live.resolve()
    for path in (release.parent, release, *release.rglob("*")):
        assert path.stat().st_mode & 0o044 == 0o044
        assert not path.is_dir() or path.stat().st_mode & 0o011 == 0o011
