"""The parts of a site that change with a few stories: those that have or had one of them."""

from collections.abc import Container, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from newsarchive.article.article import Article
from newsarchive.catalog import dates, thread
from newsarchive.catalog.group import Group, Key, Person, Place, Section, Topic
from newsarchive.catalog.listing import full_pages, page_url
from newsarchive.exports import anniversaries, feeds, pages, periods
from newsarchive.exports.edition import Edition
from newsarchive.exports.pages import Parts
from newsarchive.exports.search import pages as search

_NO_PAGE = 2**31  # beyond the full pages of any group


@dataclass(frozen=True)
class Issue:
    """A site before or after some stories have changed, and these as they are in it."""

    edition: Edition
    stories: Sequence[Article]

    @cached_property
    def listed(self) -> list[str]:
        """All that stand in lists, oldest first, by the paths of their sources."""
        return self.edition.catalog.roll.in_lists

    @cached_property
    def places(self) -> frozenset[int]:
        """Where those that have changed stand among them."""
        paths = {story.source_path for story in self.stories}
        return frozenset(at for at, path in enumerate(self.listed) if path in paths)

    @cached_property
    def groups(self) -> dict[Key, Group]:
        """All groups, those of dates too."""
        found = self.edition.catalog
        named = (found.topics, found.pairs, found.sections, found.people, found.places)
        months = tuple(chain.from_iterable(year.parts for year in found.years))
        days = chain.from_iterable(month.parts for month in months)
        every = chain((found.archive,), *named, found.years, months, days)
        return {group.key: group for group in every}

    def changed(self, places: AbstractSet[int]) -> dict[Key, int]:
        """The groups with a story in one of these places, and where the first of them is there."""
        return {
            key: group.entries.first_in(places)
            for key, group in self.groups.items()
            if group.entries.meet(places)
        }


def are_called_alike(before: Issue, now: Issue) -> bool:
    """Tell whether all that both have goes by the same names, at the same addresses.

    A name that comes or goes may be the one by which others of the same person or place go, unless
    a file names these, and groups have the first spelling of several, profiles the last; it may be
    among the authors of other stories, or have the rights in them. A place that comes or goes may
    be one that a topic's page leads to.
    """
    old, new = before.edition.catalog, now.edition.catalog
    for was, is_ in (
        (old.topic_of, new.topic_of),
        (old.person_of, new.person_of),
        (old.place_of, new.place_of),
        (old.section_of, new.section_of),
    ):
        both = was.keys() & is_.keys()
        slugs = {is_[name].slug for name in both}
        alone = (was.get(name) or is_[name] for name in was.keys() ^ is_.keys())
        others = {one.slug for one in alone if not _is_in_a_file(one)}
        last = [{one.slug: one for one in names.values()} for names in (was, is_)]
        if (
            any(was[name] != is_[name] for name in both)
            or any(last[0][slug] != last[1][slug] for slug in slugs)
            or not slugs.isdisjoint(others)
        ):
            return False
    come = new.person_of.keys() - old.person_of.keys()
    go = old.person_of.keys() - new.person_of.keys()
    if not all(map(come.isdisjoint, old.roll.names.values)):
        return False
    if not all(map(go.isdisjoint, new.roll.names.values)):
        return False
    groups = before.groups.keys() & now.groups.keys()
    if any(before.groups[key].name != now.groups[key].name for key in groups):
        return False
    lone = (before.groups.get(key) or now.groups[key] for key in _alone(before, now))
    return not any(group.kind == "place" and group.topics for group in lone)


def _alone(before: Issue, now: Issue) -> AbstractSet[Key]:
    return before.groups.keys() ^ now.groups.keys()


def _is_in_a_file(one: Topic | Person | Place | Section) -> bool:
    return bool(getattr(one, "source_path", "") or getattr(one, "topic", None))


def parts(before: Issue, now: Issue, start: int) -> Parts:
    """Find which parts of a site to plan where some stories have changed.

    From the place ``start`` on there may be other stories.
    """
    places = now.places
    firsts = before.changed(before.places), now.changed(places)
    per_page = now.edition.site.per_page
    groups = {}
    for key in firsts[0].keys() | firsts[1].keys():
        at = min(first[key] for first in firsts if key in first)
        groups[key] = at // per_page + 1
    for key in groups.keys() & before.groups.keys():  # of which another page may be full now
        full = full_pages(len(before.groups[key].entries), per_page)
        groups[key] = min(groups[key], full + 1)
    # A pair that comes has older stories too; of a topic, hidden ones may be all.
    groups |= dict.fromkeys(_alone(before, now), 1)
    led = {period.key: around for period, around in periods.surroundings(before.edition)}
    for period, around in periods.surroundings(now.edition):
        if led.get(period.key) != around:
            groups.setdefault(period.key, _NO_PAGE)
    count, moved = len(now.listed), before.listed != now.listed
    shards = search.shards_with(range(max(0, start - 1), count) if moved else places)
    return Parts(sorted(places | _telling(before, now, start)), groups, shards)


def _telling(before: Issue, now: Issue, start: int) -> set[int]:
    """The places of stories whose pages tell of others than before: beside them, or in threads."""
    places = {path: place for place, path in enumerate(now.listed)}
    moved = [places.get(path, -1) for path in before.listed]
    threads = before.edition.catalog.threads, now.edition.catalog.threads
    found = thread.differing(*threads, moved, start)
    for place in before.places:
        found.update(moved[max(0, place - 1) : place + 2])
    for place in now.places:
        found.update((place - 1, place + 1))
        if followed := threads[1].of(place, range(len(places))):
            found.update(followed.earlier, followed.later)
    return {place for place in found if 0 <= place < len(places)}


def shown(issue: Issue, wanted: Parts) -> set[str]:
    """The stories that most of the parts show, by the paths of their sources."""
    per_page, found = issue.edition.site.per_page, set[int]()
    for key, group in issue.groups.items():
        count, first = len(group.entries), (wanted.groups or {}).get(key, 0)
        if first and group.kind != "archive" and not (group.parts and count >= 2 * per_page):
            start = min(first - 1, full_pages(count, per_page)) * per_page
            found.update(group.entries.places[start:])
    for shard, places in enumerate(search.parted(range(len(issue.listed))), 1):
        if shard in (wanted.shards or ()) and issue.edition.site.search:
            found.update(places)
    return set(map(issue.listed.__getitem__, found))


def paths(issue: Issue, keys: Container[Key]) -> Iterator[str]:
    """The paths of all pages that may come and go with stories, of groups those with the keys."""
    edition = issue.edition
    yield from (story.save_as for story in issue.stories)
    for key, group in issue.groups.items():
        if group.kind != "archive" and key in keys:
            stories = 0 if group.parts else len(group.entries)
            for number in range(full_pages(stories, edition.site.per_page) + 1):
                yield f"{page_url(group.url, number)}index.html"
            if feeds.has_feed(group):
                yield from feeds.paths(feeds.base_of(group))
    repeated = dates.anniversaries(edition.catalog.years)
    for slug in repeated:
        yield f"{anniversaries.crumb(edition.house, slug)[1]}index.html"
    if repeated:
        yield f"{edition.house.indexes.anniversaries}index.html"
    yield from (moved.path for moved in pages.redirects(edition))
    if edition.site.search:
        shards = search.shards_with(range(edition.catalog.roll.listed))
        yield from map(search.path_of, shards)
