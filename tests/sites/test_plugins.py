"""Other people's plugins beside the archive."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pelican import signals
from pelican.contents import Article, Author, Category, Tag
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator

Build = Callable[..., Path]

STORY = """\
    Title: A ferry sails
    Date: 2024-09-30 14:05
    Modified: 2024-10-01
    Category: World
    Tags: Ferries, Harbours
    Byline: By Ada Roe and Bo Doe
    Summary: It sailed.
    Mood: calm

    The ferry sailed.
    """
FILES = {
    "articles/2024/a.md": STORY,
    "articles/2024/b.md": STORY.replace("A ferry", "B").replace("2024-09-30", "2024-10-02"),
    "articles/2024/c.md": STORY.replace("A ferry", "C").replace("Mood", "Status: draft\n    Mood"),
    "articles/2024/d.md": STORY.replace("A ferry", "D").replace("Mood", "Status: hidden\n    Mood"),
    "pages/about.md": "Title: About\n\nText.",
}

Told = list[tuple[str, ArticlesGenerator | PagesGenerator]]


@pytest.fixture
def told() -> Iterator[Told]:
    """The signals that a plugin is told, in their order, each with its sender."""
    names = (
        "article_generator_init",
        "article_generator_preread",
        "article_generator_context",
        "article_generator_pretaxonomy",
        "article_generator_finalized",
        "page_generator_context",
        "page_generator_finalized",
        "all_generators_finalized",
        "finalized",
    )
    heard: Told = []
    receivers = {}
    for name in names:

        def receive(sender: ArticlesGenerator, name: str = name, **_: object) -> None:
            heard.append((name, sender))

        receivers[name] = receive
        getattr(signals, name).connect(receive)
    yield heard
    for name, receiver in receivers.items():
        getattr(signals, name).disconnect(receiver)


def test_signals_come_as_pelican_sends_them(build: Build, told: Told) -> None:
    """A plugin hears what it hears in any Pelican site, in the same order."""
    build(FILES, NEWSARCHIVE_EXTRA_METADATA=["mood"])
    assert [name for name, _ in told] == [
        "article_generator_init",
        *["article_generator_preread", "article_generator_context"] * 4,
        "article_generator_pretaxonomy",
        "article_generator_finalized",
        "page_generator_context",
        "page_generator_finalized",
        "all_generators_finalized",
        "finalized",
    ]


def test_articles_are_those_that_plugins_know(build: Build, told: Told) -> None:
    """Finalized generators hold Pelican's articles, newest first, with their usual attributes."""
    build(FILES, NEWSARCHIVE_EXTRA_METADATA=["mood"])
    generator = dict(told)["article_generator_finalized"]
    newest, article = generator.articles
    assert isinstance(article, Article)
    assert (newest.slug, article.slug) == ("b-sails", "a-ferry-sails")
    assert article.title == "A ferry sails"
    assert article.date.isoformat() == "2024-09-30T14:05:00+00:00"
    assert article.modified.isoformat() == "2024-10-01T00:00:00+00:00"
    assert article.url == "2024/09/30/a-ferry-sails/"
    assert article.save_as == "2024/09/30/a-ferry-sails/index.html"
    assert article.relative_source_path == "articles/2024/a.md"
    assert article.content == "<p>The ferry sailed.</p>"
    assert article.summary == "It sailed."
    assert article.status == "published"
    assert article.lang == "en"
    assert article.mood == article.metadata["mood"] == "calm"
    assert isinstance(article.category, Category)
    assert article.category.url == "section/world/"
    assert all(isinstance(tag, Tag) for tag in article.tags)
    assert [tag.name for tag in article.tags] == ["Ferries", "Harbours"]
    assert all(isinstance(author, Author) for author in article.authors)
    assert [author.name for author in article.authors] == ["Ada Roe", "Bo Doe"]
    assert article.author.name == "Ada Roe"


