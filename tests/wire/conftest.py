"""What the tests of the wire share: the first story, and the archive's Markdown."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from markdown import Markdown

STORY = Path(__file__).with_name("wire-story.txt")
EXTENSIONS = ["tables", "footnotes", "attr_list", "def_list", "abbr", "fenced_code"]


@pytest.fixture(scope="session")
def story() -> str:
    """Give the first story as sent."""
    return STORY.read_text("utf-8")


@pytest.fixture(scope="session")
def paragraphs_of() -> Callable[[str], list[str]]:
    """Give a function that reads a post's body as the archive does and returns its paragraphs.

    Whatever is not a plain paragraph stays visible as HTML.
    """
    markdown = Markdown(extensions=EXTENSIONS)
    markdown.preprocessors.deregister("html_block")
    markdown.inlinePatterns.deregister("html")

    def read(body: str) -> list[str]:
        html = markdown.reset().convert(body)
        texts = re.split(r"</p>\n<p>", html.removeprefix("<p>").removesuffix("</p>"))
        return [text if re.search(r"<[/a-z]", text) else unescape(text) for text in texts]

    return read
