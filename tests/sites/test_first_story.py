"""The site of the first story, page by page."""

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

STORY = "north-korea-appears-to-dismiss-return-to-personal-diplomacy-with-trump"
STORY_URL = f"/2024/09/30/{STORY}/"
HEADLINE = "North Korea appears to dismiss return to personal diplomacy with Trump"
TOPICS = {
    "North Korea": "/tag/north-korea/",
    "US diplomacy": "/tag/us-diplomacy/",
    "Kim Jong Un": "/tag/kim-jong-un/",
    "Donald Trump": "/tag/donald-trump/",
    "United Nations": "/tag/united-nations/",
    "Nuclear weapons": "/tag/nuclear-weapons/",
    "Sanctions": "/tag/sanctions/",
    "US presidential election 2024": "/tag/us-presidential-election-2024/",
    "Song Kim": "/tag/song-kim/",
    "Ri Il Gyu": "/tag/ri-il-gyu/",
}
BROADER = {"Diplomacy": "/tag/diplomacy/", "Elections": "/tag/elections/"}
PEOPLE = {
    "Michelle Nichols": "/people/michelle-nichols/",
    "David Brunnstrom": "/people/david-brunnstrom/",
    "Howard Goller": "/people/howard-goller/",
}
LISTS = [
    "/2024/",
    "/2024/09/",
    "/2024/09/30/",
    "/section/world/",
    "/places/united-nations/",
    "/tag/north-korea/us-diplomacy/",
    *TOPICS.values(),
    *BROADER.values(),
    *PEOPLE.values(),
]

Find = Callable[[str, str], list[html.HtmlElement]]


@pytest.fixture(scope="module")
def find(first_site: Path) -> Find:
    """Find elements of a page by XPath."""

    def found(url: str, path: str) -> list[html.HtmlElement]:
        file = first_site / f"{url}index.html".lstrip("/")
        found: list[html.HtmlElement] = html.fromstring(file.read_bytes()).xpath(path)
        return found

    return found


def links(elements: list[html.HtmlElement]) -> dict[str, str]:
    """What links say and where they lead."""
    return {element.text_content(): element.get("href") for element in elements}


def text(elements: list[html.HtmlElement]) -> str:
    """What one element says, blanks folded."""
    (element,) = elements
    return " ".join(element.text_content().split())


def test_page_has_the_text_of_the_copy(find: Find, root: Path) -> None:
    """Byline, dateline and paragraphs, and credits are the wire copy, character for character."""
    copy = root / f"content/wire/2024/09/30/{STORY}.txt"
    parts = find(
        STORY_URL,
        '//*[@class="byline"] | //*[@class="article__text"]/* | //*[@class="credits"]',
    )
    assert "\n".join(part.text_content() for part in parts) == copy.read_text("utf-8")


def test_story(find: Find) -> None:
    """A story has its headline as the only h1, its section, its date and its topics."""
    assert text(find(STORY_URL, "//h1")) == HEADLINE
    assert text(find(STORY_URL, "//title")) == f"{HEADLINE} — The News Archive"
    assert links(find(STORY_URL, '//*[@class="kicker"]/a')) == {"World": "/section/world/"}
    assert find(STORY_URL, "//article//time/@datetime") == ["2024-09-30"]
    assert links(find(STORY_URL, '//a[@rel="tag"]')) == TOPICS
    assert text(find(STORY_URL, '//*[@class="dateline"]')) == "UNITED NATIONS (Reuters) –"


def test_names_lead_to_people(find: Find) -> None:
    """Byline and credits keep their spelling; both spellings lead to the one person."""
    byline = links(find(STORY_URL, '//*[@class="byline"]/a'))
    credits_line = links(find(STORY_URL, '//*[@class="credits"]/a'))
    assert byline == {name: PEOPLE[name] for name in ("Michelle Nichols", "David Brunnstrom")}
    assert credits_line == {
        "Michelle Nicholls": PEOPLE["Michelle Nichols"],
        "David Brunnstrom": PEOPLE["David Brunnstrom"],
        "Howard Goller": PEOPLE["Howard Goller"],
    }