def test_lists_are_those_that_plugins_know(build: Build, told: Told) -> None:
    """Finalized generators sort stories by status, section, tag and author."""
    build(FILES, NEWSARCHIVE_EXTRA_METADATA=["mood"])
    generator = dict(told)["article_generator_finalized"]
    assert [article.slug for article in generator.drafts] == ["c-sails"]
    assert [article.slug for article in generator.hidden_articles] == ["d-sails"]
    for groups in (generator.categories, generator.authors, generator.tags.items()):
        assert all(articles == generator.articles for _, articles in groups)
    assert [section.name for section, _ in generator.categories] == ["World"]
    assert [author.name for author, _ in generator.authors] == ["Ada Roe", "Bo Doe"]
    assert [tag.name for tag in generator.tags] == ["Ferries", "Harbours"]
    assert generator.context["articles"] == generator.articles
    pages = dict(told)["page_generator_finalized"].pages
    assert [page.title for page in pages] == ["About"]


BY_AUTHOR = {
    "ARTICLE_URL": "{author}/{category}/{date:%Y}/{slug}/",
    "ARTICLE_SAVE_AS": "{author}/{category}/{date:%Y}/{slug}/index.html",
}


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"AUTHOR": "Cy Poe"},
        {"AUTHOR": "Cy Poe", **BY_AUTHOR},
        {"DEFAULT_METADATA": {"author": "Cy Poe"}, **BY_AUTHOR},
        {"DEFAULT_METADATA": {"Lang": "de", "Rights": "Me"}},
        {"FILENAME_METADATA": "(?P<series>.*)", "ARTICLE_URL": "{{x}}/{slug}/"},
    ],
    ids=str,
)
def test_a_plugin_that_only_listens_changes_nothing(build: Build, settings: dict[str, Any]) -> None:
    """What the desk reads by itself is what it makes of Pelican's contents."""
    files = {
        **FILES,
        "articles/e.md": STORY.replace("A ferry", "E").replace(
            "    Byline: By Ada Roe and Bo Doe", ""
        ),
        "articles/f.md": STORY.replace("A ferry", "F").replace("Mood", "Lang: de\n    Mood"),
        "articles/g.md": STORY.replace("A ferry", "G").replace("Mood", "Url: g/\n    Mood"),
        "articles/h.md": STORY.replace("A ferry", "H").replace("Mood", "Aliases: i\n    Mood"),
    }

    def pages() -> dict[str, bytes]:
        output = build(files, NEWSARCHIVE_EXTRA_METADATA=["mood"], **settings)
        return {str(path): path.read_bytes() for path in output.rglob("*.html")}

    def listen(_generator: Generator) -> None:
        pass

    alone = pages()
    signals.generator_init.connect(listen)
    try:
        assert pages() == alone
    finally:
        signals.generator_init.disconnect(listen)


def test_what_a_plugin_changes_is_published(build: Build) -> None:
    """A story that a plugin alters before the pages are made is published as altered."""

    def shout(generator: ArticlesGenerator) -> None:
        for article in generator.articles:
            article.title = article.title.upper()

    signals.article_generator_finalized.connect(shout)
    try:
        output = build({"articles/a.md": STORY}, NEWSARCHIVE_EXTRA_METADATA=["mood"])
    finally:
        signals.article_generator_finalized.disconnect(shout)
    assert '<h1 class="headline">A FERRY SAILS</h1>' in (
        output / "2024/09/30/a-ferry-sails/index.html"
    ).read_text("utf-8")


def test_what_a_plugin_changed_goes_with_it(build: Build) -> None:
    """Once a plugin is gone, its pages are made anew, although no file has changed."""

    def shout(generator: Generator) -> None:
        generator.env.filters["join"] = lambda words, _between="": f"{list(words)}!"

    def pages() -> dict[str, bytes]:
        story = STORY.replace("Mood", "Dateline: QUAY (Agency) –\n    Mood")
        output = build({"articles/a.md": story}, NEWSARCHIVE_EXTRA_METADATA=["mood"])
        return {str(path): path.read_bytes() for path in output.rglob("*.html")}

    before = pages()
    signals.generator_init.connect(shout)
    try:
        assert pages() != before
    finally:
        signals.generator_init.disconnect(shout)
    assert pages() == before
