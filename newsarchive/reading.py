"""The reading: what changed since the last build is read, the rest is taken from the state."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import chain

from pelican.contents import Content
from pelican.contents import Page as PelicanPage
from pelican.generators import Generator

from newsarchive import amendment, desk, references, retelling, surroundings
from newsarchive.amendment import Amendment
from newsarchive.article import intake, reader
from newsarchive.build import sources
from newsarchive.build.fingerprint import Digests
from newsarchive.build.state import Source, Text
from newsarchive.desk import Desk, Filed
from newsarchive.retelling import Retelling
from newsarchive.run import Run
from newsarchive.surroundings import Surroundings

logger = logging.getLogger(__name__)

_READ_BY = "reading"  # a fact of the state: what posts were read by


@dataclass(frozen=True, slots=True)
class Reading:
    """Every item of the archive, and what reading them has told of the last build.

    ``digests`` knows the records of all. ``unread`` are the posts that are faulty. Where nothing
    has changed, the site ``stands`` as it is and no item is here; where nothing but the texts of
    stories has, those are ``retold``, and only the items are here which that takes; where few
    stories have, it is ``amended``, and none is here. Texts may be ``outdated`` that are kept.
    ``contents`` are topics and people as Pelican's contents, where plugins are to see such.
    """

    digests: Digests
    filed: Sequence[Filed] = ()
    unread: AbstractSet[str] = frozenset()
    surroundings: Surroundings = field(default_factory=Surroundings)
    stands: bool = False
    retold: Retelling | None = None
    amended: Amendment | None = None
    outdated: bool = False
    warnings: Sequence[str] = ()
    contents: Sequence[Content] = ()


def read(run: Run, *, whole: bool) -> Reading:
    """Have changed posts read, and take the records of all; unless ``whole``, only where needed."""
    digests, state, posts = Digests(), run.state, run.inventory.posts
    with run.watch.phase("look"):
        around = surroundings.of(run, digests)
        if state.fact(_READ_BY) != around.read_by.hex():
            state.forget_sources()
            state.note(_READ_BY, around.read_by.hex())
        due = sources.changed(state, run.path, posts)
        gone = state.sources.keys() - posts.keys()
        settled = not (whole or run.inventory.faults) and surroundings.are_as_before(run, around)
        if settled and not (due or gone):
            return Reading(digests, stands=True)
        few = settled and len(due) + len(gone) <= amendment.FEW
        known = gone.union(due) & state.sources.keys()
        former = list(desk.filed(state, run.settings, digests, known)) if few else ()
    before = {path: state.sources[path] for path in due if path in state.sources}
    with state.transaction():  # a build that is broken off leaves what the last one knew
        _have_read(run, due)
        if gone:
            state.drop_sources(gone)
        if due or gone:
            state.seal_sources()
    unread = posts.keys() - state.sources.keys()
    with run.watch.phase("assemble"):
        if settled and not gone and _are_one(due, before, state.sources):
            retold = retelling.of(state, due, searched=run.site.search)
            filed = list(_enough(run, digests, retold))
            if filed:
                return Reading(digests, filed, retold=retold)
        if few and not unread:
            changed = list(desk.filed(state, run.settings, digests, due))
            if amended := amendment.of(run, digests, former, changed):
                return Reading(digests, amended=amended)
        filed = list(desk.filed(state, run.settings, digests))
        run.note(references.without_picture(run, filed))
        filed = list(references.with_links(run, filed, unread))
        references.copy_linked(run)
        warnings = list(chain.from_iterable(one.warnings for one in filed))
        warn(warnings)
    outdated = bool(gone or before)
    return Reading(
        digests, filed, unread, surroundings=around, outdated=outdated, warnings=warnings
    )


def _have_read(run: Run, due: Sequence[str]) -> None:
    """Have posts read by whoever does the work, and keep what they say."""
    with run.watch.phase("read", len(due), "files") as step:
        for copies in run.pool.run(desk.read, Desk(run.settings), due, desk.BATCH):
            desk.keep(run.state, run.inventory.posts, copies)
            run.faults.extend(fault for copy in copies for fault in copy.faults)
            step(len(copies))


def _are_one(due: Iterable[str], before: Mapping[str, Source], now: Mapping[str, Source]) -> bool:
    """Tell whether of the posts that were read nothing but the text has changed."""
    return all(
        path in before and path in now and before[path].seal == now[path].seal for path in due
    )


def _enough(run: Run, digests: Digests, retold: Retelling) -> Iterator[Filed]:
    """The items that a retelling takes, or none, where it takes more than is told of it.

    A text that names other files has a say in what is copied, and takes those.
    """
    others = run.inventory.of_kinds("page", "topic", "person")
    if not retold.stories or not others.isdisjoint(retold.stories):
        return
    filed = list(desk.filed(run.state, run.settings, digests, retold.posts | others))
    if not any(one.linked for one in filed if one.kind == "story"):
        yield from filed


def warn(warnings: Iterable[str]) -> None:
    """Say what was found odd in posts, whether they were read now or in an earlier build."""
    for warning in warnings:
        logger.warning("%s", warning)


def read_for_plugins(run: Run, generator: Generator) -> Reading:
    """Read what Pelican's other generators do not; they have read all else for plugins to see."""
    topics = run.inventory.of_kinds("topic", "person")
    contents = intake.read_contents(generator, topics, PelicanPage)
    references.copy_linked(run)
    return Reading(Digests(), contents=contents)


def taken_back(run: Run, reading: Reading) -> Reading:
    """Take Pelican's contents, as plugins have left them, as items."""
    filed = list(_taken_back(run, reading.contents))
    faulty = run.inventory.posts.keys() - {one.item.source_path for one in filed}
    return replace(reading, filed=filed, unread=faulty if run.faults.found else frozenset())


def _taken_back(run: Run, topics: Iterable[Content]) -> Iterator[Filed]:
    stories, standing = run.context["archive_stories"], run.context["archive_pages"]
    for content in (
        *(*stories.articles, *stories.hidden_articles, *stories.drafts, *stories.withdrawn),
        *(*standing.pages, *standing.hidden_pages, *standing.draft_pages),
        *topics,
    ):
        kind = reader.kind_of(content.get_relative_source_path(), run.settings)
        seen = content.status not in intake.UNSEEN
        html = content.get_content(run.site.root) if seen else ""
        item, _ = desk.written_up(content, kind, html)
        yield Filed(kind, item, Text(b"", ""), content=content)
