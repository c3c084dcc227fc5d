"""The catalog of the archive: every story once, and every group it stands in."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from newsarchive.article.article import Article
from newsarchive.catalog import (
    authority,
    dates,
    hierarchy,
    pairs,
    people,
    places,
    sections,
    thread,
    topics,
)
from newsarchive.catalog.addresses import Addresses
from newsarchive.catalog.group import Entries, Entry, Group, Listed, Person, Place, Section, Topic
from newsarchive.catalog.hierarchy import Hierarchy
from newsarchive.catalog.roll import Roll
from newsarchive.catalog.thread import Threads
from newsarchive.errors import Misfit


@dataclass(frozen=True, slots=True)
class Catalog:
    """All stories, oldest first, and their groups; ``unlisted`` ones have a page but no list.

    Those that are ``withdrawn`` are in no group and no number; of each there is a tombstone.
    ``topic_of`` finds a topic by tag or alias, ``person_of`` a person by any spelling,
    ``section_of`` a section by name, ``place_of`` a place as a dateline has it.
    """

    roll: Roll
    articles: Sequence[Article]
    unlisted: tuple[Article, ...]
    withdrawn: tuple[Article, ...]
    archive: Group
    topics: tuple[Group, ...]
    pairs: tuple[Group, ...]
    sections: tuple[Group, ...]
    people: tuple[Group, ...]
    places: tuple[Group, ...]
    years: tuple[Group, ...]
    hierarchy: Hierarchy
    threads: Threads
    topic_of: Mapping[str, Topic]
    person_of: Mapping[str, Person]
    place_of: Mapping[str, Place]
    section_of: Mapping[str, Section]


@dataclass(frozen=True, slots=True)
class Stories:
    """The stories of a roll: those listed, in their places, as such and as they stand in lists."""

    listed: Sequence[Article]
    entries: Sequence[Entry]
    unlisted: tuple[Article, ...] = ()
    withdrawn: tuple[Article, ...] = ()


def assemble(  # noqa: PLR0913  # all that there is
    articles: Iterable[Article],
    unlisted: Iterable[Article],
    topic_files: Iterable[Topic],
    person_files: Iterable[Person],
    addresses: Addresses,
    *,
    withdrawn: Iterable[Article] = (),
) -> tuple[Catalog, list[Misfit]]:
    """Group all stories, and tell what does not fit together."""
    listed = tuple(sorted(articles, key=lambda article: (article.date.value, article.slug)))
    stories = Stories(listed, tuple(map(Entry, listed)), tuple(unlisted), tuple(withdrawn))
    roll = Roll.of(listed, stories.unlisted, stories.withdrawn)
    catalog, misfits = arrange(roll, stories, topic_files, person_files, addresses)
    threads = thread.threads(roll, catalog.topic_of)
    return replace(catalog, threads=threads), [*repeated(roll), *misfits]


def arrange(
    roll: Roll,
    stories: Stories,
    topic_files: Iterable[Topic],
    person_files: Iterable[Person],
    addresses: Addresses,
) -> tuple[Catalog, list[Misfit]]:
    """Make the groups of a roll, which takes none of its stories; of threads there are none yet."""
    topic_files, listed = tuple(topic_files), Listed(stories.entries, roll.dates)
    known_topics, claimed_topics = authority.index(topic_files)
    ranked, misplaced = hierarchy.of_topics(known_topics)
    topic_of, twins = topics.of_tags(roll, known_topics, addresses.topic)
    known_people, claimed_names = authority.index(person_files)
    person_of, nameless = people.of_names(roll, known_people, addresses.person)
    section_of, no_sections = sections.of_categories(roll, addresses.section)
    place_of, nowhere = places.of_datelines(roll, topic_files, addresses)
    tagged = topics.tagged(roll, topic_of, ranked)
    by_topic = topics.groups(listed, tagged, topic_of)
    by_pair, odd_pairs = pairs.groups(listed, tagged, by_topic, known_topics, ranked)
    catalog = Catalog(
        roll=roll,
        articles=stories.listed,
        unlisted=stories.unlisted,
        withdrawn=stories.withdrawn,
        archive=Group("archive", "", "", "", Entries(listed, [range(roll.listed)])),
        topics=tuple(by_topic),
        pairs=tuple(by_pair),
        sections=tuple(sections.groups(listed, roll, section_of)),
        people=tuple(people.groups(listed, roll, person_of)),
        places=tuple(places.groups(listed, roll, place_of)),
        years=dates.years(listed, roll, addresses.period),
        hierarchy=ranked,
        threads=Threads(),
        topic_of=topic_of,
        person_of=person_of,
        place_of=place_of,
        section_of=section_of,
    )
    claimed = [*claimed_topics, *claimed_names, *misplaced, *odd_pairs]
    lost = [*twins, *nameless, *nowhere, *no_sections]
    return catalog, [*claimed, *lost]


def repeated(roll: Roll) -> Iterator[Misfit]:
    """Tell which slugs, equal but for case and the form of accents, and which ids stand twice."""
    paths, ids, slugs = (
        [*own, *(one[part] for one in roll.withdrawn)]
        for part, own in enumerate((roll.paths, roll.ids, roll.slugs))
    )
    folded = unicodedata.normalize("NFC", "\n".join(slugs)).casefold().split("\n")  # at once
    if not paths or len({*folded}) == len({*ids}) == len(paths):
        return
    path_of_slug: dict[str, str] = {}
    path_of_id: dict[str, str] = {}
    for path, id_, slug, same in sorted(zip(paths, ids, slugs, folded, strict=True)):
        first = path_of_slug.setdefault(same, path)
        if first is not path:
            problem = f'slug "{slug}" is that of {first} already'
            yield Misfit(path, "slug", problem, "give one of the two another slug")
        elif path_of_id.setdefault(id_, path) is not path:
            problem = f"the id is that of {path_of_id[id_]} already"
            yield Misfit(path, "id", problem, "give one of the two another id")
