"""The Reuters-21578 stories: an archive of real size, with its tags as they are."""

import cProfile
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from markdown import Markdown
from pelican.settings import DEFAULT_CONFIG

from newsarchive.article import markup
from newsarchive.build.paragraphs import Paragraphs
from newsarchive.settings import PER_PAGE

from .stories import SETTINGS

pytestmark = pytest.mark.reuters

COUNT = 21_578

FIELD = re.compile(r"^(Slug|Date|Tags|Category): *(.*)$", re.MULTILINE)
HEADLINE = re.compile(r'class="teaser__headline"><a href="([^"]+)"')

Run = Callable[..., None]


class Story(NamedTuple):
    """What a post says of where its story stands."""

    url: str
    day: str
    section: str
    tags: tuple[str, ...]


@pytest.fixture(scope="module")
def stories(content: Path) -> list[Story]:
    """What the posts say, read without the archive."""
    return list(map(_story, sorted(content.rglob("*.md"))))


def _story(path: Path) -> Story:
    fields = dict(FIELD.findall(path.read_text("utf-8").partition("\n\n")[0]))
    day = fields["Date"][:10].replace("-", "/")
    tags = tuple(dict.fromkeys(tag.strip() for tag in fields["Tags"].split(",") if tag.strip()))
    return Story(f"/{day}/{fields['Slug']}/", day, fields["Category"], tags)


@pytest.fixture(scope="module")
def site(content: Path, run_pelican: Run) -> Path:
    """The site of all stories, with the archive's own theme."""
    output = content.with_name("output")
    run_pelican(content, output, **SETTINGS)
    return output


def pages(site: Path, url: str) -> dict[int, list[str]]:
    """The stories on each page of a list, in order; 0 is the newest page."""
    numbered = (site / url).glob("page/*/index.html")
    paths = {0: site / url / "index.html", **{int(path.parts[-2]): path for path in numbered}}
    return {number: HEADLINE.findall(path.read_text("utf-8")) for number, path in paths.items()}


def grouped(stories: list[Story], names: Callable[[Story], Iterator[str]]) -> dict[str, list[str]]:
    """The addresses of stories by the addresses of the lists they belong in."""
    groups: dict[str, list[str]] = {}
    for story in stories:
        for name in names(story):
            groups.setdefault(name, []).append(story.url)
    return groups


def assert_each_once(site: Path, groups: dict[str, list[str]]) -> None:
    """Every list holds each of its stories once over all its pages, and no other."""
    for url, expected in groups.items():
        listed = [story for page in pages(site, url).values() for story in page]
        assert Counter(listed) == Counter(expected), url


def test_every_story_has_its_page(site: Path, stories: list[Story]) -> None:
    """None of the stories is lost, and none is doubled."""
    assert len(stories) == len({story.url for story in stories}) == COUNT
    found = {f"/{page.parent.relative_to(site)}/" for page in site.glob("19*/*/*/*/index.html")}
    assert found == {story.url for story in stories}


def test_each_story_stands_in_each_of_its_tags_once(site: Path, stories: list[Story]) -> None:
    """Over all the pages of a tag, each of its stories is listed once."""
    groups = grouped(stories, lambda story: (f"tag/{tag}" for tag in story.tags))
    assert_each_once(site, groups)
    tags = {f"tag/{page.parent.name}" for page in site.glob("tag/*/index.html")}
    assert tags == set(groups)


def test_each_story_stands_in_its_section_once(site: Path, stories: list[Story]) -> None:
    """The same holds for sections."""
    groups = grouped(stories, lambda story: iter([f"section/{story.section}"]))
    assert_each_once(site, groups)


def test_each_story_stands_in_its_day_once(site: Path, stories: list[Story]) -> None:
    """The same holds for days."""
    assert_each_once(site, grouped(stories, lambda story: iter([story.day])))


def test_numbered_pages_are_full(site: Path, stories: list[Story]) -> None:
    """A numbered page holds 50 stories, the newest page 50 to 99 where there is a numbered one."""
    groups = grouped(stories, lambda story: (f"tag/{tag}" for tag in story.tags))
    full = 0
    for url in groups:
        newest, *numbered = (len(page) for _, page in sorted(pages(site, url).items()))
        assert set(numbered) <= {PER_PAGE}, url
        assert newest < 2 * PER_PAGE
        assert newest >= PER_PAGE or not numbered
        full += len(numbered)
    assert full > 0


def test_no_step_is_quadratic(content: Path, tmp_path: Path, run_pelican: Run) -> None:
    """Ten thousand stories take about five times the calls that two thousand take."""
    posts = sorted(content.rglob("*.md"))

    def calls(count: int) -> int:
        folder = tmp_path / str(count)
        for post in posts[:: len(posts) // count][:count]:
            path = folder / "content" / post.relative_to(content)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.hardlink_to(post)
        profile = cProfile.Profile()
        profile.runcall(run_pelican, folder / "content", folder / "output", **SETTINGS)
        assert len(list(folder.glob("output/19*/*/*/*/index.html"))) == count
        return sum(entry.callcount for entry in profile.getstats())

    assert calls(10_000) <= 6 * calls(2_000)


@pytest.mark.parametrize("parser", ["Pelican's", "the archive's"])
def test_plain_paragraphs(content: Path, parser: str) -> None:
    """Nearly all stories go the short way past the parser, and none comes out otherwise."""
    pelicans = DEFAULT_CONFIG["MARKDOWN"]
    if parser == "Pelican's":
        markdown = Markdown(**pelicans, extensions=[*pelicans["extension_configs"]])
        paragraphs = Paragraphs.of(markdown)
    else:
        names = ("abbr", "attr_list", "def_list", "fenced_code", "footnotes", "tables")
        dialect = markup.dialect({"extensions": names, "output_format": "html5"})
        markdown, paragraphs = dialect.markdown, dialect.paragraphs
    assert paragraphs
    caught = 0
    for post in content.rglob("*.md"):
        body = post.read_text("utf-8").partition("\n\n")[2]
        html = paragraphs.convert(body)
        if html is not None:
            assert html == markdown.reset().convert(body), post
            caught += 1
    assert caught > 0.99 * COUNT