def test_what_the_archive_supplied_is_marked(find: Find) -> None:
    """Headline and date are marked as the archive's, with the reason for the date."""
    note = text(find(STORY_URL, '//*[@class="supplied"]'))
    assert note.startswith("Supplied by the archive: headline and date. The copy bears no date.")
    citation = text(find(STORY_URL, '//*[@class="citation"]'))
    assert f"[{HEADLINE}]. Reuters, [30 September 2024]." in citation
    for url in ("/", *LISTS):
        assert "headline and date supplied" in text(find(url, "//main"))


def test_whose_story_it_is(find: Find) -> None:
    """The page names the holder of the rights, and what the licence does not cover."""
    rights = text(find(STORY_URL, '//*[@class="rights"]'))
    assert rights.startswith("© Reuters.")
    assert "does not cover the story" in rights


def test_front(find: Find) -> None:
    """The front has the nameplate as its h1, the story as its lead, and the years."""
    assert text(find("/", "//h1")) == "The News Archive"
    assert links(find("/", '//*[@class="lead__headline"]/a')) == {HEADLINE: STORY_URL}
    assert links(find("/", '//*[@class="topics"]//a')) == TOPICS
    assert links(find("/", '//*[@class="years__list"]//a')) == {"2024": "/2024/"}


@pytest.mark.parametrize("url", LISTS)
def test_lists_of_the_story(find: Find, url: str) -> None:
    """Every group that the story is in lists it once, under the month."""
    assert links(find(url, '//*[@class="teaser__headline"]/a')) == {HEADLINE: STORY_URL}
    assert find(url, '//*[@class="timeline__head"]/time/@datetime') == ["2024-09"]
    assert len(find(url, "//h1")) == 1


@pytest.mark.parametrize(
    ("topic", "also", "introduction"),
    [
        (
            "North Korea",
            "Also: DPRK; Democratic People's Republic of Korea; N. Korea.",
            "North Korea, or the DPRK by “the initials of its official name”",
        ),
        (
            "US diplomacy",
            "Also: U.S. diplomacy; American diplomacy.",
            "The archive’s first story on the diplomacy of the United States",
        ),
    ],
)
def test_topic_with_a_file(find: Find, topic: str, also: str, introduction: str) -> None:
    """A topic has its name, its other names, its introduction, and the pair that it is in."""
    url = TOPICS[topic]
    assert text(find(url, "//h1")) == topic
    assert text(find(url, '//*[@class="aliases"]')) == also
    assert text(find(url, '//*[@class="introduction"]')).startswith(introduction)
    assert find(url, '//*[@class="introduction"]//a/@href') == [STORY_URL]
    pair = {"1 together": "/tag/north-korea/us-diplomacy/"}
    assert links(find(url, '//*[@class="ties"]//a[@aria-label]')) == pair


def test_pair(find: Find) -> None:
    """The two topics together have a page that names both."""
    url = "/tag/north-korea/us-diplomacy/"
    assert text(find(url, "//h1")) == "North Korea and US diplomacy"
    names = ("North Korea", "US diplomacy")
    assert links(find(url, '//p[@class="introduction"]/a')) == {
        name: TOPICS[name] for name in names
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/tag/dprk/", "/tag/north-korea/"),
        ("/tag/democratic-peoples-republic-of-korea/", "/tag/north-korea/"),
        ("/tag/n-korea/", "/tag/north-korea/"),
        ("/tag/american-diplomacy/", "/tag/us-diplomacy/"),
        ("/tag/us-diplomacy/north-korea/", "/tag/north-korea/us-diplomacy/"),
    ],
)
def test_other_names_lead_on(find: Find, old: str, new: str) -> None:
    """An alias and a pair told backwards lead to the page itself, with a link for all."""
    assert find(old, '//meta[@http-equiv="refresh"]/@content') == [f"0; url={new}"]
    assert find(old, "//main//a/@href") == [new]
    assert find(old, '//meta[@name="robots"]/@content') == ["noindex"]


def test_index_of_topics(find: Find) -> None:
    """All topics stand by the alphabet, each once; aliases are no topics."""
    found = links(find("/tag/", '//*[@class="names"]//a'))
    assert found == TOPICS | BROADER
    assert list(found) == sorted(found, key=str.casefold)


