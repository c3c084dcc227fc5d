"""A release is a bag of exactly what was built; what has not changed is shared with the last."""

import gzip
import os
import shutil
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from subprocess import Popen

import brotli
import pytest

from newsarchive.build import bag, twins
from tests.publishing.printer import CHANGED, STANDING, Printer, digest, valid

Capture = pytest.CaptureFixture[str]

pytestmark = pytest.mark.usefixtures("quiet")


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
