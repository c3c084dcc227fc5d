"""Links within the site are checked before a byte is written; a dead one is a fault on its line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.article import links
from newsarchive.errors import ContentFaults
from newsarchive.settings import Site

from .newsroom import Newsroom

Build = Callable[..., Path]

STORY = """\
    Title: A ferry sails
    Date: 2024-09-30
    Slug: ferry
    Tags: Ferries

    The ferry sailed.

    {}
    """
LIVE = {"SITEURL": "https://example.org/archive"}
ALIVE = (
    *("/", "/2024/09/30/ferry/", "/2024/09/30/other/#p1", "/2024/09/", "/tag/ferries/"),
    *("../ferry/", "./", "#p2", "#", "?print", "/feeds/", "/about/", "/images/quay.svg"),
    *("/2024/09/30/other/index.html", "{filename}/articles/a.md#p1", "/.well-known/security.txt"),
    *("mailto:desk@example.org", "https://example.com/nowhere/", "//example.com/x"),
)
DEAD = {
    "/2024/09/31/ferry/": "leads nowhere; correct it, or take it out",
    "/2024/09/30/ferry": "leads nowhere; end it with a /",
    "other/": "leads nowhere; correct it, or take it out",
    "www.example.com": "leads nowhere; correct it, or take it out",
    "map.png": "leads nowhere; correct it, or take it out",
    "/images/none.svg": "leads nowhere; correct it, or take it out",
    "#p99": 'leads to a page without "p99"; name an id of that page, or none',
    "/2024/09/30/other/#fn:1": 'leads to a page without "fn:1"; name an id of that page, or none',
    "/tag/ferries/#p1": 'leads to a page without "p1"; name an id of that page, or none',
    "{filename}/articles/other.md#x": "leads nowhere; correct it, or take it out",
    "//[x": "is no address; correct it",
}
FILES = {
    "articles/b.md": STORY.format("It landed.").replace("Slug: ferry", "Slug: other"),
    "pages/about.md": "Title: About\n\nSee [one](../2024/09/30/ferry/).",
    "images/quay.svg": "<svg/>",
}


@pytest.fixture
def newsroom(tmp_path: Path, root: Path, run_pelican: Callable[..., None]) -> Newsroom:
    """A small archive."""
    return Newsroom(tmp_path, root / "theme", run_pelican)


def story(found: object, mark: str = "[x]({})") -> str:
    """Write a story with a paragraph for each link."""
    paragraphs = (mark.format(link) for link in found)  # type: ignore[attr-defined]
    return STORY.format("\n\n    ".join(paragraphs))


@pytest.mark.parametrize("settings", [{}, LIVE])
def test_links_that_lead_somewhere(settings: dict[str, str], build: Build) -> None:
    """Pages of every kind, places on them, files, and whatever is elsewhere may be linked to."""
    output = build({**FILES, "articles/a.md": story(ALIVE)}, **settings)
    assert (output / "2024/09/30/ferry/index.html").is_file()


@pytest.mark.parametrize("mark", ["[x]({})", "![x]({})", "[x]: {}\n\n    [x]"])
@pytest.mark.parametrize("settings", [{}, LIVE])
def test_links_that_lead_nowhere(settings: dict[str, str], mark: str, build: Build) -> None:
    """Each is a fault on its line, with what to write instead."""
    step = mark.count("\n") + 2
    dead = dict(list(DEAD.items())[:1] if step > 2 else DEAD)
    with pytest.raises(ContentFaults) as error:
        build({**FILES, "articles/a.md": story(dead, mark)}, **settings)
    found = [str(fault).partition("articles/a.md:")[2] for fault in error.value.faults]
    assert found == [
        f"{8 + step * number}: link {link} {fault}"
        for number, (link, fault) in enumerate(dead.items())
    ]


def test_full_addresses_of_the_site_itself(build: Build) -> None:
    """A link by the archive's own address is one within it, and no other is."""
    alive = ("https://example.org/", "https://example.org/archive/about/", "https://example.org/x")
    build({**FILES, "articles/a.md": story(alive)}, **LIVE)
    dead = ("https://example.org/archive/nowhere/",)
    with pytest.raises(ContentFaults, match=r":8: link https://example\.org/archive/nowhere/ lea"):
        build({"articles/a.md": story(dead)}, **LIVE)


