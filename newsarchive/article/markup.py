"""A post's Markdown becomes HTML that is safe to print: raw HTML is text, the rest sanitised."""

import re
from dataclasses import dataclass
from functools import cache
from html import escape, unescape
from typing import Any
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from newsarchive.article import conservation
from newsarchive.build.paragraphs import Paragraphs

LEAD_LENGTH = 280  # characters of a first paragraph in a teaser

# What may stand in a text; docs/metadata.md lists it.
TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "cite", "code", "dd", "del", "div", "dl", "dt", "em"),
    *("figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li"),
    *("ol", "p", "pre", "q", "s", "samp", "small", "span", "strong", "sub", "sup"),
    *("table", "tbody", "td", "th", "thead", "tr", "ul"),
}
ATTRIBUTES = {
    "*": {"class", "id", "lang", "dir", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
# Ids and classes of a text that are not the theme's own to style or to jump to.
_NAMES = ("align-", "fn:", "fnref", "footnote", "language-")


# As browsers read an address.
_UNREAD = dict.fromkeys(map(ord, "\t\n\r"))
_BLANK = "".join(map(chr, range(33)))
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def _kept(tag: str, attribute: str, value: str) -> str | None:
    """Keep of ids and classes those that Markdown itself makes, of pictures those of the site."""
    if attribute in {"class", "id"}:
        return " ".join(name for name in value.split() if name.startswith(_NAMES)) or None
    if tag == "img" and attribute == "src" and is_elsewhere(value):
        return None  # in a disguise; others have become links by now
    return value


def is_elsewhere(address: str) -> bool:
    """Tell whether a browser would ask another site for what is at an address."""
    read = address.translate(_UNREAD).lstrip(_BLANK).replace("\\", "/")
    return read.startswith("//") or bool(_SCHEME.match(read))


_SANITISER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
    attribute_filter=_kept,
)
_RUN_IN = re.compile(r'<span class="dateline">.*?</span> ?', re.DOTALL)
_FOOTNOTE = re.compile(r"<sup id=.*?</sup>")
_TAG = re.compile(r"<[^>]*>")
_ALIGNMENT = re.compile(r"text-align: (left|right|center);")


class _Housestyle(Treeprocessor):
    """Keeps the headline the only h1, styles out of attributes, links and pictures on the site."""

    def __init__(self, markdown: Markdown, root: str) -> None:
        super().__init__(markdown)
        self._root = root

    def run(self, root: Element) -> None:
        linked = {id(image) for link in root.iter("a") for image in link.iter("img")}
        for image in list(root.iter("img")):
            if is_elsewhere(image.get("src", "")):
                _name(image, "span" if id(image) in linked else "a")
        for element in root.iter():
            if element.tag == "h1":
                element.tag = "h2"
            elif element.tag in {"td", "th"}:
                alignment = _ALIGNMENT.fullmatch(element.attrib.pop("style", ""))
                if alignment:
                    element.set("class", f"align-{alignment[1]}")
            for name in ("href", "src"):
                address = element.get(name, "")
                if address.startswith("/") and not address.startswith("//"):
                    element.set(name, f"{self._root}{address}")


# What Python-Markdown takes the longer over the more of it there is: it looks for the end of each
# bracket to the end of the paragraph, goes through the paragraph for each other mark, through the
# rest of a block for each heading, and through the whole text for each abbreviation.
MOST_CHARACTERS = 4_000_000
MOST_LINES = 20_000  # of lists, tables and headings
MOST_CELLS = 50_000
MOST_HEADINGS = 2_000  # without a blank line between them
MOST_BRACKETS = 1_000  # in a paragraph
MOST_MARKS = 10_000
_BUILT = re.compile(r"^[ >]*(?:[-+*#>=~`]|\d+\.)|^.*?\|", re.MULTILINE)
_HEADINGS = re.compile(r"(?:^(?:[#=~`]|[-*_ ]{3,}$).*\n?)+", re.MULTILINE)
_ABBREVIATION = re.compile(r"^\*\[", re.MULTILINE)


class Refused(Exception):
    """A text cannot become a page as it stands; ``words`` of it are where.

    The message says why and, after a semicolon, the cure.
    """

    def __init__(self, reason: str, words: str = "") -> None:
        self.words = words
        super().__init__(reason)


class TooMuch(Refused):
    """A text would take the parser longer than anyone waits."""

    def __init__(self, problem: str, words: str = "") -> None:
        cure = "simplify it, or split the story in two"
        super().__init__(f"{problem}, too many to be read; {cure}", words)


def _weigh(text: str) -> None:
    """Raise TooMuch for a text that takes too long to be taken apart into paragraphs."""
    if len(text) > MOST_CHARACTERS:
        raise TooMuch(f"the text has more than {MOST_CHARACTERS:,} characters")
    if len(text) < MOST_LINES:
        return
    if len(_BUILT.findall(text)) > MOST_LINES:
        raise TooMuch(f"the text has more than {MOST_LINES:,} lines of lists, tables and headings")
    if text.count("|") > MOST_CELLS:
        raise TooMuch(f"the text has tables of more than {MOST_CELLS:,} cells")
    if len(_ABBREVIATION.findall(text)) * len(text) > MOST_CHARACTERS:
        raise TooMuch("the text is too long for so many abbreviations")
    for block in _HEADINGS.finditer(text):
        if block[0].count("\n") > MOST_HEADINGS:
            raise TooMuch(f"there are more than {MOST_HEADINGS:,} headings in a row", block[0])


class _Patience(Treeprocessor):
    """Refuses paragraphs of more links and marks than the parser gets through while one waits."""

    def run(self, root: Element) -> None:
        work = 0.0
        for element in root.iter():
            text = element.text or ""
            brackets, marks = text.count("["), sum(map(text.count, "*_`<&\\"))
            work += (brackets / MOST_BRACKETS) ** 2 + (marks / MOST_MARKS) ** 2
            if work > 1:
                found = f"{brackets:,} opening brackets and {marks:,} other marks"
                raise TooMuch(f"a paragraph has {found}", text)


def _name(image: Element, tag: str) -> None:
    """Put a link in the place of a picture, so that no page asks another site for anything."""
    address = image.get("src", "")
    image.text = image.get("alt") or address
    image.tag, image.attrib = tag, {"href": address} if tag == "a" else {}


# What may be wider than a telephone is scrolled, by those without a mouse too.
_SCROLLING = (
    ("<pre>", '<pre tabindex="0">'),
    ("<table>", '<div class="table" role="group" tabindex="0" aria-label="Table"><table>'),
    ("</table>", "</table></div>"),
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """The archive's Markdown: its parser, and the shortcut for texts that need none."""

    markdown: Markdown
    paragraphs: Paragraphs | None


def dialect(options: dict[str, Any], root: str = "") -> Dialect:
    """Make the dialect for Pelican's ``MARKDOWN`` options; it serves any number of texts.

    ``root`` is put before links that begin at the site's root, ``Site.root``.
    """
    markdown = Markdown(**options)
    markdown.parser.blockprocessors["olist"].LAZY_OL = False  # type: ignore[attr-defined]  # "1986. A good year" stays so
    markdown.preprocessors.deregister("html_block", strict=False)
    markdown.preprocessors.deregister("meta", strict=False)
    markdown.inlinePatterns.deregister("html", strict=False)
    markdown.ESCAPED_CHARS = [*markdown.ESCAPED_CHARS, "<"]  # \<AFG>, as other tools write it
    markdown.treeprocessors.register(_Patience(markdown), "patience", priority=25)  # before inline
    markdown.treeprocessors.register(_Housestyle(markdown, root), "housestyle", priority=5)
    return Dialect(markdown, Paragraphs.of(markdown, harmless=[_Patience, _Housestyle]))


def render(dialect: Dialect, text: str) -> str:
    """Turn a text into sanitised HTML; raises Refused where that takes too long or loses words."""
    plain = dialect.paragraphs.convert(text) if dialect.paragraphs else None
    if plain is not None:
        return plain.replace("\u00a0", "&nbsp;")  # the sanitiser would change nothing else
    _weigh(text)
    html = _SANITISER.clean(dialect.markdown.reset().convert(text))
    if name := conservation.unused(text, html):
        cure = "name it in a link, or write a backslash before the bracket"
        raise Refused(f"{name} is printed nowhere; {cure}", name)
    if name := conservation.unnamed(html):
        cure = "name it in the text, by one word"
        raise Refused(f'no way leads to the note "{name}"; {cure}', f"[^{name}]:")
    if word := conservation.lost(text, html):
        cure = "it may stand behind the last cell of a table's row, or explain a word not used"
        raise Refused(f'the word "{word}" would not be printed; {cure}', word)
    for part, scrolling in _SCROLLING:
        html = html.replace(part, scrolling)
    return html


def run_in(html: str, dateline: str) -> str:
    """Run a dateline in to the first paragraph, unless the paragraph opens with it already."""
    if not dateline:
        return html
    leader = escape(dateline, quote=False)
    if not dateline.isprintable():  # nothing else would the sanitiser change
        leader = _SANITISER.clean(leader)
    mark = f'<span class="dateline">{leader}</span>'
    if not html.startswith("<p>"):
        return f"<p>{mark}</p>\n{html}"
    text = html.removeprefix("<p>")
    if text.startswith(leader):
        return f"<p>{mark}{text.removeprefix(leader)}"
    return f"<p>{mark} {text}"


def anchored(html: str) -> str:
    """Give each paragraph an id and a link to itself, which has no text of its own."""
    before, *paragraphs = html.split("<p>")
    return before + "".join(
        [
            f'<p id="p{number}">{text.replace("</p>", _anchor(number), 1)}'
            for number, text in enumerate(paragraphs, 1)
        ]
    )


# The same few numbers in every story.
_anchor = cache('<a class="anchor" href="#p{0}" aria-label="Paragraph {0}"></a></p>'.format)


def lead(html: str) -> str:
    """Give the first paragraph, without its dateline, as plain text, cut at a word if long."""
    words = _RUN_IN.sub("", html, count=1).replace("<p></p>", "")
    paragraph = words.partition("<p>")[2].partition("</p>")[0]
    if "<" in paragraph:
        paragraph = _TAG.sub("", _FOOTNOTE.sub("", paragraph))
    text = " ".join(unescape(paragraph).split())
    if len(text) <= LEAD_LENGTH:
        return text
    return text[:LEAD_LENGTH].rsplit(" ", 1)[0].rstrip(",;:–—- ") + "…"
