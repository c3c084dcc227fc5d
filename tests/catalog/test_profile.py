"""What a group's stories have in common."""

from collections.abc import Callable

from newsarchive.article.article import Article
from newsarchive.catalog.addresses import Addresses
from newsarchive.catalog.catalog import Catalog, assemble
from newsarchive.catalog.group import Topic
from newsarchive.catalog.profile import Profiler, Tie
from newsarchive.wire.contribution import Contribution
from newsarchive.wire.dateline import Dateline

Story = Callable[..., Article]

FERRIES = Topic("ferries", "Ferries", "tag/ferries/", ("Boats",), pairs=("Quays", "Fog"))
QUAYS = Topic("quays", "Quays", "tag/quays/")
FOG = Topic("fog", "Fog", "tag/fog/")


def catalog(addresses: Addresses, *stories: Article) -> Catalog:
    """Assemble stories and three topics."""
    found, misfits = assemble(stories, [], [FERRIES, QUAYS, FOG], [], addresses)
    assert misfits == []
    return found


def ties(found: Catalog, slug: str) -> tuple[Tie, ...]:
    """The topics that stand beside one most often."""
    (group,) = (group for group in found.topics if group.slug == slug)
    return Profiler(found, 50).profile(group)().topics


def test_topics_most_often_together(story: Story, addresses: Addresses) -> None:
    """The most frequent stand first, then by the alphabet; all that a page is shared with too."""
    found = catalog(
        addresses,
        story("a", tags=("Ferries", "Rain", "Boats")),
        story("b", tags=("Boats", "Rain", "Quays")),
        story("c", tags=("Ferries", "Oars")),
        story("d", tags=("Quays", "Oars")),
    )
    assert ties(found, "ferries") == (
        Tie("Rain", "tag/rain/", 2),
        Tie("Oars", "tag/oars/", 1),
        Tie("Quays", "tag/quays/", 1, "tag/ferries/quays/"),
        Tie("Fog", "tag/fog/", 0, "tag/ferries/fog/"),
    )
    assert ties(found, "quays")[0] == Tie("Ferries", "tag/ferries/", 1, "tag/ferries/quays/")


def test_only_the_most_frequent(story: Story, addresses: Addresses) -> None:
    """Of many topics the dozen most frequent stand, and what shares a page."""
    tags = [f"Berth {letter}" for letter in "ABCDEFGHIJKLMNOP"]
    found = catalog(addresses, story("a", tags=("Ferries", *tags)))
    names = [tie.name for tie in ties(found, "ferries")]
    assert names == [*tags[:12], "Fog", "Quays"]


def test_topics_that_are_people(story: Story, addresses: Addresses) -> None:
    """People stand apart from other topics; a topic above another is not beside it."""
    ada = Topic("ada-roe", "Ada Roe", "tag/ada-roe/", kind="person")
    boats = Topic("boats", "Boats", "tag/boats/")
    ferries = Topic("ferries", "Ferries", "tag/ferries/", broader=("Boats",))
    stories = [story("a", tags=("Ferries", "Boats", "Ada Roe", "Quays"))]
    found, _ = assemble(stories, [], [ada, boats, ferries], [], addresses)
    for group in (group for group in found.topics if group.slug in {"ferries", "boats"}):
        profile = Profiler(found, 50).profile(group)()
        assert profile.topics == (Tie("Quays", "tag/quays/", 1),)
        assert profile.named == (Tie("Ada Roe", "tag/ada-roe/", 1),)


def test_pair_with_a_topic_that_gathers_others(story: Story, addresses: Addresses) -> None:
    """It is as often beside it as its page with it says, whatever the stories' own tags."""
    fog = Topic("fog", "Fog", "tag/fog/", pairs=("Boats",))
    boats = Topic("boats", "Boats", "tag/boats/")
    ferries = Topic("ferries", "Ferries", "tag/ferries/", broader=("Boats",))
    stories = [story("a", tags=("Ferries", "Fog")), story("b", tags=("Boats", "Fog"))]
    found, _ = assemble(stories, [], [boats, ferries, fog], [], addresses)
    assert ties(found, "fog") == (
        Tie("Boats", "tag/boats/", 2, "tag/boats/fog/"),
        Tie("Ferries", "tag/ferries/", 1),
    )


def test_makers(story: Story, addresses: Addresses) -> None:
    """A topic tells who made its stories; a person with whom, and in which roles."""
    ada, bo = Contribution("Ada Roe", "Byline"), Contribution("Bo Doe", "Editing")
    found = catalog(
        addresses,
        story("a", tags=("Ferries",), contributions=(ada, Contribution("Ada Roe", "Writing"))),
        story("b", tags=("Ferries",), contributions=(ada, bo)),
        story("c"),
    )
    profile = Profiler(found, 50).profile
    (ferries,) = (group for group in found.topics if group.slug == "ferries")
    made = (Tie("Ada Roe", "people/ada-roe/", 2), Tie("Bo Doe", "people/bo-doe/", 1))
    assert profile(ferries)().makers == made
    assert profile(ferries)().roles == ()
    hers = profile(found.people[0])()
    assert (hers.roles, hers.makers) == ((("Byline", 2), ("Writing", 1)), made[1:])


def test_places(story: Story, addresses: Addresses) -> None:
    """A group tells where its stories were filed; a place, where else."""
    leader = Dateline("PARIS/ROME (Reuters) -", ("PARIS", "ROME"))
    found = catalog(
        addresses,
        story("a", tags=("Ferries",), dateline=leader),
        story("b", tags=("Ferries",), dateline=Dateline("Rome -", ("Rome",))),
    )
    profile = Profiler(found, 50).profile
    (ferries,) = (group for group in found.topics if group.slug == "ferries")
    paris = Tie("Paris", "places/paris/", 1)
    assert profile(ferries)().places == (Tie("Rome", "places/rome/", 2), paris)
    (rome,) = (group for group in found.places if group.slug == "rome")
    assert profile(rome)().places == (paris,)
