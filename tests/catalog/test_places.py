"""Where stories were filed: one place under one name."""

from collections.abc import Callable, Iterable

import pytest

from newsarchive.article.article import Article
from newsarchive.catalog import places
from newsarchive.catalog.addresses import Addresses
from newsarchive.catalog.group import Group, Listed, Topic
from newsarchive.catalog.roll import Roll
from newsarchive.errors import Misfit
from newsarchive.wire import dateline

Story = Callable[..., Article]
LENINGRAD = Topic(
    "st-petersburg", "St Petersburg", "tag/st-petersburg/", ("Leningrad",), kind="place"
)


def filed(story: Story, *leaders: str) -> list[Article]:
    """Make stories with these datelines."""
    return [
        story(f"s{number}", dateline=dateline.parse(leader))
        for number, leader in enumerate(leaders)
    ]


def grouped(
    stories: list[Article], addresses: Addresses, topics: Iterable[Topic] = ()
) -> tuple[list[Group], list[Misfit]]:
    """Group stories by place."""
    roll = Roll.of(stories)
    found, misfits = places.of_datelines(roll, topics, addresses)
    return places.groups(Listed.of(stories), roll, found), misfits


@pytest.mark.parametrize(
    ("copy", "usual"),
    [
        ("UNITED NATIONS", "United Nations"),
        ("LONDON", "London"),
        ("WAUKEE, Iowa", "Waukee, Iowa"),
        ("KANSAS CITY, Mo.", "Kansas City, Missouri"),
        ("WASHINGTON, D.C.", "Washington, D.C."),
        ("ST. LOUIS", "St Louis"),
        ("omaha", "Omaha"),
        ("RIO DE JANEIRO", "Rio de Janeiro"),
        ("LA PAZ", "La Paz"),
        ("DE SOTO, Tex", "De Soto, Texas"),
        ("SAINT-GERMAIN-DES-EAUX, France", "Saint-Germain-des-Eaux, France"),
        ("N'DJAMENA", "N'Djamena"),
        ("COEUR D'ALENE, Idaho", "Coeur d'Alene, Idaho"),
        ("L'AQUILA", "L'Aquila"),
        ("O'FALLON, Ill.", "O'Fallon, Illinois"),
        ("MCALLEN", "McAllen"),
        ("McLEAN, Va.", "McLean, Virginia"),
        ("DeKalb, Ill.", "DeKalb, Illinois"),
        ("MARTHA'S VINEYARD", "Martha's Vineyard"),
    ],
)
def test_name_in_prose(copy: str, usual: str) -> None:
    """Capitals, particles, abbreviations: a place is called as a sentence would call it."""
    assert places.usual_name(copy) == usual


def test_one_place_however_the_copy_spells_it(story: Story, addresses: Addresses) -> None:
    """Neither case nor full stops nor a state in short makes another place."""
    stories = filed(
        story, "ST. LOUIS (Reuters) -", "St Louis (Reuters) -", "GARY, Ind. (AP) -", "GARY, IND -"
    )
    (gary, st_louis), misfits = grouped(stories, addresses)
    assert misfits == []
    assert (gary.kind, gary.name, gary.slug, gary.url) == (
        *("place", "Gary, Indiana", "gary-indiana"),
        "places/gary-indiana/",
    )
    assert [entry.article.slug for entry in st_louis.entries] == ["s0", "s1"]


def test_two_cities(story: Story, addresses: Addresses) -> None:
    """A story stands with each place of its dateline, and once where both are one."""
    stories = filed(story, "GENEVA/ZURICH (Reuters) -", "GENEVA/Geneva (Reuters) -")
    geneva, zurich = grouped(stories, addresses)[0]
    assert [len(place.entries) for place in (geneva, zurich)] == [2, 1]


def test_topic_file_of_a_place(story: Story, addresses: Addresses) -> None:
    """Its name is the place's, and so are its aliases, in any case; it can be followed."""
    stories = filed(story, "LENINGRAD (Reuters) -", "ST. PETERSBURG (Reuters) -", "OSLO (AP) -")
    (oslo, petersburg), _ = grouped(stories, addresses, [LENINGRAD])
    assert (petersburg.name, petersburg.url) == ("St Petersburg", "places/st-petersburg/")
    assert len(petersburg.entries) == 2
    assert [topic.name for topic in petersburg.topics] == ["St Petersburg"]
    assert (petersburg.followed, oslo.followed) == (True, False)


def test_topic_of_another_kind_is_no_place(story: Story, addresses: Addresses) -> None:
    """The United Nations are an organisation, and yet a place to file from."""
    nations = Topic("united-nations", "United Nations", "tag/united-nations/", kind="organisation")
    ((place,), _) = grouped(filed(story, "UNITED NATIONS (Reuters) -"), addresses, [nations])
    assert (place.url, place.topics) == ("places/united-nations/", ())


def test_no_dateline(story: Story, addresses: Addresses) -> None:
    """A story without one was filed from nowhere that is known."""
    assert grouped([story("a")], addresses) == ([], [])


def test_name_that_makes_no_address(story: Story, addresses: Addresses) -> None:
    """It is a fault of its story, with the cure."""
    stories = [story("a", dateline=dateline.Dateline("PAGE (Reuters) -", ("PAGE",)))]
    _, misfits = grouped(stories, addresses)
    cure = "list it among the aliases of a topic file of the kind place"
    assert misfits == [
        Misfit("articles/a.md", "dateline", 'the place "PAGE" makes no address', cure)
    ]
