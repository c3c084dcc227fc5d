"""The roll of all stories."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from newsarchive.article.article import Article
from newsarchive.catalog.roll import Column, Roll
from newsarchive.wire import dateline

Story = Callable[..., Article]

DAYS = st.integers(1, 28).map("2024-01-{:02}".format)
TAGS = st.sampled_from([(), ("Ferries",), ("Quays", "Ferries"), ("Fog",)])
STATUSES = st.sampled_from(["published", "hidden", "withdrawn"])


def called(stories: list[Article]) -> Roll:
    """The roll of stories as a whole build calls it."""
    by_status = {
        status: [story for story in stories if story.status == status]
        for status in ("published", "hidden", "withdrawn")
    }
    listed = sorted(by_status["published"], key=lambda story: (story.date.value, story.slug))
    hidden = sorted(by_status["hidden"], key=lambda story: story.source_path)
    return Roll.of(listed, hidden, by_status["withdrawn"])


def test_each_value_once(story: Story) -> None:
    """Values stand in the order in which stories first have them."""
    stories = [
        story("a", tags=("Ferries",), source="Reuters"),
        story("b", tags=(), dateline=dateline.parse("ROME (Reuters) –")),
        story("c", tags=("Ferries",)),
    ]
    roll = Roll.of(stories)
    assert roll.tags == Column([("Ferries",), ()], [0, 1, 0])
    assert roll.tags.places(3) == [[0, 2], [1]]
    assert roll.places == Column([(), ("ROME",)], [0, 1, 0])
    assert roll.first(roll.places, 1) == "articles/b.md"


def test_hidden_story_is_found_by_neither_place_nor_source(story: Story) -> None:
    """No list has it, but its tags have to have topics all the same."""
    hidden = story("h", tags=("Fog",), source="Reuters", dateline=dateline.parse("ROME –"))
    roll = Roll.of([story("a")], [hidden])
    assert (roll.listed, roll.paths) == (1, ["articles/a.md", "articles/h.md"])
    assert roll.tags.values == [(), ("Fog",)]
    assert roll.tags.places(roll.listed) == [[0], []]
    assert roll.places.values == [()]
    assert roll.sources.values == [""]


@given(
    drawn=st.lists(st.tuples(DAYS, TAGS, STATUSES), max_size=8),
    changes=st.dictionaries(
        st.integers(0, 11), st.none() | st.tuples(DAYS, TAGS, STATUSES), max_size=4
    ),
)
def test_changed_roll_is_that_of_the_stories_as_they_are(
    story: Story,
    drawn: list[tuple[str, tuple[str, ...], str]],
    changes: dict[int, tuple[str, tuple[str, ...], str] | None],
) -> None:
    """Whichever are new, gone, dated or tagged otherwise, hidden or withdrawn."""

    def made(number: int, said: tuple[str, tuple[str, ...], str]) -> Article:
        date, tags, status = said
        return story(f"s{number}", date, tags=tags, status=status)

    before = dict(enumerate(drawn))
    after = {key: said for key, said in {**before, **changes}.items() if said}
    now = called([made(*one) for one in after.items()])
    new = [made(number, said) for number, said in changes.items() if said]
    found = called([made(*one) for one in before.items()]).changed(
        {f"articles/s{number}.md" for number in changes},
        [one for one in new if one.status == "published"],
        [one for one in new if one.status == "hidden"],
        [one for one in new if one.status == "withdrawn"],
    )
    assert sorted(found.withdrawn) == sorted(now.withdrawn)
    assert [getattr(found, name) for name in PARTS] == [getattr(now, name) for name in PARTS]


PARTS = ("listed", "paths", "ids", "slugs", "dates", "tags", "sections", "makers", "places")
