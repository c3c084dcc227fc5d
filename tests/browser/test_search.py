"""A reader searches the archive: words, phrases, filters, by keyboard, and as a link."""

import json
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from newsarchive import preview
from newsarchive.exports.search.words import words

from .server import served

CASES = Path(__file__).parents[1] / "exports/search/words.json"
WORDS = """async texts => {
    const search = await import('/theme/search.js');
    return texts.map(text => search.words(text));
}"""
SHIFTS = """
    window.shifts = 0
    new PerformanceObserver(found => {
        for (const shift of found.getEntries()) shifts += shift.value
    }).observe({ type: 'layout-shift', buffered: true })
"""
STORY = """\
Title: {title}
Date: {date}
Category: {section}
Tags: {tags}
Byline: By Ada Roe
Dateline: {place} (Reuters) –
{more}

{text}
"""


@dataclass(frozen=True, slots=True)
class Post:
    """A story to be found."""

    title: str
    date: str
    text: str
    section: str = "Harbour"
    tags: str = "Ships"
    place: str = "LONDON"
    more: str = ""

    def write(self, folder: Path) -> None:
        """Put it into the archive."""
        name = re.sub(r"\W+", "-", self.title.lower())
        fields = {name: getattr(self, name) for name in self.__slots__}
        (folder / f"{name}.md").write_text(STORY.format(**fields), encoding="utf-8")


POSTS = (
    Post(
        "Old ferry sails",
        "1986-05-01",
        "Silt is dredged.\n\nThis old ferry is the last of its kind.",
        tags="Boats",
    ),
    Post("Ferry of old age", "1987-05-02", "The vessel, said to be old, has U.S. owners."),
    Post("Barge sinks", "1988-05-03", "Nobody on the *bar*ge was hurt.", section="Sport"),
    Post("Crème de la crème", "1989-05-04", "Le “café” d’Ada.", place="PARIS", more="Lang: fr"),
    Post("港湾工事", "1990-05-05", "港湾工事は秋まで続く。", more="Lang: ja\nSlug: works"),
    Post("Words of Adlam", "1990-06-05", "𞤢𞤣𞤤 𞤢𞤣𞤫"),
    *(Post(f"Dredger {n} leaves", f"1991-05-{n:02}", f"It is number {n}.") for n in range(1, 24)),
    Post("Lost at sea", "1992-06-01", "A red buoy adrift."),
    *(Post(f"Tug {n} tows", f"1992-07-{n:02}", "Red buoy, buoy adrift.") for n in range(1, 32)),
)


class Reader:
    """A tab with the search page, and all that the browser complained of in it."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page, self.origin, self.complaints = page, origin, []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, query: str = "") -> None:
        """Open the page as a link leads there."""
        self.page.goto(f"{self.origin}/search/{query}")
        expect(self.page.locator("#q")).to_be_focused()  # which a slow machine is late to do

    def ask(self, words: str) -> list[str]:
        """Type words, and tell the headlines that come."""
        self.page.fill("#q", words)
        self.page.press("#q", "Enter")
        return self.found()

    def found(self) -> list[str]:
        """Tell the headlines that are there once the search has ended."""
        self.page.wait_for_function(
            "() => !document.querySelector('[aria-busy]')"
            " && (document.querySelector('.search__status').textContent || !location.search)"
        )
        return self.page.locator(".search__results h2").all_inner_texts()

    @property
    def status(self) -> str:
        """What the page says of the search."""
        return self.page.locator(".search__status").inner_text()


Run = Callable[..., None]


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay out an archive."""
    content = tmp_path_factory.mktemp("search") / "content"
    for folder in ("articles", "topics"):
        (content / folder).mkdir(parents=True)
    ships = "Title: Ships\nAliases: Boats\n\nWhat sails.\n"
    (content / "topics/ships.md").write_text(ships, encoding="utf-8")
    for post in POSTS:
        post.write(content / "articles")
    return content


@pytest.fixture(scope="module")
def site(content: Path, run_pelican: Run) -> Path:
    """Build it."""
    run_pelican(content, content.with_name("output"))
    return content.with_name("output")


@pytest.fixture(scope="module")
def origin(site: Path) -> Iterator[str]:
    """Serve it with the headers of production; parts of files are sent."""
    with preview.shown(site, 0) as address:
        yield address.removesuffix("/")


@pytest.fixture(scope="module")
def window(browser: Browser, browser_context_args: Mapping[str, Any]) -> Iterator[BrowserContext]:
    """Open one window for all tabs, which need not load the fonts again."""
    window = browser.new_context(**browser_context_args)
    yield window
    window.close()


