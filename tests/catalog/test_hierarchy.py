"""Topics above, below and beside one another."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as some

from newsarchive.catalog import authority, hierarchy
from newsarchive.catalog.group import Topic
from newsarchive.catalog.hierarchy import Hierarchy
from newsarchive.errors import ContentFaults, Misfit


def topic(name: str, **fields: object) -> Topic:
    """Make a topic with a file."""
    slug = name.lower()
    return Topic(slug, name, f"tag/{slug}/", source_path=f"topics/{slug}.md", **fields)  # type: ignore[arg-type]


def ranked(*topics: Topic) -> tuple[Hierarchy, list[Misfit]]:
    """Put topics in their places."""
    known, misfits = authority.index(topics)
    assert misfits == []
    return hierarchy.of_topics(known)


def names(found: Mapping[str, Iterable[Topic]]) -> dict[str, list[str]]:
    """The names of the topics next to each."""
    return {slug: [topic.name for topic in topics] for slug, topics in found.items()}


def test_broader_and_narrower() -> None:
    """A file names what is above it, by any name of that; what is below is found."""
    found, misfits = ranked(
        topic("Sea", aliases=("Ocean",)),
        topic("Ships", broader=("Ocean",)),
        topic("Ferries", broader=("Ships", "Towns")),
        topic("Arks", broader=("Ships",)),
        topic("Towns"),
    )
    assert misfits == []
    assert names(found.broader) == {
        "arks": ["Ships"],
        "ferries": ["Ships", "Towns"],
        "ships": ["Sea"],
    }
    assert names(found.narrower) == {
        "sea": ["Ships"],
        "ships": ["Arks", "Ferries"],
        "towns": ["Ferries"],
    }
    assert found.ancestry == {
        "ships": ("sea",),
        "arks": ("ships", "sea"),
        "ferries": ("ships", "towns", "sea"),
    }
    assert found.holds("sea", "ferries")
    assert found.holds("ferries", "sea")
    assert not found.holds("arks", "ferries")


def test_related_topics_name_each_other() -> None:
    """It is enough that one file says so, and no more if both do."""
    found, misfits = ranked(
        topic("Quays", related=("Ferries",)), topic("Ferries", related=("Quays",)), topic("Arks")
    )
    assert misfits == []
    assert names(found.related) == {"ferries": ["Quays"], "quays": ["Ferries"]}


@pytest.mark.parametrize("key", ["broader", "related"])
def test_name_that_no_file_has(key: str) -> None:
    """Topics stand beside topics that have files, and never beside themselves."""
    ferries = topic("Ferries", aliases=("Boats",), **{key: ("Weather", "Ferries", "Boats")})
    _, misfits = ranked(ferries)
    told = [(misfit.source_path, misfit.key, misfit.problem) for misfit in misfits]
    assert told == [
        ("topics/ferries.md", key, '"Weather" is no topic with a file of its own'),
        ("topics/ferries.md", key, '"Ferries" is the topic itself'),
        ("topics/ferries.md", key, '"Boats" is the topic itself'),
    ]


@pytest.mark.parametrize(
    ("broader", "circles"),
    [
        ({"A": "B", "B": "A"}, ["A → B → A"]),
        ({"C": "A", "A": "B", "B": "C", "D": "A"}, ["A → B → C → A"]),
        ({"A": "B", "B": "A", "C": "D", "D": "C"}, ["A → B → A", "C → D → C"]),
        ({"A": "BC", "B": "A", "C": "A"}, ["A → B → A", "A → C → A"]),
    ],
)
def test_circle(broader: dict[str, Sequence[str]], circles: list[str]) -> None:
    """A topic that would be above itself: the whole circle is named, and once."""
    _, misfits = ranked(*(topic(name, broader=broader.get(name, ())) for name in "ABCD"))
    said = sorted(
        misfit.problem.removeprefix("Broader goes round in a circle: ") for misfit in misfits
    )
    assert said == circles
    assert {(misfit.key, misfit.cure) for misfit in misfits} == {("broader", "take one step out")}
    assert misfits[0].source_path == "topics/a.md"


@given(some.lists(some.tuples(some.integers(0, 7), some.integers(0, 7)), max_size=20))
def test_no_topic_is_above_itself(steps: list[tuple[int, int]]) -> None:
    """Whatever files say, it can be told in the end, and every circle is a fault."""
    names = "ABCDEFGH"
    broader = {
        name: tuple(names[high] for low, high in steps if names[low] == name) for name in names
    }
    found, _ = ranked(*(topic(name, broader=broader[name]) for name in names))
    assert not any(slug in above for slug, above in found.ancestry.items())


@pytest.mark.parametrize(("key", "value"), [("wikidata", "Q1"), ("media_topic", "20000639")])
def test_identifier_of_two_topics(key: str, value: str) -> None:
    """What has one number elsewhere is one topic."""
    _, misfits = ranked(*(topic(name, **{key: value}) for name in ("Ferries", "Boats")))
    problem = f"{key.capitalize()} {value} is that of topics/boats.md already"
    assert misfits == [Misfit("topics/ferries.md", key, problem, "keep it in one of the two")]


def test_faults_stand_on_their_lines(build: Callable[..., object]) -> None:
    """All of it is told at once, where it is written."""
    files = {
        "topics/boats.md": "Title: Boats\nWikidata: Q1\nBroader: Ferries\n",
        "topics/ferries.md": "Title: Ferries\nBroader: Boats\nRelated: Nothing\n",
        "topics/ships.md": "Title: Ships\nAliases: Boats\nWikidata: Q1\n",
    }
    with pytest.raises(ContentFaults) as error:
        build(files)
    said = [line.partition("content/topics/")[2] for line in str(error.value).splitlines()[:-1]]
    assert said == [
        "boats.md:3: Broader goes round in a circle: Boats → Ferries → Boats; take one step out",
        'ferries.md:3: "Nothing" is no topic with a file of its own; correct it, or write one',
        'ships.md:2: "Boats" is a name of topics/boats.md already; keep it in one of the two',
        "ships.md:3: Wikidata Q1 is that of topics/boats.md already; keep it in one of the two",
    ]
