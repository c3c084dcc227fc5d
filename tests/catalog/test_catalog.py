"""All stories and their groups."""

from collections.abc import Callable

import pytest

from newsarchive.article.article import Article
from newsarchive.catalog import catalog
from newsarchive.catalog.addresses import Addresses, Indexes
from newsarchive.catalog.catalog import Catalog
from newsarchive.catalog.group import Person, Topic
from newsarchive.errors import Misfit
from newsarchive.wire.contribution import Contribution

Story = Callable[..., Article]
Assemble = Callable[..., tuple[Catalog, list[Misfit]]]


@pytest.fixture
def assemble(addresses: Addresses) -> Assemble:
    """Assemble stories, and unlisted ones, without files for topics or people."""

    def assembled(
        *stories: Article, unlisted: tuple[Article, ...] = ()
    ) -> tuple[Catalog, list[Misfit]]:
        return catalog.assemble(stories, unlisted, (), (), addresses)

    return assembled


def test_stories_stand_oldest_first(assemble: Assemble, story: Story) -> None:
    """Stories stand in the order of their instants, then of their slugs."""
    found, misfits = assemble(
        story("d", "2024-10-01"),
        story("b", "2024-09-30T10:00Z"),
        story("c", "2024-09-30T10:00Z"),
        story("a", "2024-09-30T12:00+09:00"),
    )
    assert [article.slug for article in found.articles] == ["a", "b", "c", "d"]
    assert [entry.article for entry in found.archive.entries] == list(found.articles)
    assert misfits == []


@pytest.mark.parametrize("listed", [True, False])
def test_repeated_slug(assemble: Assemble, story: Story, *, listed: bool) -> None:
    """A slug names one story, on whatever day, listed or not."""
    first = story("a", "2024-09-30")
    second = story("a", "2024-10-01", source_path="articles/b.md")
    stories = (first, second) if listed else (first,)
    _, misfits = assemble(*stories, unlisted=() if listed else (second,))
    problem = 'slug "a" is that of articles/a.md already'
    cure = "give one of the two another slug"
    assert misfits == [Misfit("articles/b.md", "slug", problem, cure)]


def test_titles_may_repeat(assemble: Assemble, story: Story) -> None:
    """Two stories may have one headline."""
    _, misfits = assemble(story("a", headline="Weather"), story("b", headline="Weather"))
    assert misfits == []


def test_unlisted_story_is_in_no_group(assemble: Assemble, story: Story) -> None:
    """A story that is not listed has a page and its groups' names, but stands in none of them."""
    hidden = story(
        "b",
        "2023-01-01",
        tags=("Ferries",),
        section="Local",
        contributions=(Contribution("Ada Roe", "Byline"),),
    )
    found, _ = assemble(story("a"), unlisted=(hidden,))
    groups = (found.archive, *found.topics, *found.sections, *found.people, *found.years)
    assert not any(entry.article is hidden for group in groups for entry in group.entries)
    assert found.unlisted == (hidden,)
    assert found.topic_of["Ferries"].slug == "ferries"
    assert found.section_of["Local"].slug == "local"
    assert found.person_of["Ada Roe"].slug == "ada-roe"


def test_sections_stand_by_the_alphabet(assemble: Assemble, story: Story) -> None:
    """Every story stands in its section."""
    found, _ = assemble(story("a", section="World"), story("b", section="arts"), story("c"))
    assert [(group.name, group.url, len(group.entries)) for group in found.sections] == [
        ("arts", "section/arts/", 1),
        ("World", "section/world/", 2),
    ]


def test_every_misfit_at_once(story: Story, addresses: Addresses) -> None:
    """All that does not fit together is told in one go."""
    topics = [
        Topic("a", "A", "tag/a/", ("X",), ("Nowhere",), source_path="topics/a.md"),
        Topic("b", "B", "tag/b/", ("X",), source_path="topics/b.md"),
    ]
    people = [
        Person("c", "C", "people/c/", ("Y",), source_path="people/c.md"),
        Person("d", "D", "people/d/", ("Y",), source_path="people/d.md"),
    ]
    stories = [
        story("e", tags=("Ferry", "ferry", "!!!")),
        story("e", "2024-10-01", source_path="articles/f.md"),
    ]
    _, misfits = catalog.assemble(stories, (), topics, people, addresses)
    assert sorted((misfit.source_path, misfit.key) for misfit in misfits) == [
        ("articles/e.md", "tags"),
        ("articles/e.md", "tags"),
        ("articles/f.md", "slug"),
        ("people/d.md", "spellings"),
        ("topics/a.md", "pairs"),
        ("topics/b.md", "aliases"),
    ]


def test_empty_archive(assemble: Assemble) -> None:
    """An archive without stories is an archive."""
    found, misfits = assemble()
    assert (len(found.archive.entries), found.years, found.topics) == (0, (), ())
    assert misfits == []


def test_indexes_follow_pelicans_settings() -> None:
    """Where everything of a kind is listed is said by Pelican's own settings."""
    settings = {
        "TAGS_SAVE_AS": "t/index.html",
        "CATEGORIES_SAVE_AS": "c/index.html",
        "AUTHORS_SAVE_AS": "a/index.html",
        "ARCHIVES_SAVE_AS": "d/index.html",
        "DAY_ARCHIVE_URL": "{date:%Y/%j}/",
    }
    assert Addresses(settings).indexes() == Indexes("t/", "c/", "a/", "d/", day="{date:%Y/%j}/")
