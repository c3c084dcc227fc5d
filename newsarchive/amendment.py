"""The amendment: what it takes to print a site anew of which few stories have changed.

Planned are the parts of the site that have or had one of them, by the carbon of the last build; of
stories that stand elsewhere not even the records are opened.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from math import inf

from newsarchive import carbon, desk, embargo, makeup
from newsarchive.article.article import Article
from newsarchive.build import templates
from newsarchive.build.fingerprint import Digests
from newsarchive.build.plan import Page, are_free, clashes
from newsarchive.carbon import Carbon
from newsarchive.catalog import catalog, thread
from newsarchive.catalog.roll import Roll
from newsarchive.catalog.thread import Threads
from newsarchive.desk import Filed
from newsarchive.errors import Misfit
from newsarchive.exports import pages, parts, tombstones
from newsarchive.exports.edition import Edition
from newsarchive.exports.parts import Issue
from newsarchive.run import Run
from newsarchive.stacks import Stacks

FEW = 64  # stories; where more have changed, a whole plan is as quick


@dataclass(frozen=True, slots=True)
class Amendment:
    """The pages that may be other ones than before, and the paths of those that are gone.

    ``since`` is when the last of the changed stories came to be seen, in seconds; ``carbon`` is
    what the last build left behind, ``codes`` are the templates as they were compiled meanwhile.
    """

    edition: Edition
    pages: Sequence[Page]
    gone: AbstractSet[str]
    since: float
    carbon: Carbon
    codes: Callable[[], dict[str, bytes]]

    @property
    def items(self) -> int:
        """How many stories are on the site."""
        return len(self.edition.catalog.roll.paths)


def of(
    run: Run, digests: Digests, former: Sequence[Filed], changed: Sequence[Filed]
) -> Amendment | None:
    """Find what to do where some posts were as in ``former``, and are as in ``changed``.

    None, where that is more than can be told without the rest.
    """
    known = carbon.kept(run.state)
    paths = frozenset(one.item.source_path for one in (*former, *changed))
    urls = {one.item.source_path: one.item.url for one in changed}
    moved = (one.item for one in former if urls.get(one.item.source_path) != one.item.url)
    if (
        not known
        or run.site.address  # and so a sitemap of all pages
        or (run.ledger or run.former or run.site.story_cards)
        or not all(_is_alone(run, one) for one in (*former, *changed))
        or not known.named.isdisjoint(item.source_path for item in moved)
        or not known.anchored.isdisjoint(paths)
    ):
        return None
    codes = run.pool.aside(templates.compiled, run.settings)
    roll = known.roll.changed(paths, *_by_status(changed))
    start = _start(known.roll, roll, paths)
    stacks, beside = Stacks(run, digests, known.resolved), _beside(run, digests)
    old, _ = _edition(run, known.roll, stacks.with_given(former), beside)
    new, misfits = _edition(run, roll, stacks.with_given(changed), beside)
    threads = thread.threads(roll, new.catalog.topic_of, known.back[:start])
    before = Issue(_with(old, Threads(known.back)), [one.item for one in former])
    now = Issue(_with(new, threads), [one.item for one in changed])
    if misfits or any(catalog.repeated(roll)) or not parts.are_called_alike(before, now):
        return None
    wanted = parts.parts(before, now, start)
    stacks.open(parts.shown(now, wanted) - paths)
    planned = [*pages.pages(now.edition, wanted), *_tombstones(now.edition)]
    was = set(parts.paths(before, wanted.groups or ()))
    claimed = list(parts.paths(now, wanted.groups or ()))
    gone = was.difference(claimed)
    if (
        not known.led_to.isdisjoint(gone)
        or not known.within.isdisjoint(page.path for page in planned)
        or clashes(map(Page, claimed))
        or not are_free(set(claimed) - was, run.state.pages.keys() - gone)
    ):
        return None
    since = max((embargo.released(one.item, run.settings) for one in changed), default=-inf)
    return Amendment(now.edition, planned, gone, since, known, codes)


def _tombstones(edition: Edition) -> Iterator[Page]:
    """What stands where stories were before they were withdrawn, and tells of their day."""
    withdrawn = edition.catalog.withdrawn
    return tombstones.pages(edition, ((path, one) for one in withdrawn for path in one.aliases))


def _beside(run: Run, digests: Digests) -> list[Filed]:
    """What is on the site beside stories."""
    paths = run.inventory.of_kinds("page", "topic", "person")
    filed = desk.filed(run.state, run.settings, digests, paths)
    return [one for one in filed if embargo.is_over(one, run.instant, run.settings)]


def _is_alone(run: Run, one: Filed) -> bool:
    """Tell whether nothing but lists, and pages beside it, change with an item."""
    return (
        one.kind == "story"
        and embargo.is_over(one, run.instant, run.settings)
        and not (one.linked or one.links or one.warnings)
        and not (one.item.picture or one.item.aliases)
        and one.item.template == "article"
    )


def _by_status(changed: Iterable[Filed]) -> Iterator[list[Article]]:
    """The stories that are listed, those in no list, those withdrawn."""
    for status in ("published", "hidden", "withdrawn"):
        yield [one.item for one in changed if one.item.status == status]


def _edition(
    run: Run, roll: Roll, stacks: Stacks, beside: Iterable[Filed]
) -> tuple[Edition, list[Misfit]]:
    """Put together what pages are made from, of stories in the stacks and what stands beside."""
    filed = [stacks.finished(one).whole for one in beside]
    topics = (one.item for one in filed if one.kind == "topic")
    people = (one.item for one in filed if one.kind == "person")
    found, misfits = catalog.arrange(roll, stacks.stories(roll), topics, people, run.addresses)
    return replace(makeup.edition(run, found, filed), texts=stacks), misfits


def _with(edition: Edition, threads: Threads) -> Edition:
    return replace(edition, catalog=replace(edition.catalog, threads=threads))


def _start(before: Roll, now: Roll, paths: AbstractSet[str]) -> int:
    """The first place among all from which on there may be another story, or the same otherwise."""
    listed = zip(before.in_lists, now.in_lists, strict=False)
    differing = (at for at, (was, is_) in enumerate(listed) if was != is_ or was in paths)
    return next(differing, min(before.listed, now.listed))
