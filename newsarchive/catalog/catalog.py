"""The catalog of the archive: every story once, and every group it stands in."""

import unicodedata
from collections.abc import Iterable, Mapping
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
from newsarchive.catalog.group import Entry, Group, Person, Place, Section, Topic
from newsarchive.catalog.hierarchy import Hierarchy
from newsarchive.catalog.thread import Thread
from newsarchive.errors import Misfit


@dataclass(frozen=True, slots=True)
class Catalog:
    """All stories, oldest first, and their groups; ``unlisted`` ones have a page but no list.

    Those that are ``withdrawn`` are in no group and no number; of each there is a tombstone.
    ``topic_of`` finds a topic by tag or alias, ``person_of`` a person by any spelling,
    ``section_of`` a section by name, ``place_of`` a place as a dateline has it; ``threads`` finds
    that of a story by its id.
    """

    articles: tuple[Article, ...]
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
    threads: Mapping[str, Thread[Article]]
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
    """Group all stories in one pass a kind, and tell what does not fit together."""
    stories = tuple(sorted(articles, key=lambda article: (article.date.value, article.slug)))
    hidden, gone = tuple(unlisted), tuple(withdrawn)
    every = (*stories, *hidden)
    topic_files = tuple(topic_files)
    known_topics, claimed_topics = authority.index(topic_files)
    ranked, misplaced = hierarchy.of_topics(known_topics)
    topic_of, twins = topics.of_tags(every, known_topics, addresses.topic)
    known_people, claimed_names = authority.index(person_files)
    person_of, nameless = people.of_names(every, known_people, addresses.person)
    section_of, no_sections = sections.of_categories(every, addresses.section)
    place_of, nowhere = places.of_datelines(stories, topic_files, addresses)
    entries = tuple(map(Entry, stories))
    by_topic = topics.groups(entries, topic_of, ranked)
    by_pair, odd_pairs = pairs.groups(by_topic, known_topics, ranked)
    catalog = Catalog(
        articles=stories,
        unlisted=hidden,
        withdrawn=gone,
        archive=Group("archive", "", "", "", entries),
        topics=tuple(by_topic),
        pairs=tuple(by_pair),
        sections=tuple(sections.groups(entries, section_of)),
        people=tuple(people.groups(stories, person_of)),
        places=tuple(places.groups(entries, place_of)),
        years=dates.years(entries, addresses.period),
        hierarchy=ranked,
        threads=thread.threads(stories, topic_of),
        topic_of=topic_of,
        person_of=person_of,
        place_of=place_of,
        section_of=section_of,
    )
    claimed = [*claimed_topics, *claimed_names, *misplaced, *odd_pairs]
    lost = [*twins, *nameless, *nowhere, *no_sections]
    return catalog, [*_repeated((*every, *gone)), *claimed, *lost]


def _repeated(articles: Iterable[Article]) -> Iterable[Misfit]:
    """Tell which slugs, equal but for case and the form of accents, and which ids stand twice."""
    slugs: dict[str, Article] = {}
    ids: dict[str, Article] = {}
    for article in sorted(articles, key=lambda article: article.source_path):
        slug = article.slug
        same = slug if slug.isascii() else unicodedata.normalize("NFC", slug)
        other = slugs.setdefault(same.casefold(), article)
        if other is not article:
            problem = f'slug "{article.slug}" is that of {other.source_path} already'
            cure = "give one of the two another slug"
            yield Misfit(article.source_path, "slug", problem, cure)
        elif ids.setdefault(article.id, article) is not article:
            problem = f"the id is that of {ids[article.id].source_path} already"
            yield Misfit(article.source_path, "id", problem, "give one of the two another id")
