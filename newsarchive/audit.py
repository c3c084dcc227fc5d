"""Account for every file below ``content/``, as a page, an asset or left out: ``make audit``."""

import logging
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, NoReturn

from newsarchive.archive import ArchiveGenerator
from newsarchive.article import reader
from newsarchive.article.inventory import Inventory
from newsarchive.check import Enough, Rehearsal, parser, settings_of
from newsarchive.desk import Filed
from newsarchive.errors import ArchiveError
from newsarchive.proof import Proofs
from newsarchive.reading import Reading

_KINDS = {
    "story": "stories",
    "page": "pages",
    "topic": "topics",
    "person": "people",
    "asset": "assets",
}
_UNUSED = "no text links to it, and STATIC_PATHS does not name it"
_WITHHELD = "only stories that are not on the site show it or link to it"


class Entry(NamedTuple):
    """What became of a file: its kind and the first file of the site made of it, or a reason."""

    path: str
    kind: str
    made: str = ""
    reason: str = ""


class Auditor(ArchiveGenerator):
    """Plans the whole site, whatever has changed, and accounts for what that is made from."""

    whole = True

    def build(self, read: Reading) -> NoReturn:
        """Account for what was read, and print nothing."""
        raise Enough(sorted(_account(self.run.inventory, self.proofread(read))))


def _account(inventory: Inventory, proofs: Proofs) -> Iterator[Entry]:
    every = {one.item.source_path: one for one in proofs.reading.filed}
    paths = {page.path for page in proofs.plan.pages}
    made: dict[str, str] = {}
    for page in proofs.plan.pages:
        made.setdefault(page.source, page.path)
    for path in inventory.posts:
        one = every.get(path)
        kind = reader.kind_of(path, inventory.settings)
        place = made.get(path) or (f"{one.item.url}index.html" if one else "")
        if place in paths:
            yield Entry(path, kind, place)
        else:
            yield Entry(path, kind, reason=_reason(kind, one))
    for path in inventory.others:
        if path in made:
            yield Entry(path, "asset", made[path])
        else:
            yield Entry(path, "asset", reason=_WITHHELD if path in proofs.withheld else _UNUSED)
    for path, reason in inventory.passed.items():
        for file in _files(Path(inventory.root, path)):
            yield Entry(file.relative_to(inventory.root).as_posix(), "", reason=reason)


def _reason(kind: str, one: Filed | None) -> str:
    if one is None or not one.published:
        return "a draft"
    return "under embargo" if kind == "story" else "no story names it"


def _files(path: Path) -> Iterator[Path]:
    """A file, or all files below a folder."""
    found = path.rglob("*") if path.is_dir() and not path.is_symlink() else [path]
    return (file for file in found if file.is_symlink() or not file.is_dir())


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the account of an archive; returns the exit code."""
    given = parser("newsarchive.audit", __doc__ or "").parse_args(arguments)
    logging.basicConfig(format="%(message)s", level=logging.WARNING)
    try:
        entries: Sequence[Entry] = Rehearsal(settings_of(given), Auditor).run()
    except ArchiveError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.writelines(f"{line}\n" for line in _printed(entries, given.content))
    there = sorted(file.relative_to(given.content).as_posix() for file in _files(given.content))
    accounted = [entry.path for entry in entries]
    for path in sorted({*there}.symmetric_difference(accounted)):
        sys.stderr.write(f"{given.content / path}: not accounted for\n")
    return 0 if there == accounted else 1


def _printed(entries: Sequence[Entry], content: Path) -> Iterator[str]:
    """The account: what was made, what was left out and why, and the sum."""
    made = Counter(entry.kind for entry in entries if not entry.reason)
    left = [entry for entry in entries if entry.reason]
    for kind, plural in _KINDS.items():
        if made[kind]:
            yield f"{made[kind]:,} {plural if made[kind] > 1 else kind}"
    for reason, count in sorted(Counter(entry.reason for entry in left).items()):
        yield f"{count:,} left out: {reason}"
        yield from (f"    {content / entry.path}" for entry in left if entry.reason == reason)
    assets = made.pop("asset", 0)
    pages = made.total()
    yield f"{len(entries):,} files = {pages:,} pages + {assets:,} assets + {len(left):,} left out"


if __name__ == "__main__":
    sys.exit(main())
