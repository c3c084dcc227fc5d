"""Tags and the topics behind them."""

from collections.abc import Callable, Mapping

import pytest

from newsarchive.article.article import Article
from newsarchive.catalog import authority, hierarchy, topics
from newsarchive.catalog.addresses import Addresses
from newsarchive.catalog.group import Group, Listed, Topic
from newsarchive.catalog.hierarchy import Hierarchy
from newsarchive.catalog.roll import Roll
from newsarchive.errors import Misfit

Story = Callable[..., Article]

FERRIES = Topic(
    "ferries",
    "Ferries",
    "tag/ferries/",
    aliases=("Car ferries", "F. boats"),
    pairs=("Harbours",),
    source_path="topics/ferries.md",
)
HARBOURS = Topic(
    "harbours", "Harbours", "tag/harbours/", aliases=("Ports",), source_path="topics/harbours.md"
)
KNOWN = {
    "Ferries": FERRIES,
    "Car ferries": FERRIES,
    "F. boats": FERRIES,
    "Harbours": HARBOURS,
    "Ports": HARBOURS,
}
FLAT = Hierarchy()


def names(group: Group) -> list[str]:
    """The slugs of a group's stories."""
    return [entry.article.slug for entry in group.entries]


def grouped(stories: list[Article], known: Mapping[str, Topic], ranks: Hierarchy) -> list[Group]:
    """Group stories by topic."""
    tagged = topics.tagged(Roll.of(stories), known, ranks)
    return topics.groups(Listed.of(stories), tagged, known)


def test_topic_is_found_by_every_name() -> None:
    """A topic's own name and its aliases all lead to it."""
    assert authority.index([FERRIES, HARBOURS]) == (KNOWN, [])


def test_alias_claimed_twice() -> None:
    """A name of two topics is a fault in the second file, naming the first."""
    other = Topic("boats", "Boats", "tag/boats/", ("Car ferries",), source_path="topics/boats.md")
    known, misfits = authority.index([FERRIES, other])
    assert known["Car ferries"] is FERRIES
    problem = '"Car ferries" is a name of topics/ferries.md already'
    assert misfits == [Misfit("topics/boats.md", "aliases", problem, "keep it in one of the two")]


def test_tag_by_an_alias_belongs_to_the_topic(story: Story, addresses: Addresses) -> None:
    """A tag that is a topic's alias is that topic; any other tag is a topic by itself."""
    stories = [story("a", tags=("Car ferries", "Weather"))]
    found, misfits = topics.of_tags(Roll.of(stories), KNOWN, addresses.topic)
    assert found["Car ferries"] is FERRIES
    assert found["Weather"] == Topic("weather", "Weather", "tag/weather/")
    assert misfits == []


@pytest.mark.parametrize("tag", ["ferries", "Ferry-s", "FERRIES", "Ferrie", "F boats", "f. boats"])
def test_tag_hardly_to_be_told_from_a_topic(tag: str, story: Story, addresses: Addresses) -> None:
    """Case, punctuation or a final s do not make a tag of their own."""
    known = {**KNOWN, "Ferrys": Topic("ferrys", "Ferrys", "tag/ferrys/")}
    _, misfits = topics.of_tags(Roll.of([story("a", tags=(tag,))]), known, addresses.topic)
    assert [(misfit.source_path, misfit.key) for misfit in misfits] == [("articles/a.md", "tags")]
    assert misfits[0].problem.startswith(f'tag "{tag}" is hardly to be told from "F')


def test_twins_that_no_file_names(story: Story, addresses: Addresses) -> None:
    """Of two such tags the second is the fault, once, in the story that has it first."""
    stories = [
        story("a", tags=("U.S. trade",)),
        story("b", tags=("US trade",)),
        story("c", tags=("US trade",)),
    ]
    _, misfits = topics.of_tags(Roll.of(stories), {}, addresses.topic)
    cure = "write both the same, or list one as the other's alias in a topic file"
    problem = 'tag "US trade" is hardly to be told from "U.S. trade"'
    assert misfits == [Misfit("articles/b.md", "tags", problem, cure)]


def test_twins_that_one_topic_names(story: Story, addresses: Addresses) -> None:
    """A topic file may list them both."""
    trade = Topic("us-trade", "US trade", "tag/us-trade/", aliases=("U.S. trade",))
    known, _ = authority.index([trade])
    stories = [story("a", tags=("U.S. trade",)), story("b", tags=("US trade",))]
    found, misfits = topics.of_tags(Roll.of(stories), known, addresses.topic)
    assert found == {"U.S. trade": trade, "US trade": trade}
    assert misfits == []


@pytest.mark.parametrize("tag", ["!!!", "…", "&", "x" * 241, "港" * 81])
def test_tag_without_an_address(tag: str, story: Story, addresses: Addresses) -> None:
    """A tag of which nothing is left for an address, or too much, is a fault."""
    _, misfits = topics.of_tags(Roll.of([story("a", tags=(tag,))]), {}, addresses.topic)
    problem = f'tag "{tag}" has no address of its own'
    cure = "name it in a topic file, whose own name is the address"
    assert misfits == [Misfit("articles/a.md", "tags", problem, cure)]


@pytest.mark.parametrize(("tag", "slug"), [("북한", "북한"), ("Ärzte", "ärzte"), ("S", "s")])
def test_tags_in_any_script(tag: str, slug: str, story: Story, addresses: Addresses) -> None:
    """A tag stays readable in its address, in whatever script."""
    found, misfits = topics.of_tags(Roll.of([story("a", tags=(tag,))]), {}, addresses.topic)
    assert found[tag] == Topic(slug, tag, f"tag/{slug}/")
    assert misfits == []


def test_story_with_two_names_of_a_topic_stands_in_it_once(story: Story) -> None:
    """A group holds each of its stories once, oldest first."""
    stories = [story("a", tags=("Ferries", "Car ferries")), story("b", tags=("F. boats",))]
    ferries, harbours = grouped(stories, KNOWN, FLAT)
    assert names(ferries) == ["a", "b"]
    assert ferries.topics == (FERRIES,)
    assert names(harbours) == []


def test_broader_topic_gathers_what_is_below_it(story: Story) -> None:
    """However far below, each story once, oldest first; what is above has no part of it."""
    known, _ = authority.index(
        [
            Topic("sea", "Sea", "tag/sea/"),
            Topic("ships", "Ships", "tag/ships/", broader=("Sea",)),
            Topic("arks", "Arks", "tag/arks/", broader=("Ships",)),
            Topic("ferries", "Ferries", "tag/ferries/", broader=("Ships", "Sea")),
        ]
    )
    ranks, _ = hierarchy.of_topics(known)
    stories = [
        story("a", tags=("Arks", "Ferries")),
        story("b", tags=("Sea",)),
        story("c", tags=("Ships", "Ferries")),
    ]
    found = {group.name: names(group) for group in grouped(stories, known, ranks)}
    assert found == {
        "Sea": ["a", "b", "c"],
        "Ships": ["a", "c"],
        "Arks": ["a"],
        "Ferries": ["a", "c"],
    }
