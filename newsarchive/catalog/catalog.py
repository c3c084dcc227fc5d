"""The catalog of the archive: every story once, and every group it stands in."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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
from newsarchive.catalog.group import Entries, Entry, Group, Person, Place, Section, Topic
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
    stories = tuple(sorted(articles, key=lambda article: (article.date.value, article.slug)))
    hidden, gone = tuple(unlisted), tuple(withdrawn)
    entries = tuple(map(Entry, stories))
    roll = Roll.of(stories, hidden, gone)
    topic_files = tuple(topic_files)
    known_topics, claimed_topics = authority.index(topic_files)
    ranked, misplaced = hierarchy.of_topics(known_topics)
    topic_of, twins = topics.of_tags(roll, known_topics, addresses.topic)
    known_people, claimed_names = authority.index(person_files)
    person_of, nameless = people.of_names(roll, known_people, addresses.person)
    section_of, no_sections = sections.of_categories(roll, addresses.section)
    place_of, nowhere = places.of_datelines(roll, topic_files, addresses)
    tagged = topics.tagged(roll, topic_of, ranked)
    by_topic = topics.groups(entries, tagged, topic_of)
    by_pair, odd_pairs = pairs.groups(entries, tagged, by_topic, known_topics, ranked)
    catalog = Catalog(
        roll=roll,
        articles=stories,
        unlisted=hidden,
        withdrawn=gone,
        archive=Group("archive", "", "", "", Entries(entries, [range(roll.listed)])),
        topics=tuple(by_topic),
        pairs=tuple(by_pair),
        sections=tuple(sections.groups(entries, roll, section_of)),
        people=tuple(people.groups(entries, roll, person_of)),
        places=tuple(places.groups(entries, roll, place_of)),
        years=dates.years(entries, roll, addresses.period),
        hierarchy=ranked,
        threads=thread.threads(roll, topic_of),
        topic_of=topic_of,
        person_of=person_of,
        place_of=place_of,
        section_of=section_of,
    )
    claimed = [*claimed_topics, *claimed_names, *misplaced, *odd_pairs]
    lost = [*twins, *nameless, *nowhere, *no_sections]
    return catalog, [*_repeated(roll), *claimed, *lost]


def _repeated(roll: Roll) -> Iterable[Misfit]:
    """Tell which slugs, equal but for case and the form of accents, and which ids stand twice."""
    slugs: dict[str, str] = {}  # the first file of each
    ids: dict[str, str] = {}
    told = zip(roll.paths, roll.ids, roll.slugs, strict=True)
    for path, id_, slug in sorted([*told, *roll.withdrawn]):
        same = slug if slug.isascii() else unicodedata.normalize("NFC", slug)
        other = slugs.setdefault(same.casefold(), path)
        if other is not path:
            problem = f'slug "{slug}" is that of {other} already'
            yield Misfit(path, "slug", problem, "give one of the two another slug")
        elif ids.setdefault(id_, path) is not path:
            problem = f"the id is that of {ids[id_]} already"
            yield Misfit(path, "id", problem, "give one of the two another id")