def test_indexes_of_sections_people_and_dates(find: Find) -> None:
    """Sections, people, places and years have their indexes; an agency is no person."""
    assert links(find("/section/", '//*[@class="names"]//a')) == {"World": "/section/world/"}
    assert links(find("/people/", '//*[@class="names"]//a')) == PEOPLE
    places = links(find("/places/", '//*[@class="names"]//a'))
    assert places == {"United Nations": "/places/united-nations/"}
    years = links(find("/archives/", "//table//a"))
    assert years == {"2024": "/2024/", "Sep 2024, 1 story": "/2024/09/"}


@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("Michelle Nichols", "Byline, Reporting"),
        ("David Brunnstrom", "Byline, Reporting"),
        ("Howard Goller", "Editing"),
    ],
)
def test_person(find: Find, name: str, roles: str) -> None:
    """A person's page says what the person did in each story."""
    assert text(find(PEOPLE[name], "//h1")) == name
    assert text(find(PEOPLE[name], '//*[@class="teaser__note"]')) == roles


def test_one_page_for_both_spellings(find: Find, first_site: Path) -> None:
    """The spelling in the credits is told on the page of the person, and has none of its own."""
    aliases = text(find(PEOPLE["Michelle Nichols"], '//*[@class="aliases"]'))
    assert aliases == "In the copy also: Michelle Nicholls."
    people = {path.name for path in (first_site / "people").iterdir()}
    assert people == {"index.html", *(url.split("/")[2] for url in PEOPLE.values())}


def test_year_month_and_day(find: Find) -> None:
    """A year leads to its months and days, a month to its days."""
    day = {"30": "/2024/09/30/"}
    assert text(find("/2024/", "//h1")) == "2024"
    assert links(find("/2024/", "//table//a")) == {"September": "/2024/09/", **day}
    assert text(find("/2024/09/", "//h1")) == "September 2024"
    days = {"30 September 2024, 1 story": "/2024/09/30/"}
    assert links(find("/2024/09/", "//table//a")) == days
    assert text(find("/2024/09/30/", "//h1")) == "30 September 2024"
    crumbs = links(find("/2024/09/30/", '//nav[@class="breadcrumb"]//a'))
    assert list(crumbs.values()) == ["/", "/archives/", "/2024/", "/2024/09/"]


def test_about(find: Find) -> None:
    """The page about the archive has a contact, and every page leads to both."""
    assert text(find("/about/", "//h1")) == "About"
    for url in ("/", "/about/", STORY_URL, *LISTS):
        footer = links(find(url, '//footer[@class="colophon"]//a'))
        assert footer["About"] == "/about/"
        assert footer["Contact"].startswith("mailto:")


def test_no_page_at_an_address(first_site: Path) -> None:
    """The page of errors leads to topics, people and years, from whatever address it is shown."""
    page = html.fromstring((first_site / "404.html").read_bytes())
    assert {"/tag/", "/people/", "/2024/"} <= set(page.xpath("//main//a/@href"))


def test_feeds(find: Find, first_site: Path) -> None:
    """The list of feeds names those of everything, each topic, pair, section and person."""
    names = [row.text_content() for row in find("/feeds/", '//*[@class="feedlist__name"]')]
    pair = "North Korea and US diplomacy"
    assert sorted(names) == sorted(["All stories", pair, "World", *TOPICS, *BROADER, *PEOPLE])
    files = find("/feeds/", "//main//section//a/@href")
    assert len(files) == 3 * len(names)
    assert all((first_site / file.lstrip("/")).is_file() for file in files)


def test_robots(first_site: Path) -> None:
    """Crawlers may read everything; a site without an address has no sitemap to tell of."""
    assert (first_site / "robots.txt").read_text("utf-8") == "User-agent: *\nDisallow:\n"
    assert not (first_site / "sitemap.xml").exists()


def test_pages_are_these_alone(first_site: Path) -> None:
    """Nothing is built that is not told of above."""
    pages = {f"/{page.parent.relative_to(first_site)}/" for page in first_site.rglob("index.html")}
    indexes = {
        "/./",
        STORY_URL,
        "/tag/",
        "/section/",
        "/people/",
        "/places/",
        "/archives/",
        "/feeds/",
        "/search/",
        "/about/",
    }
    redirects = {
        "/tag/dprk/",
        "/tag/democratic-peoples-republic-of-korea/",
        "/tag/n-korea/",
        "/tag/american-diplomacy/",
        "/tag/trump/",
        "/tag/un/",
        "/tag/us-diplomacy/north-korea/",
    }
    assert pages == {*LISTS, *indexes, *redirects}