@pytest.fixture
def reader(window: BrowserContext, origin: str) -> Iterator[Reader]:
    """Open the search in a tab; the browser has nothing to say."""
    reader = Reader(window.new_page(), origin)
    reader.open()
    yield reader
    reader.page.close()
    assert reader.complaints == []


def test_one_rule_for_words(reader: Reader) -> None:
    """The browser cuts texts into words as the index does, by cases and letters of all scripts."""
    cases = json.loads(CASES.read_text(encoding="utf-8"))
    codes = (*range(0x3200), *range(0x3200, 0x20000, 23))  # ideographs are much alike
    letters = [chr(code) for code in codes if not 0xD800 <= code < 0xE000]
    known = [letter for letter in letters if unicodedata.category(letter) not in {"Cn", "Co"}]
    spelt = [f"a{letter}b {letter}'s" for letter in known]
    texts = [text for text, _ in cases]
    texts += [" ".join(spelt[start : start + 500]) for start in range(0, len(spelt), 500)]
    for text, found in zip(texts, reader.page.evaluate(WORDS, texts), strict=True):
        assert words(text) == found, ascii(text)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("barge", ["Barge sinks"]),
        ("FERRY old", ["Old ferry sails", "Ferry of old age"]),
        ('"old ferry"', ["Old ferry sails"]),
        ("“ferry of old”", ["Ferry of old age"]),
        ("kind last silt its", ["Old ferry sails"]),
        ("creme", ["Crème de la crème"]),
        ("d'Ada", ["Crème de la crème"]),
        ("us owner", ["Ferry of old age"]),
        ("工事", ["港湾工事"]),
        ("事工", []),
        ("number-17", ["Dredger 17 leaves"]),
        ("𞤢𞤣𞤫 ", ["Words of Adlam"]),
        ("red-buoy-adrift", ["Lost at sea"]),  # behind 31 in which the words are apart
        ('"ferry of" vessel', ["Ferry of old age"]),
        ("ferry barge", []),
        ("bar ge", []),
    ],
)
def test_what_is_found(reader: Reader, query: str, titles: list[str]) -> None:
    """All words, side by side where they are quoted or written so, accents and case aside."""
    assert reader.ask(f"{query} ") == titles
    count = len(titles)
    said = {0: "No story answers to all of this.", 1: "1 story"}.get(count, f"{count} stories")
    assert reader.status == said


def test_the_last_word_may_be_a_beginning(reader: Reader) -> None:
    """Until a blank says that it is whole."""
    assert reader.ask("old fer") == ["Old ferry sails", "Ferry of old age"]
    assert reader.ask("old fer ") == []
    assert reader.ask('"old fer') == ["Old ferry sails"]


def test_results_come_while_one_types(reader: Reader) -> None:
    """No key but those of the words is needed, not even to reach the field."""
    reader.page.keyboard.type("barge", delay=5)
    expect(reader.page.get_by_role("link", name="Barge sinks")).to_be_visible()
    expect(reader.page).to_have_url(re.compile(r"\?q=barge$"))


def test_excerpts(reader: Reader) -> None:
    """What was asked for is marked, in headline and text, as the story has it."""
    assert reader.ask("old ferry") == ["Old ferry sails", "Ferry of old age"]
    second = reader.page.locator(".search__results li").nth(1)
    assert second.locator("h2 mark").all_inner_texts() == ["Ferry", "old"]
    sentence = second.locator(".teaser__sentence")
    expect(sentence).to_have_text("LONDON (Reuters) – The vessel, said to be old, has U.S. owners.")
    assert sentence.locator("mark").all_inner_texts() == ["old"]
    assert second.locator(".teaser__line").inner_text() == "2 May 1987 · LONDON"
    assert second.locator("time").get_attribute("datetime") == "1987-05-02"


def test_a_story_in_another_language(reader: Reader) -> None:
    """Its words are told to be in it."""
    reader.ask("creme")
    headline = reader.page.locator(".search__results h2")
    assert (headline.get_attribute("lang"), headline.get_attribute("dir")) == ("fr", "auto")


def test_from_first_key_to_opened_story(reader: Reader) -> None:
    """Type, go down and up among what is found, open."""
    page = reader.page
    page.keyboard.type("ferry old")
    expect(page).to_have_url(re.compile(r"\?q=ferry\+old$"))
    assert len(reader.found()) == 2
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/1987/05/02/ferry-of-old-age/$"))
    page.go_back()
    assert reader.found() == ["Old ferry sails", "Ferry of old age"]


