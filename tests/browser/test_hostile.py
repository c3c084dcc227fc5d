"""Nothing that a post says is ever run, and nothing that it says loads anything from elsewhere."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote

import feedparser
import pytest
from PIL import Image
from playwright.sync_api import Browser, Dialog, Error, Page, Request, Response

from newsarchive.exports import headers

from .kinds import THOROUGHLY
from .payloads import PAYLOADS
from .server import Handler, Site, served

STORIES = 75
AT_ONCE = 40  # pages in frames of one window
HEAD = '<meta charset="utf-8"><link rel="icon" href="/theme/favicon.svg">'
ARMED_WITHIN = """documents => documents
    .flatMap(document => [...document.querySelectorAll('*')])
    .filter(element => !element.closest('form.search, script[src="/theme/search.js"]'))
    .filter(element => element.matches(
            'base, embed, form, frame, iframe, input, math, object, style, svg, template, ' +
            'link:not([href*="://"]):not([href^="/"]), script:not([type="application/ld+json"])')
        || element.getAttributeNames().some(name => /^on|^style$|^ping$|^srcdoc$/.test(name))
        || element.src && new URL(element.src).origin !== location.origin  // and never mind when
        || element.href && !/^(https?|mailto):/.test(element.href))
    .map(element => element.outerHTML.slice(0, 120))"""
FRAMES = "[...document.querySelectorAll('iframe')].map(frame => frame.contentDocument)"
ARMED = f"() => ({ARMED_WITHIN})({FRAMES}.filter(Boolean))"
ARMED_HERE = f"() => ({ARMED_WITHIN})([document])"
STORY = """\
Title: {all}
Slug: s{number}
Date: 2024-01-{day:02} 10:00
Category: {number} {all}
Tags: {name}; Barges
Byline: By {all}
Authors: {name}; Ada Quill
Summary: {all}
Dateline: {all} (Reuters) –
Credits: {all}
Advisory: {all}
Source: {all}
Rights: {all}
Series: {all}
Picture: images/quay.png
Picture_alt: {all}
Picture_caption: {all}
Picture_credit: {all}

