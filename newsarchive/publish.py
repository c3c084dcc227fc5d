"""Publish releases, go back to an earlier one, verify them: ``python -m newsarchive.publish``."""

import argparse
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path

from newsarchive import registry, settings
from newsarchive.build import bag, pool, release
from newsarchive.build.releases import Releases
from newsarchive.errors import ArchiveError, Busy, ReleaseRefused
from newsarchive.registry import Register

KEEP = 5  # releases
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
REGISTER = "register.json"
FEW, SHOWN = 5, 20  # addresses
BUSY = 75  # the exit code for "try again later", as sysexits.h has it


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; returns the exit code."""
    options = _parser().parse_args(arguments)
    releases = Releases(options.folder)
    os.umask(0o022)  # a web server reads as somebody else
    _on_signals(_stop)
    try:
        options.do(releases, options)
    except Busy as busy:
        sys.stderr.write(f"{busy}\n")
        return BUSY
    except ArchiveError as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    except OSError as error:
        live = f"release {releases.live} is live" if releases.live else "nothing is live"
        sys.stderr.write(f"{error.filename or options.folder}: {error.strerror}; {live}\n")
        return 1
    return 0


def _on_signals(handler: Callable[[int, object], None]) -> None:
    for number in SIGNALS:
        signal.signal(number, handler)


def _stop(number: int, _frame: object) -> None:
    """End on the spot: what is half made is nobody's, and the next publish makes use of it."""
    os._exit(128 + number)


def _publish(releases: Releases, options: argparse.Namespace) -> None:
    with releases.alone(wait=options.wait):
        releases.sweep()
        instant = settings.instant(os.environ)
        last = releases.last
        _build(options.command, _environment(releases, instant))
        register = registry.read(_register(releases))
        found = release.survey(releases.building, releases.at(last) if last else None)
        unchanged = last and not found.changed and register == _register_of(releases, last)
        if unchanged and last == releases.live:
            _say(f"Nothing has changed; release {last} stays live")
            return
        if releases.live and not options.force:
            _refuse_losses(_register_of(releases, releases.live), register)
        stamp = releases.stamp(instant)
        _make(releases, stamp, found, instant)
        releases.switch(stamp)
        new = len(found.looks) - len(found.kept)
        _say(f"Release {stamp} is live: {len(found.looks):,} files, {new:,} new or changed")
        releases.prune(options.keep)


def _register(releases: Releases) -> Path:
    """Where the build writes down what is in it."""
    return releases.folder / REGISTER


def _register_of(releases: Releases, stamp: str) -> Register:
    return registry.read(releases.at(stamp) / REGISTER)


def _environment(releases: Releases, instant: datetime) -> dict[str, str]:
    """What publishconf.py is to know: the instant of the release, and where the registers are."""
    last = releases.last
    return {
        **os.environ,
        "SOURCE_DATE_EPOCH": str(int(instant.timestamp())),
        settings.REGISTER: str(_register(releases).absolute()),
        settings.FORMER: str((releases.at(last) / REGISTER).absolute()) if last else "",
    }


