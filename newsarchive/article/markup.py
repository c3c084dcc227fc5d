"""A post's Markdown becomes HTML that is safe to print: raw HTML is text, the rest sanitised."""

import re
from html import escape, unescape
from typing import Any
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

LEAD_LENGTH = 280  # characters of a first paragraph in a teaser

_TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "cite", "code", "dd", "del", "div", "dl", "dt", "em"),
    *("figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li"),
    *("ol", "p", "pre", "q", "s", "samp", "small", "span", "strong", "sub", "sup"),
    *("table", "tbody", "td", "th", "thead", "tr", "ul"),
}
_ATTRIBUTES = {
    "*": {"class", "id", "lang", "dir", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_SANITISER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)
_FIRST_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_ALIGNMENT = re.compile(r"text-align: (left|right|center);")


class _Housestyle(Treeprocessor):
    """Keeps the headline the only h1, and alignment out of style attributes."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag == "h1":
                element.tag = "h2"
            elif element.tag in {"td", "th"}:
                alignment = _ALIGNMENT.fullmatch(element.attrib.pop("style", ""))
                if alignment:
                    element.set("class", f"align-{alignment[1]}")


def dialect(options: dict[str, Any]) -> Markdown:
    """Make the parser for Pelican's ``MARKDOWN`` options; it serves any number of texts."""
    markdown = Markdown(**options)
    markdown.preprocessors.deregister("html_block", strict=False)
    markdown.preprocessors.deregister("meta", strict=False)
    markdown.inlinePatterns.deregister("html", strict=False)
    markdown.ESCAPED_CHARS = [*markdown.ESCAPED_CHARS, "<"]  # \<AFG>, as other tools write it
    markdown.treeprocessors.register(_Housestyle(markdown), "housestyle", priority=5)
    return markdown


def render(markdown: Markdown, text: str) -> str:
    """Turn a text into sanitised HTML."""
    return _SANITISER.clean(markdown.reset().convert(text))


def run_in(html: str, dateline: str) -> str:
    """Run a dateline in to the first paragraph, unless the paragraph opens with it already."""
    if not dateline:
        return html
    leader = escape(dateline, quote=False)
    mark = f'<span class="dateline">{leader}</span>'
    if not html.startswith("<p>"):
        return f"<p>{mark}</p>\n{html}"
    text = html.removeprefix("<p>")
    if text.startswith(leader):
        return f"<p>{mark}{text.removeprefix(leader)}"
    return f"<p>{mark} {text}"


def lead(html: str) -> str:
    """Give the first paragraph as plain text, cut at a word where it is long."""
    paragraph = _FIRST_PARAGRAPH.search(html)
    if paragraph is None:
        return ""
    text = " ".join(unescape(_TAG.sub("", paragraph[1])).split())
    if len(text) <= LEAD_LENGTH:
        return text
    return text[:LEAD_LENGTH].rsplit(" ", 1)[0].rstrip(",;:–—- ") + "…"