{text}
"""


class Keeping(Handler):
    """Lets the browser keep what is no page, as so many pages ask for the same."""

    def end_headers(self) -> None:
        """Say so."""
        if "." in self.path and not self.path.startswith("/frames"):
            self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()


class Watching(Keeping):
    """Has the browser tell where the policy of production would step in, and not do so."""

    policy = "Content-Security-Policy-Report-Only"

    def end_headers(self) -> None:
        """Add it to what is said of a file; but pages may be looked at in frames."""
        if not self.path.startswith("/frames"):
            policy = headers.of_file(self.path)["Content-Security-Policy"]
            policy = policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
            self.send_header(self.policy, policy)
        super().end_headers()


class Policing(Watching):
    """Has the policy step in."""

    policy = "Content-Security-Policy"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, run_pelican: Callable[..., None]) -> Path:
    """Build a site that has every payload in each field, several to a story."""
    folder = tmp_path_factory.mktemp("hostile")
    articles, images = folder / "content/articles", folder / "content/images"
    articles.mkdir(parents=True)
    images.mkdir()
    Image.new("L", (600, 400), 90).save(images / "quay.png")
    shortest = sorted(PAYLOADS, key=len)  # so that long ones meet short ones
    for number in range(STORIES):
        payloads = shortest[number::STORIES]
        joined = " ".join(payloads)
        # Names are told apart by these; browsers read the numbers of letters without them.
        name = f"{number} {joined.translate({ord(sign): None for sign in ';,'})}"
        post = STORY.format(
            number=number,
            day=number % 28 + 1,
            all=joined,
            name=name,
            text="\n\n".join((*payloads, "x256 [x257]")),  # what two of them define
        )
        (articles / f"{number}.md").write_text(post, "utf-8")
    run_pelican(
        folder / "content",
        folder / "output",
        SITEURL="https://example.org",
        FEED_MAX_ITEMS=len(PAYLOADS),
    )
    return folder / "output"


@dataclass
class Ear:
    """What happens in a window: dialogs, the console, what is asked for elsewhere or in vain.

    ``moved`` are pages that went elsewhere or never came, ``armed`` elements that may yet act.
    """

    dialogs: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    armed: list[str] = field(default_factory=list)


@contextmanager
def listening(browser: Browser, origin: str) -> Iterator[tuple[Page, Ear]]:
    """Open a window, and hear all that happens in it."""
    ear = Ear()
    page = browser.new_page(reduced_motion="reduce")

    def answer(dialog: Dialog) -> None:
        ear.dialogs.append(dialog.message)
        with suppress(Error):  # its page may be gone
            dialog.dismiss()

    def ask(request: Request) -> None:
        if not request.url.startswith(f"{origin}/"):
            ear.elsewhere.append(request.url)

    def get(response: Response) -> None:
        if response.status >= HTTPStatus.BAD_REQUEST:
            ear.missing.append(response.url)

    page.on("dialog", answer)
    page.on("request", ask)
    page.on("response", get)
    page.on("console", lambda message: ear.console.append(message.text))
    page.on("pageerror", lambda error: ear.console.append(str(error)))
    yield page, ear
    page.context.close()


def look_at(site: Site, page: Page, ear: Ear, paths: list[str]) -> None:
    """Look at pages, many at once, in frames of one window."""
    for start in range(0, len(paths), AT_ONCE):
        group = paths[start : start + AT_ONCE]
        frames = "".join(f'<iframe src="{path}"></iframe>' for path in group)
        (site.folder / "frames.html").write_text(f"{HEAD}{frames}", "utf-8")
        page.goto(site.url(f"/frames.html?{start}"))
        there = [unquote(frame.url).removeprefix(site.origin) for frame in page.frames[1:]]
        ear.moved += sorted(set(there) ^ set(group))
        ear.armed += page.evaluate(ARMED)


def pages_of(output: Path) -> list[str]:
    """The addresses of all pages of a site."""
    files = sorted(path.relative_to(output).as_posix() for path in output.rglob("*.html"))
    return [f"/{file}".removesuffix("index.html") for file in files if "frames" not in file]


def test_the_payloads_are_live(browser: Browser, tmp_path: Path) -> None:
    """Where nothing is escaped, many run or load something: the tests below can fail."""
    (tmp_path / "404.html").touch()
    for number, payload in enumerate(PAYLOADS[::4]):
        if "top.location" not in payload:  # which would take all others along
            html = f'{HEAD}<script>alert = n => console.log("alert " + n)</script>{payload}'
            (tmp_path / f"{number}.html").write_text(html, "utf-8")
    with served(tmp_path, host=Watching) as site, listening(browser, site.origin) as (page, ear):
        look_at(site, page, ear, pages_of(tmp_path))
    policed = {said for said in ear.console if "Content Security Policy" in said}
    told = " ".join(({*ear.console} - policed).union(ear.elsewhere))
    assert len(policed) > 20
    assert len(PAYLOADS) >= 300
    # The others wait for a click, or for Markdown.
    assert len(set(re.findall(r"(?:alert |evil\.example/)(\d+)", told))) > 20
    assert len(ear.armed) > len(PAYLOADS[::4]) + 20  # each page has a script of its own


@pytest.mark.parametrize("host", [Watching, Policing] if THOROUGHLY else [Watching])
def test_no_page_runs_or_loads_what_posts_say(
    browser: Browser, hostile: Path, host: type[Handler]
) -> None:
    """The policy of production would never have to step in, and does not.

    Each story's page is looked at, each index, and of the many lists every fifth.
    """
    every = pages_of(hostile)
    lists = [path for path in every if re.fullmatch("/(tag|section|people)/.+/|/2024/../../", path)]
    paths = sorted({*every} - {*lists} | {*lists[::5]})
    with served(hostile, host=host) as site, listening(browser, site.origin) as (page, ear):
        look_at(site, page, ear, paths)
    assert STORIES + len(lists[::5]) < len(paths)
    assert ear == Ear()


def test_no_search_runs_or_loads_what_posts_and_queries_say(
    browser: Browser, hostile: Path
) -> None:
    """Neither do stories in what is found, nor words or names that are asked for."""
    with served(hostile, host=Watching) as site, listening(browser, site.origin) as (page, ear):
        page.goto(site.url("/search/"))
        shown = page.locator(".search__results:not([aria-busy]) .teaser")
        for payload in sorted(PAYLOADS, key=len)[:: len(PAYLOADS) // 20]:
            page.fill("#q", payload)
            page.press("#q", "Enter")
            page.wait_for_function("() => !document.querySelector('[aria-busy]')")
            ear.armed += page.evaluate(ARMED_HERE)
        page.goto(site.url("/search/?topic=barges&sort=date"))
        shown.first.wait_for()
        for _ in range(3):
            page.get_by_role("button", name="More stories").click()
            page.wait_for_function("() => !document.querySelector('[aria-busy]')")
        shown.nth(30).wait_for()
        ear.armed += page.evaluate(ARMED_HERE)
    assert ear == Ear()


def test_no_feed_runs_or_loads_what_posts_say(browser: Browser, hostile: Path) -> None:
    """Neither does a feed as it is, nor what a careless reader makes of its texts."""
    shown = [HEAD]
    for name in ("atom.xml", "rss.xml"):
        feed = feedparser.parse(
            (hostile / f"feeds/all.{name}").read_bytes(),
            sanitize_html=False,
            resolve_relative_uris=False,
        )
        assert len(feed.entries) == STORIES
        for entry in feed.entries:
            kinds = [entry.summary_detail, *entry.content]
            shown += [part.value for part in kinds if part.type == "text/html"]
    items = json.loads((hostile / "feeds/all.json").read_text("utf-8"))["items"]
    shown += [item["content_html"] for item in items]
    assert len(shown) > 3 * STORIES
    (hostile / "frames.html").write_text("\n".join(shown), "utf-8")
    (hostile / "favicon.ico").touch()  # a browser asks for it beside what names no icon
    with served(hostile, host=Keeping) as site, listening(browser, site.origin) as (page, ear):
        for path in ("/feeds/all.atom.xml", "/feeds/all.rss.xml", "/sitemap.xml", "/frames.html"):
            page.goto(site.url(path))
    assert ear == Ear()