def _build(command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Have the site built, by a process that ends with this one."""
    with subprocess.Popen(  # noqa: S603  # what the command line names
        command,
        env=environment,
        start_new_session=True,
        preexec_fn=partial(_serve, os.getpid()),  # noqa: PLW1509  # no other thread runs yet
    ) as child:

        def stop(number: int, frame: object) -> None:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            _stop(number, frame)

        _on_signals(stop)
        code = child.wait()
        _on_signals(_stop)
    if code:
        raise ReleaseRefused("Nothing was published: the site could not be built")


def _serve(publisher: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # which Pelican takes for success
    pool.end_with(publisher)


def _refuse_losses(before: Register, now: Register) -> None:
    """Refuse to let any story go, or many addresses, with nothing in their place."""
    lost = registry.losses(before, now)
    known = len(before.pages) + len(before.redirects) + len(before.withdrawn)
    if not lost.stories and (len(lost.addresses) <= FEW or len(lost.addresses) * 100 <= known):
        return
    gone = [
        *(
            f"{path}: a story; withdraw it, or name this address in Aliases"
            for path in lost.stories
        ),
        *(
            f"{path}: nothing is in its place"
            for path in lost.addresses
            if path not in lost.stories
        ),
    ]
    count = f"{len(gone):,} of {known:,} addresses would be gone"
    more = [f"and {len(gone) - SHOWN:,} more"] if len(gone) > SHOWN else []
    raise ReleaseRefused(
        "\n".join([*gone[:SHOWN], *more, f"{count}; FORCE=1 lets them go; nothing was published"])
    )


def _facts(instant: datetime) -> dict[str, str]:
    address = os.environ.get("SITEURL", "")
    return {
        "Bagging-Date": f"{instant:%Y-%m-%d}",
        "Source-Date-Epoch": str(int(instant.timestamp())),
        **({"External-Identifier": address} if address else {}),
    }


def _make(releases: Releases, stamp: str, found: release.Survey, instant: datetime) -> None:
    """Make a release beside the others, or leave nothing of it."""
    draft = releases.draft(stamp)
    tags = {REGISTER: _register(releases).read_bytes()}
    try:
        release.make(found, draft, _facts(instant), tags, pool.Pool(pool.cpus()))
        releases.place(draft, stamp)
    except (ArchiveError, OSError):
        shutil.rmtree(draft, ignore_errors=True)  # the disk may be full
        raise


def _roll_back(releases: Releases, options: argparse.Namespace) -> None:
    with releases.alone(wait=options.wait):
        live = releases.live
        stamp = options.to or releases.before(live)
        if stamp not in releases.stamps():
            kept = ", ".join(releases.stamps()) or "none"
            wanted = f"no release {stamp}" if stamp else f"no release before {live}"
            raise ReleaseRefused(f"{releases.folder}: {wanted}; there are {kept}")
        _refuse_withdrawn(releases, stamp)
        releases.switch(stamp)
    _say(f"Release {stamp} is live again")


def _refuse_withdrawn(releases: Releases, stamp: str) -> None:
    """Refuse a release that shows a story which was withdrawn since, published or not yet."""
    registers = [_register_of(releases, releases.last), registry.read(_register(releases))]
    withdrawn = {story for register in registers for story in register.withdrawn.values()}
    pages = _register_of(releases, stamp).pages
    shown = [path for path, story in sorted(pages.items()) if story in withdrawn]
    if shown:
        faults = [f"{releases.at(stamp)}/data/{path}: its story is withdrawn" for path in shown]
        raise ReleaseRefused("\n".join([*faults, f"Release {stamp} does not go live again"]))


def _verify(releases: Releases, options: argparse.Namespace) -> None:
    stamp = options.release or releases.live
    if stamp not in releases.stamps():
        kept = ", ".join(releases.stamps()) or "none"
        raise ReleaseRefused(f"{releases.folder}: no release {stamp}; there are {kept}")
    folder = releases.at(stamp)
    faults = bag.faults(folder, pool.Pool(pool.cpus()))
    if faults:
        raise ReleaseRefused("\n".join(f"{folder}/{fault}" for fault in faults))
    _say(f"Release {stamp} is as it was published")


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m newsarchive.publish",
        description="Publish releases of a site, go back to an earlier one, verify them.",
    )
    parser.add_argument("--folder", type=Path, default=Path("public"), help="where releases stand")
    actions = parser.add_subparsers(required=True)
    publish = actions.add_parser("release", help="build the site and publish it as a new release")
    publish.add_argument("--keep", type=_number, default=KEEP, help="how many releases to keep")
    publish.add_argument("--force", action="store_true", help="let stories and addresses go")
    publish.add_argument("command", nargs="+", help="what builds the site into FOLDER/building")
    publish.set_defaults(do=_publish)
    back = actions.add_parser("rollback", help="make an earlier release the live one")
    back.add_argument("--to", default="", metavar="STAMP", help="which; else the one before")
    back.set_defaults(do=_roll_back)
    for action in (publish, back):
        action.add_argument("--no-wait", dest="wait", action="store_false", help="exit 75 instead")
    verify = actions.add_parser("verify", help="name each file changed, missing or added")
    verify.add_argument("--release", default="", metavar="STAMP", help="which; else the live one")
    verify.set_defaults(do=_verify)
    return parser


def _number(text: str) -> int:
    """How many releases to keep: one is being read when the next goes live."""
    number = int(text)
    if number < 2:  # noqa: PLR2004
        raise argparse.ArgumentTypeError("keep 2 releases at least: the one before is still read")
    return number


if __name__ == "__main__":
    sys.exit(main())
