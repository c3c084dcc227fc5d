"""A shard of the index: what is in it, in how many bytes, and what changes it."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsarchive.article.article import Article
from newsarchive.exports.search import codec, shard
from newsarchive.exports.search.words import words
from newsarchive.moment import Moment

from . import reading
from .reading import Index

Story = Callable[..., Article]


def text(html: str) -> Any:  # noqa: ANN401  # what stands for a Text
    """A text that is kept nowhere."""
    return SimpleNamespace(text=html)


NO_SLUGS = shard.Slugs()


def index(*stories: tuple[Article, str], slugs: shard.Slugs = NO_SLUGS) -> Index:
    """Make a shard of stories with these texts, and read it."""
    articles, texts = zip(*stories, strict=True)
    return reading.read(shard.shard(articles, [text(one) for one in texts], slugs))


def bare(number: int, story: Story, **changes: object) -> Article:
    """A story of which nothing is known but its number."""
    empty = {"headline": "", "byline": "", "credits": "", "summary": "", "tags": (), "source": ""}
    place = {"url": f"{number}/", "contributions": (), "dateline": None}
    return story(**{**empty, **place, **changes})


def test_words_of_all_that_a_story_says(story: Story) -> None:
    """Headline, standfirst, byline, text and credits."""
    article = story(headline="One", summary="Two", byline="By Three", credits="(Editing by Four)")
    found = index((article, "<p>Five</p>"))
    for word in ("one", "two", "three", "four", "five"):
        assert found.has(word) == [article.url], word
    assert found.has("html") == []


def test_a_word_weighs_more_in_a_headline_and_in_a_short_text(story: Story) -> None:
    """And the more often it is said."""
    long = " other" * 200
    found = index(
        (bare(0, story, headline="Ferry"), f"<p>{long}</p>"),
        (bare(1, story), f"<p>ferry {long}</p>"),
        (bare(2, story), f"<p>ferry ferry ferry {long}</p>"),
        (bare(3, story), "<p>ferry</p>"),
    )
    headline, once, thrice, short = found.terms["ferry"].values()
    assert headline > thrice > once
    assert short > once
    assert max(weight for term in found.terms.values() for weight in term.values()) <= 15


def test_what_is_said_weighs_something_in_the_longest_story(story: Story) -> None:
    """A weight of nothing would hide the story."""
    short = [(bare(n, story), "<p>ferry</p>") for n in range(60)]
    found = index(*short, (bare(60, story), f"<p>quay {' other' * 9000}</p>"))
    assert found.terms["quay"] == {60: 1}


def test_what_is_shown_of_a_story_before_its_page_is_asked(story: Story) -> None:
    """Where it is, its headline and when and where it was filed; without a place its section."""
    article = story()
    shown = index((article, "")).results[0]
    assert shown == [
        article.url,
        article.headline,
        "en",
        "2024-09-30",
        "30 September 2024",
        "UNITED NATIONS · headline and date supplied",
    ]
    assert index((story(dateline=None, supplied=()), "")).results[0][-1] == "World"


def test_filters_are_terms(story: Story) -> None:
    """A topic by its slug and those above it, whatever the tag; what has no slug by its words."""
    slugs = (
        ("person", "Michelle Nicholls", "michelle-nichols"),
        ("person", "Michelle Nichols", "michelle-nichols"),
        ("topic", "DPRK", "north-korea"),
        ("topic", "DPRK", "asia"),
        ("topic", "North Korea", "north-korea"),
    )
    article = story(tags=("North Korea", "DPRK", "U.S. diplomacy"))
    found = index((article, ""), slugs=shard.Slugs(slugs))
    for term in (
        *("topic:north-korea", "topic:asia", "topic:us diplomacy", "person:michelle-nichols"),
        *("place:united nations", "agency:reuters", "section:world"),
    ):
        assert found.has(f"#{term}") == [article.url], term


def test_two_words_side_by_side(story: Story) -> None:
    """In their order, and within one part of the story; the headline counts for more."""
    article = story(headline="Quay ferries", byline="Roe")
    found = index((article, "<p>The <em>old</em> ferry sailed.</p><p>It came.</p>"))
    assert found.beside("old", "ferry") == found.beside("quay", "ferries") == [article.url]
    assert found.beside("sailed", "it") == [article.url]
    assert found.beside("ferry", "old") == []
    assert found.beside("ferries", "roe") == []
    assert [stories[0] for stories in found.pairs.values()].count(True) == 1


def test_months(story: Story) -> None:
    """Each has the first of its stories."""
    days = [Moment(datetime(1987, month, 1, tzinfo=UTC)) for month in (2, 2, 4)]
    found = index(*((bare(n, story, date=day), "") for n, day in enumerate(days)))
    assert found.head["months"] == [[198702, 0], [198704, 2]]
    assert found.head["stories"] == 3


WORD = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=9)


@settings(deadline=None, max_examples=50)
@given(texts=st.lists(st.lists(WORD, max_size=30), min_size=1, max_size=40))
@example(texts=[["𞤢𞤣𞤤", "𞤢𞤣𞤫"]])  # letters of two UTF-16 units
def test_what_is_written_is_read(story: Story, texts: list[list[str]]) -> None:
    """Every word, and every two side by side, of whatever script, in its stories alone."""
    stories = [(bare(n, story, section=""), " ".join(said)) for n, said in enumerate(texts)]
    found = index(*stories)
    kept = {term: list(postings) for term, postings in found.terms.items()}
    told = [words(" ".join(said)) for said in texts]
    every = {word for said in told for word in said}
    assert kept == {word: [n for n, said in enumerate(told) if word in said] for word in every}
    for number, said in enumerate(told):
        for one, other in pairwise(said):
            assert f"{number}/" in found.beside(one, other)
    assert found.addresses == [article.url for article, _ in stories]


def test_blocks_are_small(story: Story) -> None:
    """However many the words are, no more than some are read for one of them."""
    stories = [(bare(n, story), " ".join(f"w{n}x{m}" for m in range(100))) for n in range(100)]
    assert (
        max(index(*stories).sizes) < 2 * shard.BLOCK * 4
    )  # a pair takes four bytes, most of them 0


def test_a_shard_is_the_same_each_time_and_another_after_each_change(story: Story) -> None:
    """So its blocks tell by their token whether they belong together."""
    first, again, other = (
        shard.shard([bare(0, story)], [text(html)], NO_SLUGS)
        for html in ("<p>a</p>", "<p>a</p>", "<p>b</p>")
    )
    assert first == again
    assert reading.read(first).head["token"] != reading.read(other).head["token"]


RISING = st.lists(st.integers(0, 2**27 - 1), unique=True).map(sorted)


def _taken(data: bytes) -> Iterable[int]:
    value = shift = total = 0
    for byte in data:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            total += value
            yield total
            value = shift = 0


@given(RISING)
def test_steps(rising: list[int]) -> None:
    """Seven bits a byte, or four bytes each in planes: both are read as they were written."""
    assert list(_taken(codec.steps(rising))) == rising
    data = codec.steps_apart(rising)
    count = len(rising)
    steps = [int.from_bytes(data[at::count], "little") for at in range(count)]
    assert [sum(steps[: at + 1]) for at in range(count)] == rising