def test_links_of_pages_and_topics(build: Build) -> None:
    """The texts of pages and topics are held to the same."""
    files = {"pages/about.md": "Title: A\n\n[x](/x/)", "topics/t.md": "Title: T\n\n[y](y/)"}
    with pytest.raises(ContentFaults) as error:
        build({**FILES, "articles/a.md": story(()), **files})
    assert [(Path(one.path).name, one.line) for one in error.value.faults] == [
        ("about.md", 3),
        ("t.md", 3),
    ]


def test_link_to_what_is_not_on_the_site_yet(build: Build) -> None:
    """A story under embargo cannot be linked to, nor one that is a draft."""
    ahead = FILES["articles/b.md"].replace("2024", "9999")
    with pytest.raises(ContentFaults, match="link /9999/09/30/other/ leads nowhere"):
        build({"articles/b.md": ahead, "articles/a.md": story(["/9999/09/30/other/"])})


def test_page_is_gone_that_an_old_story_links_to(newsroom: Newsroom) -> None:
    """A link is held against the site of now, though its story was read by an earlier build."""
    old = "content/articles/2024/01/a.md"
    newsroom.write(
        old, newsroom.read(old).replace("It *sailed*.", "[It](/2024/03/01/echo-sails/).")
    )
    newsroom.build()
    (newsroom.content / "articles/2024/e.md").unlink()
    with pytest.raises(ContentFaults, match=r"a\.md:\d: link /2024/03/01/echo-sails/ leads now"):
        newsroom.build()


def test_place_is_gone_that_a_story_links_to(newsroom: Newsroom) -> None:
    """So is a place on a page held against its text of now, where nothing else has changed."""
    linking, linked = "content/articles/2024/01/a.md", "content/articles/2024/e.md"
    link = "[It](/2024/03/01/echo-sails/#p2)."
    newsroom.write(linking, newsroom.read(linking).replace("It *sailed*.", link))
    newsroom.write(linked, f"{newsroom.read(linked)}\n\nIt landed.\n")
    newsroom.build()
    newsroom.write(linked, newsroom.read(linked).replace("It landed.", ""))
    with pytest.raises(ContentFaults, match=r'a\.md:\d: link /2024/03/01/echo-sails/#p2 .* "p2"'):
        newsroom.build()


def test_faulty_post_hides_no_links(build: Build) -> None:
    """Nobody is sent to look for a page that is only waiting for its own fault to be mended."""
    faulty = FILES["articles/b.md"].replace("2024", "In 2024")
    links_to_it = ["/2024/09/30/other/", "{filename}b.md", "{filename}/b.md"]
    with pytest.raises(ContentFaults) as error:
        build({"articles/b.md": faulty, "articles/a.md": story(links_to_it)})
    assert [(Path(one.path).name, one.line) for one in error.value.faults] == [
        ("a.md", 12),
        ("b.md", 2),
    ]


@pytest.mark.parametrize("what", ["{static}", "{filename}", "|static|", "{index}", "{tag}"])
@pytest.mark.parametrize(
    "host", ["//evil.example", "https://evil.example", "&Tab;//evil.example", "javascript:"]
)
def test_what_pelican_would_make_of_a_link(build: Build, what: str, host: str) -> None:
    """A host or a scheme in one of Pelican's links is a fault, though the file is there."""
    link = f"{what}{host}/images/a.svg"
    files = {"images/a.svg": "<svg/>", "articles/a.md": story([link])}
    with pytest.raises(ContentFaults, match="leads nowhere") as error:
        build(files)
    assert [Path(one.path).name for one in error.value.faults] == ["a.md"]


def test_words_that_look_like_links(build: Build) -> None:
    """What stands in a text as text leads nowhere, and is not held against it."""
    text = 'He wrote <img src="x.png"> and <a href="/gone/">, or `href="/gone/"`.'
    output = build({"articles/a.md": f"Title: A\nDate: 2024-09-30\n\n{text}\n"})
    assert (output / "2024/09/30/a/index.html").is_file()


@given(st.text("[](){}|:/.#?%&\"'<> abp1\\é\x00"), st.sampled_from(["", "https://example.org/a"]))
def test_any_link_is_told(link: str, address: str) -> None:
    """Whatever an address looks like, it is somewhere, elsewhere, or no address."""
    site = Site("Test", address=address, root="/a" if address else "")
    try:
        target = links.target(link, "2024/x/", site)
    except ValueError:
        return
    assert target is None or not target.path.startswith("/")