def test_filters(reader: Reader) -> None:
    """By names as they are shown, whatever else a topic is called; all of them at once."""
    page = reader.page
    page.get_by_text("Filter and sort").click()
    expect(page.locator("#topic-names option")).to_have_count(1)
    page.get_by_label("Topic").fill("ships")
    page.get_by_label("To the year").fill("1988")
    assert reader.ask("") == ["Barge sinks", "Ferry of old age", "Old ferry sails"]
    expect(page).to_have_url(re.compile(r"\?topic=ships&to=1988$"))
    page.get_by_label("From the year").fill("1987")
    assert reader.ask("") == ["Barge sinks", "Ferry of old age"]
    page.get_by_label("Section").fill("Sport")
    assert reader.ask("") == ["Barge sinks"]
    for label in ("Section", "From the year", "To the year"):
        page.get_by_label(label).fill("")
    page.get_by_label("Place").fill("Paris")
    page.get_by_label("Agency").fill("REUTERS")
    page.get_by_label("Person").fill("Ada Roe")
    assert reader.ask("cafe") == ["Crème de la crème"]


def test_a_name_that_is_not_there(reader: Reader) -> None:
    """The page says so, in words and not by finding nothing."""
    reader.open("?q=ferry&topic=planes")
    reader.found()
    assert reader.status == "There is no topic “planes” in this archive."


def test_what_is_asked_for(reader: Reader) -> None:
    """Nothing of the index before a reader types, nor ever what is outside the years."""
    asked: list[str] = []
    page = reader.page
    page.on("request", lambda request: asked.append(request.url))
    reader.open("?to=1900")
    assert reader.ask("barge ") == []
    reader.open()
    assert [url for url in asked if url.endswith(".idx")] == []
    page.keyboard.type("b")
    reader.found()
    assert [url for url in asked if url.endswith(".idx")] != []


@pytest.mark.parametrize("missing", ["names.json", "1.idx"])
def test_a_network_that_fails(reader: Reader, missing: str) -> None:
    """The page says so, and trying again works."""
    page = reader.page
    page.route(f"**/{missing}", lambda route: route.abort())
    page.get_by_text("Filter and sort").click()
    page.get_by_label("Topic").fill("Ships")
    assert reader.ask("barge ") == []
    assert reader.status.startswith("The index cannot be read now.")
    page.unroute(f"**/{missing}")
    assert reader.ask("barge ") == ["Barge sinks"]
    assert all("ERR_FAILED" in complaint for complaint in reader.complaints)
    reader.complaints.clear()


def test_sorting(reader: Reader) -> None:
    """The best first, or the newest."""
    page = reader.page
    assert reader.ask("ferry old ")[0] == "Old ferry sails"
    page.get_by_text("Filter and sort").click()
    page.get_by_label("Sort").select_option("Newest first")
    assert reader.ask("ferry old ") == ["Ferry of old age", "Old ferry sails"]


def test_a_link_to_a_search(reader: Reader) -> None:
    """The address has all of it, and the form shows it."""
    reader.open("?q=ferry&topic=ships&to=1986&sort=date")
    assert reader.found() == ["Old ferry sails"]
    fields = {name: reader.page.locator(f"#{name}").input_value() for name in ("q", "topic", "to")}
    assert fields == {"q": "ferry", "topic": "Ships", "to": "1986"}


def test_nothing_moves_while_stories_come(reader: Reader) -> None:
    """What a reader sees of the page stays where it is, excerpts and all."""
    reader.page.add_init_script(SHIFTS)
    reader.open("?q=dredger")
    assert len(reader.found()) == 10
    expect(reader.page.locator(".teaser__sentence").first).not_to_be_empty()
    assert reader.page.evaluate("shifts") == 0


def test_the_way_back(reader: Reader) -> None:
    """Each search that was entered is one step, however many keys it took."""
    reader.page.keyboard.type("barge", delay=20)
    assert reader.ask("barge") == ["Barge sinks"]
    reader.page.fill("#q", "")
    reader.page.keyboard.type("creme", delay=20)
    assert reader.ask("creme") == ["Crème de la crème"]
    reader.page.go_back()
    expect(reader.page.locator("#q")).to_have_value("barge")
    assert reader.found() == ["Barge sinks"]
    reader.page.go_forward()
    expect(reader.page.locator("#q")).to_have_value("creme")


