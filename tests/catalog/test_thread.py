"""What came before a story and after it in the same matter."""

from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from newsarchive.article.article import Article
from newsarchive.catalog.group import Topic
from newsarchive.catalog.roll import Roll
from newsarchive.catalog.thread import MOST, Thread, threads

Story = Callable[..., Article]

NAMES = ("Ferries", "Boats", "Quays", "Tides", "Fog", "Rain")
TOPICS = {name: Topic(name.lower(), name, f"tag/{name.lower()}/") for name in NAMES}
TOPICS["Ships"] = TOPICS["Ferries"]
MANY = 600  # stories, of which some have a topic that is none of a thread


def told(stories: list[Article]) -> dict[str, Thread[str]]:
    """The threads, with stories by their slugs."""
    slugs = [story.slug for story in stories]
    found = threads(Roll.of(stories), TOPICS)
    told = {slug: found.of(place, slugs) for place, slug in enumerate(slugs)}
    return {slug: thread for slug, thread in told.items() if thread}


def test_before_and_after(story: Story) -> None:
    """A story follows those that share its topics, by whatever name, and says which."""
    stories = [
        story("sails", "2024-01-01", tags=("Ferries", "Quays")),
        story("rains", "2024-01-02", tags=("Rain",)),
        story("sinks", "2024-01-03", tags=("Quays", "Ships", "Ferries")),
        story("rises", "2024-01-04", tags=("Quays",)),
    ]
    both, one = ("Ferries", "Quays"), ("Quays",)
    assert told(stories) == {
        "sails": Thread(later=("sinks", "rises"), later_reasons=(both, one)),
        "sinks": Thread(("sails",), (both,), ("rises",), (one,)),
        "rises": Thread(("sinks", "sails"), (one, one)),
    }


def test_common_topics_make_no_thread(story: Story) -> None:
    """What every eighth story is about says little; rarer topics are named first."""
    stories = [
        story(
            f"s{number}",
            f"2024-01-01 {number // 60:02}:{number % 60:02}",
            tags=(
                "Rain",
                *(["Fog"] if not number % 40 else []),
                *(["Tides"] if not number % 200 else []),
            ),
        )
        for number in range(MANY)
    ]
    found = told(stories)
    assert "s500" not in found
    assert found["s480"].earlier_reasons == (("Fog",),) * MOST
    assert found["s400"].earlier == ("s360", "s200", "s0")
    assert found["s400"].earlier_reasons[1] == ("Tides", "Fog")


def test_long_ago(story: Story) -> None:
    """The longer ago a story was, the more it has to share."""
    stories = [
        story("old", "1950-01-01", tags=("Ferries", "Quays", "Fog")),
        story("older-in-one", "1990-01-01", tags=("Tides",)),
        story("new", "2024-01-01", tags=("Ferries", "Quays", "Fog", "Tides")),
    ]
    assert told(stories)["new"] == Thread(("old",), (("Ferries", "Fog"),))


@given(st.lists(st.tuples(st.integers(0, 400), st.sets(st.sampled_from(NAMES))), max_size=30))
def test_newest_story_changes_few(story: Story, drawn: list[tuple[int, set[str]]]) -> None:
    """Those that it follows learn of it if they are not followed enough; all else stands."""
    days = sorted(day for day, _ in drawn)
    stories = [
        story(f"s{number}", str(date(2024, 1, 1) + timedelta(day)), tags=tuple(sorted(tags)))
        for number, (day, (_, tags)) in enumerate(zip(days, drawn, strict=True))
    ]
    if not stories:
        return
    before, after = told(stories[:-1]), told(stories)
    newest = stories[-1].slug
    followed = after.get(newest, Thread()).earlier
    for slug in {*before, *after} - {newest}:
        now, then = after.get(slug, Thread()), before.get(slug, Thread())
        if now != then:
            assert slug in followed
            assert now.later == (*then.later, newest)
    for slug, thread in after.items():
        assert len(thread.earlier) <= MOST
        assert len(thread.later) <= MOST
        assert all(slug in after[other].earlier for other in thread.later)
