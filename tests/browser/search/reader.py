"""Stories to be found, and a reader who searches for them."""

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

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