def test_the_way_back_from_a_link(reader: Reader) -> None:
    """However its address is spelt, it is one step."""
    reader.open("?q=old%20ferry&topic=&sort=")
    assert reader.found() == ["Old ferry sails", "Ferry of old age"]
    expect(reader.page).to_have_url(re.compile(r"\?q=old\+ferry$"))
    reader.page.go_back()
    expect(reader.page).to_have_url(re.compile("/search/$"))


def test_more_stories_of_a_search_that_is_over(reader: Reader) -> None:
    """They do not come, and the page goes on waiting for those of the next."""
    page = reader.page
    reader.ask("dredger ")
    held: list[Route] = []
    page.route("**/names.json", lambda route: held.append(route))  # noqa: PLW0108  # list.append takes no mark
    page.get_by_text("Filter and sort").click()
    page.get_by_label("Topic").fill("Ships")
    page.press("#q", "Enter")
    page.get_by_role("button", name="More stories").click()
    page.wait_for_timeout(300)  # in which they would have come
    expect(page.locator(".search__results")).to_have_attribute("aria-busy", "true")
    expect(page.locator(".search__results h2")).to_have_count(10)
    held[0].continue_()
    assert len(reader.found()) == 10


def test_more_stories(reader: Reader) -> None:
    """Ten at a time, the keyboard going on with the first that is new."""
    page = reader.page
    assert len(reader.ask("dredger ")) == 10
    assert reader.status == "23 stories"
    more = page.get_by_role("button", name="More stories")
    more.click()
    expect(page.locator(".search__results h2")).to_have_count(20)
    expect(page.locator(".search__results a").nth(10)).to_be_focused()
    more.click()
    expect(page.locator(".search__results h2")).to_have_count(23)
    expect(more).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_results_are_accessible(reader: Reader, scheme: Any) -> None:  # noqa: ANN401
    """With filters open too, and nothing is wider than a telephone."""
    page = reader.page
    page.set_viewport_size({"width": 320, "height": 700})
    page.emulate_media(color_scheme=scheme)
    page.add_init_script(path=Path(__file__).parent / "vendor/axe.min.js")
    reader.open("?q=dredger&topic=ships")
    assert len(reader.found()) == 10
    run = "async () => (await axe.run()).violations.map(rule => rule.id)"
    assert page.evaluate(run) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") == 320


def test_without_a_script(browser: Browser, origin: str) -> None:
    """The form leads to the ways to browse."""
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{origin}/search/")
    page.fill("#q", "barge")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile(r"/search/\?q=barge&"))
    main = page.get_by_role("main")
    expect(main.get_by_text("Searching takes a script")).to_be_visible()
    for name, path in (("Topics", "tag"), ("Dates", "archives"), ("People", "people")):
        assert main.get_by_role("link", name=name).get_attribute("href") == f"/{path}/"
    page.context.close()


def test_a_server_that_sends_no_parts(browser: Browser, site: Path) -> None:
    """It sends each part of the index whole, once."""
    with served(site) as host:
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        reader = Reader(page, host.origin)
        reader.open()
        assert reader.ask("barge") == ["Barge sinks"]
        assert reader.ask("creme") == ["Crème de la crème"]
        assert len([url for url in asked if url.endswith(".idx")]) == 1
        assert reader.complaints == []
        page.context.close()


def test_an_archive_that_is_published_meanwhile(
    browser: Browser, content: Path, tmp_path: Path, run_pelican: Run
) -> None:
    """A search that was begun in the old index goes on in the new one, and never in both."""
    odd = [f"w{crc32(b'%d' % number)}" for number in range(4000)]  # which fill some blocks
    articles, output = tmp_path / "content/articles", tmp_path / "output"
    shutil.copytree(content, articles.parent)
    Post("Long list", "1984-01-01", " ".join(odd)).write(articles)
    run_pelican(articles.parent, output)
    with preview.shown(output, 0) as address:
        reader = Reader(browser.new_page(), address.removesuffix("/"))
        reader.open()
        assert reader.ask("barge ") == ["Barge sinks"]
        (articles / "barge-sinks.md").unlink()
        Post("Aardvark sails", "1985-01-01", "It sailed.").write(articles)
        run_pelican(articles.parent, output)
        assert reader.ask(f"{max(odd)} ") == ["Long list"]
        assert reader.ask("aardvark ") == ["Aardvark sails"]
        assert reader.ask("barge ") == []
        assert reader.ask("dredger 17") == ["Dredger 17 leaves"]
        reader.page.context.close()
