"""The story that the exports are tried on, and hostile words for every field of it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from newsarchive.article.article import Article
from newsarchive.catalog.group import Person, Topic
from newsarchive.moment import Moment
from newsarchive.settings import Site
from newsarchive.wire.contribution import Contribution
from newsarchive.wire.dateline import Dateline

LEAD = (
    "North Korea appeared on Monday to dismiss the possibility of a return to the personal "
    "diplomacy its leader Kim Jong Un had with former President Donald Trump, no matter who wins "
    "the Nov. 5 U.S. presidential election."
)

STORY = Article(
    id="urn:uuid:0f2c2f52-6f3e-5d0a-9b1e-8a5f0a4c7d11",
    slug="north-korea-personal-diplomacy",
    headline="North Korea appears to dismiss return to personal diplomacy",
    date=Moment(datetime(2024, 9, 30, tzinfo=UTC), day_only=True),
    url="2024/09/30/north-korea-personal-diplomacy/",
    save_as="2024/09/30/north-korea-personal-diplomacy/index.html",
    source_path="articles/2024/09/30/north-korea-personal-diplomacy.md",
    html=f'<p><span class="dateline">UNITED NATIONS (Reuters) –</span> {LEAD}</p>',
    lead=LEAD,
    section="World",
    tags=("North Korea", "U.S. diplomacy"),
    byline="By Michelle Nichols and David Brunnstrom",
    authors=("Michelle Nichols", "David Brunnstrom"),
    credits=("(Reporting by Michelle Nicholls and David Brunnstrom; Editing by Howard Goller)"),
    contributions=(
        Contribution("Michelle Nichols", "Byline"),
        Contribution("David Brunnstrom", "Byline"),
        Contribution("Michelle Nicholls", "Reporting"),
        Contribution("David Brunnstrom", "Reporting"),
        Contribution("Howard Goller", "Editing"),
    ),
    dateline=Dateline("UNITED NATIONS (Reuters) –", ("UNITED NATIONS",), "Reuters"),
    source="Reuters",
    supplied=("title", "date"),
)

# What markup, scripts, queries and encodings each take for their own; no control characters,
# which the archive refuses, and none of the code points that XML cannot hold.
TRAPS = ("</script><script>alert(1)</script>", "]]>", "<!--", "\"&'", "&amp;", "a=b&c=d+e;%41", "🗞️")
LETTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
WORDS = st.one_of(st.sampled_from(TRAPS), st.text(LETTERS, max_size=12).filter(str.strip))


@pytest.fixture(scope="session")
def site() -> Site:
    """An archive below a domain's root, so that a link without its path shows."""
    return Site(
        name="The News Archive",
        subtitle="Stories kept for good",
        address="https://example.org/archive",
        root="/archive",
        keeper="The Archive’s Library",
    )


@pytest.fixture(scope="session")
def local() -> Site:
    """The same archive, built to be looked at locally."""
    return Site(name="The News Archive", keeper="The Archive’s Library")


@pytest.fixture(scope="session")
def story() -> Callable[..., Article]:
    """Make the story, with some of its fields changed."""

    def make(**changes: object) -> Article:
        return replace(STORY, **changes)

    return make


@pytest.fixture(scope="session")
def topics() -> tuple[Topic, ...]:
    """What the story is about."""
    return (
        Topic("north-korea", "North Korea", "tag/north-korea/"),
        Topic("us-diplomacy", "U.S. diplomacy", "tag/us-diplomacy/"),
    )


@pytest.fixture(scope="session")
def people() -> Mapping[str, Person]:
    """One of the story's reporters, under both spellings in the copy."""
    nichols = Person("michelle-nichols", "Michelle Nichols", "people/michelle-nichols/")
    return {"Michelle Nichols": nichols, "Michelle Nicholls": nichols}


@pytest.fixture(scope="session")
def hostile_stories() -> SearchStrategy[Article]:
    """Stories in which every field that is text holds the same treacherous words."""

    def make(words: str) -> Article:
        return replace(
            STORY,
            headline=words,
            lead=words,
            summary=words,
            section=words,
            tags=(words,),
            authors=(words,),
            credits=words,
            contributions=(Contribution(words, "Editing"),),
            dateline=Dateline(words, (words,), words),
            source=words,
            rights=words,
        )

    return st.builds(make, WORDS)
