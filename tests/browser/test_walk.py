"""A reader walks through the archive by its links, with JavaScript and without."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from .kinds import REDIRECTS, STORY
from .server import Site

HEADLINE = "North Korea appears to dismiss return to personal diplomacy with Trump"


@pytest.fixture(scope="module", params=[True, False], ids=["with JavaScript", "without JavaScript"])
def reader(
    request: pytest.FixtureRequest, browser: Browser, browser_context_args: Mapping[str, Any]
) -> Iterator[Page]:
    """Open a tab in a browser that runs scripts, and in one that does not."""
    page = browser.new_page(**browser_context_args, java_script_enabled=request.param)
    yield page
    page.context.close()


@pytest.fixture
def site(request: pytest.FixtureRequest) -> Site:
    """Walk through the site as built locally, at a domain's root and below a path."""
    return request.getfixturevalue(request.param)


every_site = pytest.mark.parametrize(
    "site", ["archive", "published", "published_below"], indirect=True
)
with_and_without_a_path = pytest.mark.parametrize(
    "site", ["archive", "published_below"], indirect=True
)


@every_site
def test_from_the_front_to_a_tag_to_the_story_and_back(reader: Page, site: Site) -> None:
    """Every step is a click, and none leaves the site."""
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    reader.goto("about:blank")  # else what the page before still loads would count
    reader.on("request", note)
    reader.goto(site.url("/"))
    _click_in_main(reader, "North Korea")
    _expect_to_be_at(reader, site, "/tag/north-korea/", "North Korea")
    _click_in_main(reader, HEADLINE)
    _expect_to_be_at(reader, site, STORY, HEADLINE)
    reader.locator(".topics").get_by_role("link", name="US diplomacy", exact=True).click()
    _expect_to_be_at(reader, site, "/tag/us-diplomacy/", "US diplomacy")
    reader.go_back()
    _expect_to_be_at(reader, site, STORY, HEADLINE)
    reader.get_by_role("banner").get_by_role("link", name="The News Archive").click()
    _expect_to_be_at(reader, site, "/", "The News Archive")
    reader.remove_listener("request", note)
    assert [address for address in asked if not address.startswith(site.url("/"))] == []


@with_and_without_a_path
def test_two_topics_together(reader: Page, site: Site) -> None:
    """A topic leads to its pair, and the pair to its story."""
    reader.goto(site.url("/tag/north-korea/"))
    reader.get_by_role("link", name="1 together with US diplomacy").click()
    _expect_to_be_at(reader, site, "/tag/north-korea/us-diplomacy/", "North Korea and US diplomacy")
    _click_in_main(reader, HEADLINE)
    _expect_to_be_at(reader, site, STORY, HEADLINE)


@with_and_without_a_path
@pytest.mark.parametrize(("old", "new"), REDIRECTS.items(), ids=REDIRECTS)
def test_an_old_address_lands_on_the_new(reader: Page, site: Site, old: str, new: str) -> None:
    """An alias leads to its topic, a pair in the other order to the pair."""
    reader.goto(site.url(old))
    reader.wait_for_url(site.url(new))
    expect(reader.get_by_role("heading", level=1)).to_contain_text("North Korea")


@pytest.mark.parametrize(
    ("spelling", "path", "roles"),
    [
        ("Michelle Nichols", "/people/michelle-nichols/", "Byline, Reporting"),
        ("Michelle Nicholls", "/people/michelle-nichols/", "Byline, Reporting"),
        ("Howard Goller", "/people/howard-goller/", "Editing"),
    ],
)
def test_from_a_name_to_what_the_person_did(
    reader: Page, archive: Site, spelling: str, path: str, roles: str
) -> None:
    """Byline and credits lead to one page a person, which tells the role in each story."""
    reader.goto(archive.url(STORY))
    reader.get_by_role("link", name=spelling, exact=True).click()
    expect(reader).to_have_url(archive.url(path))
    teaser = reader.get_by_role("article").filter(has_text=HEADLINE)
    expect(teaser.locator(".teaser__note")).to_have_text(roles)


def test_from_the_story_through_its_dates(reader: Page, archive: Site) -> None:
    """The date of a story leads to its day, and the day to month and year."""
    reader.goto(archive.url(STORY))
    reader.locator(".article__date").click()
    _expect_to_be_at(reader, archive, "/2024/09/30/", "30 September 2024")
    breadcrumb = reader.get_by_role("navigation", name="Breadcrumb")
    breadcrumb.get_by_role("link", name="September 2024").click()
    _expect_to_be_at(reader, archive, "/2024/09/", "September 2024")
    breadcrumb.get_by_role("link", name="2024").click()
    _expect_to_be_at(reader, archive, "/2024/", "2024")


def test_from_the_newest_page_to_the_oldest(reader: Page, sink: Site) -> None:
    """Numbered pages lead from the newest stories down to the first, and back up."""
    reader.goto(sink.url("/tag/harbour-works/"))
    seen = _stories(reader)
    for number in (2, 1):
        reader.get_by_role("link", name="Older stories").click()
        _expect_to_be_at(reader, sink, f"/tag/harbour-works/page/{number}/", "Harbour works")
        seen += _stories(reader)
    assert len(set(seen)) == len(seen)
    assert seen[-1] == "/1987/03/08/harbour-works-1/"
    reader.get_by_role("link", name="Newest stories").click()
    _expect_to_be_at(reader, sink, "/tag/harbour-works/", "Harbour works")


@with_and_without_a_path
def test_a_missing_page_leads_on(reader: Page, site: Site) -> None:
    """An address without a page says so, with the status for it, and offers ways on."""
    answer = reader.goto(site.url("/tag/no/such/topic/"))
    assert answer is not None
    assert answer.status == 404
    _click_in_main(reader, "topic")
    _expect_to_be_at(reader, site, "/tag/", "Topics")


def _click_in_main(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


def _expect_to_be_at(page: Page, site: Site, path: str, title: str) -> None:
    expect(page).to_have_url(site.url(path))
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def _stories(page: Page) -> list[str]:
    links = page.locator(".teaser__headline a").all()
    return [re.sub("^.*://[^/]*", "", link.get_attribute("href") or "") for link in links]
