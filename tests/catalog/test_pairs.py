"""Two topics together."""

from collections.abc import Callable, Iterable, Mapping

import pytest

from newsarchive.article.article import Article
from newsarchive.catalog import authority, hierarchy, pairs, topics
from newsarchive.catalog.addresses import Addresses
from newsarchive.catalog.group import Group, Listed, Topic
from newsarchive.catalog.hierarchy import Hierarchy
from newsarchive.catalog.pairs import ENOUGH
from newsarchive.catalog.roll import Roll
from newsarchive.errors import Misfit

Story = Callable[..., Article]
FLAT = Hierarchy()


def names(group: Group) -> list[str]:
    """The slugs of a group's stories."""
    return [entry.article.slug for entry in group.entries]


def paired(
    stories: list[Article], known: Mapping[str, Topic], ranks: Hierarchy = FLAT
) -> tuple[list[Group], list[Misfit]]:
    """Pair the topics of stories."""
    entries, tagged = Listed.of(stories), topics.tagged(Roll.of(stories), known, ranks)
    by_topic = topics.groups(entries, tagged, known)
    return pairs.groups(entries, tagged, by_topic, known, ranks)


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
    (pair,), misfits = paired(stories, known)
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
    (pair,), _ = paired([story("a", tags=("Ferries", "Abbeys"))], known)
    assert pair.url == "tag/abbeys/ferries/"


@pytest.mark.parametrize("name", ["Weather", "Ferries", "Car ferries"])
def test_pair_with_no_other_topic(name: str) -> None:
    """A pair takes two topics that have files."""
    topic = Topic("ferries", "Ferries", "tag/ferries/", ("Car ferries",), (name,), source_path="f")
    known, _ = authority.index([topic])
    found, misfits = paired([], known)
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
        topic_of, _ = topics.of_tags(Roll.of(stories), known, addresses.topic)
        by_pair, misfits = paired(stories, topic_of, ranks)
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
    found, misfits = paired([], known, ranks)
    assert found == []
    problem = '"Ships" is above or below the topic, and no pair with it'
    assert misfits == [Misfit("sea", "pairs", problem, "take it out of Pairs")]
