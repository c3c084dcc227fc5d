"""What is published is what was written, all of it, and nothing that is held back."""

import pytest
from lxml import html

from .rows import Row
from .site import Site, story

CANARY = "canary"


def holding(site: Site, word: str) -> list[str]:
    """The files that have a word in their names or their bytes."""
    seen = site.seen().items()
    return [
        path
        for path, data in seen
        if word in path.lower() or (data is not None and word.encode() in data.lower())
    ]


@pytest.mark.fault(Row.EMBARGO)
@pytest.mark.parametrize(
    ("held", "options"),
    [
        (story(title="Canary", date="9999-12-31"), ("-e", "WITH_FUTURE_DATES=false")),
        (story("Embargo: 9999-12-31", title="Canary"), ()),
        (story("Status: draft", title="Canary"), ()),
    ],
    ids=["dated ahead", "embargo", "draft"],
)
def test_held_back(site: Site, held: str, options: tuple[str, ...]) -> None:
    """Not a byte of it is on the site."""
    site.add("content/articles/a.md", held)
    run = site.build(*options)
    assert run.code == 0, run.said
    assert holding(site, "ferry sailed")
    assert holding(site, CANARY) == []


@pytest.mark.fault(Row.EMBARGO)
def test_dated_ahead(site: Site) -> None:
    """Nor need a setting say so."""
    site.add("content/articles/a.md", story(title="Canary", date="9999-12-31"))
    run = site.build()
    assert run.code == 0, run.said
    assert holding(site, CANARY) == []


@pytest.mark.fault(Row.TAG_PAGES)
def test_numbered_page_beside_a_tag_with_a_number(site: Site) -> None:
    """The pages of a tag are in a folder of its own."""
    for number in range(4):
        tags = "Tags: covid" if number else "Tags: covid, covid2"
        site.add(f"content/articles/{number}.md", story(tags, title=f"Story {number}"))
    run = site.build("-e", "DEFAULT_PAGINATION=2")
    assert run.code == 0, run.said
    assert {"tag/covid/page/1/index.html", "tag/covid2/index.html"} < site.seen().keys()


@pytest.mark.fault(Row.SCRIPTS)
@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("북한 외교", "북한-외교"),
        ("كوريا", "كوريا"),
        ("😀", "0d5f0d5f-0d5f-4d5f-8d5f-0d5f0d5f0d5f"),
        ("!!!", "0d5f0d5f-0d5f-4d5f-8d5f-0d5f0d5f0d5f"),
    ],
)
def test_title_in_any_script(site: Site, title: str, slug: str) -> None:
    """An address stays readable in its own script; without a letter it is the story's id."""
    post = story("Id: urn:uuid:0d5f0d5f-0d5f-4d5f-8d5f-0d5f0d5f0d5f", title=title)
    site.add("content/articles/a.md", post)
    run = site.build()
    assert run.code == 0, run.said
    assert [path for path in site.seen() if slug in path], [*site.seen()]


@pytest.mark.fault(Row.SCRIPTS)
@pytest.mark.parametrize("tag", ["북한", "كوريا"])
def test_tag_in_any_script(site: Site, tag: str) -> None:
    """So does that of a tag."""
    site.add("content/articles/a.md", story(f"Tags: {tag}"))
    run = site.build()
    assert run.code == 0, run.said
    assert [path for path in site.seen() if f"tag/{tag}" in path], [*site.seen()]


@pytest.mark.fault(Row.LONG_SLUG)
def test_long_title(site: Site) -> None:
    """An address that comes from a title is shortened at a word."""
    site.add("content/articles/a.md", story(title="Ferry " * 99))
    run = site.build()
    assert run.code == 0, run.said
    [slug] = [path for path in site.seen() if path.count("ferry") > 9 and path.count("/") == 3]
    assert slug.endswith("-ferry")


@pytest.mark.fault(Row.YAML)
@pytest.mark.parametrize(
    ("header", "wrong"),
    [
        ('Title: "A barge: lost"\nTags: north', '"A barge'),
        ("Title: B\nTags: [north, south]", "[north"),
    ],
    ids=["quotes", "list"],
)
def test_header_in_yaml(site: Site, header: str, wrong: str) -> None:
    """Quotes and brackets are no part of what they hold."""
    site.add("content/articles/a.md", f"---\nDate: 2024-09-30\n{header}\n---\n\nIt sailed.\n")
    run = site.build()
    assert run.code == 0, run.said
    assert holding(site, "it sailed.")
    data = (data for path, data in site.seen().items() if data and path.endswith(".html"))
    pages = [html.document_fromstring(page) for page in data]
    assert not [page for page in pages if wrong in page.findtext(".//title", "")]
    assert not [link for page in pages for link in page.iter("a") if wrong in link.text_content()]


@pytest.mark.fault(Row.DELETED)
def test_source_deleted(site: Site) -> None:
    """Its page goes with it."""
    site.add("content/articles/a.md", story(title="Canary"))
    site.build()
    assert holding(site, CANARY)
    (site.folder / "content/articles/a.md").unlink()
    run = site.build()
    assert run.code == 0, run.said
    assert holding(site, CANARY) == []
