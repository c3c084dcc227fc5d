"""List the tags that no topic file describes, and begin such files: ``make topics``."""

import logging
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, NoReturn

from newsarchive import embargo, reading
from newsarchive.archive import ArchiveGenerator
from newsarchive.article import reader
from newsarchive.catalog import authority, spelling
from newsarchive.catalog.addresses import can_stand
from newsarchive.catalog.topics import fold
from newsarchive.check import Enough, Rehearsal, parser, settings_of
from newsarchive.errors import ArchiveError
from newsarchive.reading import Reading


class Tag(NamedTuple):
    """A tag without a topic file, and how many stories have it.

    ``slug`` is its address, if it can have one; ``near`` are other tags and topics that may be
    meant. A build refuses a ``twin`` of one of these.
    """

    name: str
    slug: str
    stories: int
    near: Sequence[str] = ()
    twin: bool = False
    kind: str = ""

    @property
    def stub(self) -> str:
        """What its topic file begins with: nothing but what is known."""
        return f"Title: {self.name}\n" + (f"Kind: {self.kind}\n" if self.kind else "")


class Indexer(ArchiveGenerator):
    """Reads all posts, whatever has changed, and counts the tags of stories on the site."""

    whole = True

    def build(self, read: Reading) -> NoReturn:
        """Find the tags without a file, the most used first, and print nothing."""
        run = self.run
        if run.heard:
            read = reading.taken_back(run, read)
        run.faults.raise_if_any()
        found = embargo.cleared(read.filed, run.instant, run.settings).filed
        stories = [one.item for one in found if one.kind == "story" and not one.withdrawn]
        topics, _ = authority.index(one.item for one in found if one.kind == "topic")
        people, _ = authority.index(one.item for one in found if one.kind == "person")
        signed = {part.name for story in stories for part in story.contributions}
        uses = Counter(tag for story in stories for tag in story.tags)
        names = (*topics, *uses)
        near = spelling.near(names)
        alike = Counter(map(fold, dict.fromkeys(names)))
        rows = []
        for name in uses.keys() - topics.keys():
            slug = run.addresses.topic(name).slug
            slug = slug if can_stand(slug) else ""
            kind = "person" if name in people or name in signed else ""
            twin = alike[fold(name)] > 1
            rows.append(Tag(name, slug, uses[name], near.get(name, ()), twin, kind))
        raise Enough(sorted(rows, key=lambda tag: (-tag.stories, tag.name)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tags of an archive that have no topic file; returns the exit code."""
    options = parser("newsarchive.indexing", __doc__ or "")
    options.add_argument(
        "--stubs", type=int, default=0, help="begin a file for each tag of so many stories at least"
    )
    given = options.parse_args(arguments)
    logging.basicConfig(format="%(message)s", level=logging.ERROR)
    try:
        tags: Sequence[Tag] = Rehearsal(settings_of(given), Indexer).run()
    except ArchiveError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    folder = given.content / "topics"
    lines = _begun(tags, folder, given.stubs) if given.stubs else _listed(tags, folder)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 0


def _listed(tags: Sequence[Tag], folder: Path) -> Iterator[str]:
    """The tags, each with its number of stories, and what may be meant by it."""
    if not tags:
        yield "Every tag has a topic file"
        return
    count = "1 tag has" if len(tags) == 1 else f"{len(tags):,} tags have"
    yield f"{count} no topic file. In how many stories each is:"
    width = len(f"{tags[0].stories:,}")
    for tag in tags:
        near = f" (near: {', '.join(tag.near)})" if tag.near else ""
        yield f"  {tag.stories:>{width},}  {tag.name}{near}"
    place = reader.shown_path(folder)
    yield f"make topics STUBS=1 begins a file in {place}/ for each, STUBS=5 for those in 5 stories"


def _begun(tags: Sequence[Tag], folder: Path, least: int) -> Iterator[str]:
    """Write stubs, and tell which, and why not others; what is there stays."""
    folder.mkdir(exist_ok=True)
    taken = {path.stem.casefold() for path in folder.iterdir()}
    wanted = [tag for tag in tags if tag.stories >= least]
    begun = 0
    for tag in wanted:
        path = folder / f"{tag.slug}.md"
        if tag.twin:
            near = ", ".join(tag.near)
            yield f'not "{tag.name}", which is {near} but for its spelling: choose one'
        elif not tag.slug:
            yield f'not "{tag.name}", which makes no address: write a file with another name'
        elif tag.slug.casefold() in taken:
            yield f'not "{tag.name}", for {reader.shown_path(path)} is there already'
        else:
            path.write_text(tag.stub, encoding="utf-8")
            taken.add(tag.slug.casefold())
            begun += 1
            yield reader.shown_path(path)
    count = "1 file" if begun == 1 else f"{begun:,} files"
    yield f"Began {count}; docs/topics.md tells what to add"


if __name__ == "__main__":
    sys.exit(main())
