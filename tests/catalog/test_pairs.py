"""Two topics together."""

from collections.abc import Callable, Iterable

import pytest

from newsarchive.article.article import Article
from newsarchive.catalog import authority, hierarchy, pairs, topics
from newsarchive.catalog.addresses import Addresses
from newsarchive.catalog.group import Entry, Group, Topic
from newsarchive.catalog.hierarchy import Hierarchy
from newsarchive.catalog.pairs import ENOUGH
from newsarchive.errors import Misfit

Story = Callable[..., Article]
FLAT = Hierarchy()


def names(group: Group) -> list[str]:
    """The slugs of a group's stories."""
    return [entry.article.slug for entry in group.entries]


def test_pair(story: Story) -> None:
    """A pair holds what stands in both topics, once, though both files ask for it."""
    ferries = Topic("ferries", "Ferries", "tag/ferries/", ("Car ferries",), ("Harbours",))
    harbours = Topic("harbours", "Harbours", "tag/harbours/", ("Ports",), ("Ferries",))
    known, _ = authority.index([harbours, ferries])
    stories = [
        story("a", tags=("Ferries", "Ports")),
        story("b", tags=("Ferries",)),
        story("c", tags=("Harbours", "Car ferries")),
    ]
    (pair,), misfits = pairs.groups(topics.groups(map(Entry, stories), known, FLAT), known, FLAT)
    assert (pair.kind, pair.name, pair.slug) == ("pair", "Ferries and Harbours", "ferries/harbours")
    assert pair.url == "tag/ferries/harbours/"
    assert pair.topics == (ferries, harbours)
    assert pair.followed
    assert names(pair) == ["a", "c"]
    assert misfits == []


def test_pair_is_alphabetical(story: Story) -> None:
    """The first by alphabet stands first, whichever file asks for the pair."""
    abbeys = Topic("abbeys", "Abbeys", "tag/abbeys/")
    ferries = Topic("ferries", "Ferries", "tag/ferries/", pairs=("Abbeys",))
    known, _ = authority.index([ferries, abbeys])
    groups = topics.groups([Entry(story("a", tags=("Ferries", "Abbeys")))], known, FLAT)
    (pair,), _ = pairs.groups(groups, known, FLAT)
    assert pair.url == "tag/abbeys/ferries/"


@pytest.mark.parametrize("name", ["Weather", "Ferries", "Car ferries"])
def test_pair_with_no_other_topic(name: str) -> None:
    """A pair takes two topics that have files."""
    topic = Topic("ferries", "Ferries", "tag/ferries/", ("Car ferries",), (name,), source_path="f")
    known, _ = authority.index([topic])
    found, misfits = pairs.groups(topics.groups([], known, FLAT), known, FLAT)
    assert found == []
    cure = "name a topic that has a file of its own"
    assert misfits == [Misfit("f", "pairs", f'"{name}" is no other topic', cure)]


@pytest.fixture
def meeting(story: Story, addresses: Addresses) -> Callable[..., list[Group]]:
    """Find the pairs of so many stories with the same tags."""

    def found(count: int, tags: Iterable[str], *files: Topic) -> list[Group]:
        known, _ = authority.index(files)
        ranks, _ = hierarchy.of_topics(known)
        stories = [story(f"story-{number}", tags=tuple(tags)) for number in range(count)]
        topic_of, _ = topics.of_tags(stories, known, addresses.topic)
        by_topic = topics.groups(map(Entry, stories), topic_of, ranks)
        by_pair, misfits = pairs.groups(by_topic, known, ranks)
        assert misfits == []
        return by_pair

    return found


def test_topics_that_meet_often(meeting: Callable[..., list[Group]]) -> None:
    """They have a page although nobody asked for it, and no feed."""
    assert meeting(ENOUGH - 1, ("Tides", "Quays", "Arks")) == []
    found = meeting(ENOUGH, ("Tides", "Quays", "Arks"))
    assert [pair.slug for pair in found] == ["arks/quays", "arks/tides", "quays/tides"]
    assert names(found[0]) == [f"story-{number}" for number in range(ENOUGH)]
    assert not any(pair.followed for pair in found)


def test_topic_and_one_above_it_never_meet(meeting: Callable[..., list[Group]]) -> None:
    """All stories of the one below are those of both; what stands beside each pairs with both."""
    sea = Topic("sea", "Sea", "tag/sea/")
    ships = Topic("ships", "Ships", "tag/ships/", broader=("Sea",))
    arks = Topic("arks", "Arks", "tag/arks/", broader=("Ships",))
    found = meeting(ENOUGH, ("Arks", "Tides"), sea, ships, arks)
    assert [pair.slug for pair in found] == ["arks/tides", "sea/tides", "ships/tides"]


def test_pair_with_a_topic_above() -> None:
    """A file cannot ask for that either."""
    known, _ = authority.index(
        [
            Topic("sea", "Sea", "tag/sea/", pairs=("Ships",), source_path="sea"),
            Topic("ships", "Ships", "tag/ships/", broader=("Sea",)),
        ]
    )
    ranks, _ = hierarchy.of_topics(known)
    found, misfits = pairs.groups(topics.groups([], known, ranks), known, ranks)
    assert found == []
    problem = '"Ships" is above or below the topic, and no pair with it'
    assert misfits == [Misfit("sea", "pairs", problem, "take it out of Pairs")]
