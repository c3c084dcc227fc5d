"""Publish releases, go back to an earlier one, verify them: ``python -m newsarchive.publish``."""

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from newsarchive import settings
from newsarchive.build import bag, pool, release
from newsarchive.build.releases import Releases
from newsarchive.errors import ArchiveError, Busy, ReleaseRefused

KEEP = 5  # releases
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
BUSY = 75  # the exit code for "try again later", as sysexits.h has it


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; returns the exit code."""
    options = _parser().parse_args(arguments)
    _on_signals(_stop)
    try:
        options.do(Releases(options.folder), options)
    except Busy as busy:
        sys.stderr.write(f"{busy}\n")
        return BUSY
    except ArchiveError as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"{error.filename or options.folder}: {error.strerror}\n")
        return 1
    return 0


def _on_signals(handler: Callable[[int, object], None]) -> None:
    for number in SIGNALS:
        signal.signal(number, handler)


def _stop(number: int, _frame: object) -> None:
    """End on the spot: what is half made is nobody's, and the next publish removes it."""
    os._exit(128 + number)


def _publish(releases: Releases, options: argparse.Namespace) -> None:
    with releases.alone(wait=options.wait):
        releases.sweep()
        instant = settings.instant(os.environ)
        _build(options.command, {**os.environ, "SOURCE_DATE_EPOCH": str(int(instant.timestamp()))})
        last = releases.stamps()[-1:]
        found = release.survey(releases.building, releases.at(last[0]) if last else None)
        if last == [releases.live] and not found.changed:
            _say(f"Nothing has changed; release {releases.live} stays live")
            return
        stamp = releases.stamp(instant)
        _make(releases, stamp, found, _facts(instant))
        releases.switch(stamp)
        new = len(found.looks) - len(found.kept)
        _say(f"Release {stamp} is live: {len(found.looks):,} files, {new:,} new or changed")
        releases.prune(options.keep)


def _build(command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Have the site built, by a process that ends with this one."""
    with subprocess.Popen(  # noqa: S603  # what the command line names
        command,
        env=environment,
        start_new_session=True,
        preexec_fn=_serve,  # noqa: PLW1509  # no other thread runs yet
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


def _serve() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # which Pelican takes for success
    pool.end_with_parent()


def _facts(instant: datetime) -> dict[str, str]:
    address = os.environ.get("SITEURL", "")
    return {
        "Bagging-Date": f"{instant:%Y-%m-%d}",
        "Source-Date-Epoch": str(int(instant.timestamp())),
        **({"External-Identifier": address} if address else {}),
    }


def _make(releases: Releases, stamp: str, found: release.Survey, facts: Mapping[str, str]) -> None:
    """Make a release beside the others, or leave nothing of it."""
    draft = releases.at(f".{stamp}")
    try:
        release.make(found, draft, facts, {}, pool.Pool(pool.cpus()))
        releases.place(draft, stamp)
    except (ArchiveError, OSError):
        with suppress(OSError):
            releases.sweep()
        raise


def _roll_back(releases: Releases, options: argparse.Namespace) -> None:
    with releases.alone(wait=options.wait):
        live = releases.live
        stamp = options.to or releases.before(live)
        if stamp not in releases.stamps():
            kept = ", ".join(releases.stamps()) or "none"
            wanted = f"no release {stamp}" if stamp else f"no release before {live}"
            raise ReleaseRefused(f"{releases.folder}: {wanted}; there are {kept}")
        releases.switch(stamp)
    _say(f"Release {stamp} is live again")


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
