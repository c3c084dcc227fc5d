"""Plain paragraphs without the parser, equal to what the parser makes of them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import EscapeInlineProcessor
from markdown.treeprocessors import Treeprocessor
from pelican.settings import DEFAULT_CONFIG

from newsarchive.article import markup
from newsarchive.build.paragraphs import Paragraphs

ARCHIVES = markup.dialect(
    {
        "extensions": ["abbr", "attr_list", "def_list", "fenced_code", "footnotes", "tables"],
        "output_format": "html5",
    }
)


def shortcut(markdown: Markdown) -> Paragraphs:
    """The shortcut of a parser that has one."""
    paragraphs = Paragraphs.of(markdown)
    assert paragraphs
    return paragraphs


def pelicans() -> Markdown:
    """The parser of Pelican's default settings."""
    setting = DEFAULT_CONFIG["MARKDOWN"]
    return Markdown(**setting, extensions=[*setting["extension_configs"]])


PARSERS = {
    "no extension": (plain := Markdown(), shortcut(plain)),
    "Pelican's": (stock := pelicans(), shortcut(stock)),
    "contents": (contents := Markdown(extensions=["toc", "tables"]), shortcut(contents)),
    "the archive's": (ARCHIVES.markdown, ARCHIVES.paragraphs),
}

# What begins, ends or looks like something other than text.
NEAR_MISSES = (
    *("1.", "1. ", "1)", "1987. ", "٣. ", "- ", "-", "--", "---", "- - -", "===", "+ ", "***"),
    *("*", "**", "_", "a_b", "__", "\\", "\\\\", "\\*", "\\_", "\\#", "\\<", "\\>", "\\&", "\\a"),
    *("&", "&#", "&#38;", "&#38 ", "&amp", "&amp;", "&\\#38;", "&ſ;", "AT&T", "&a.b;", ";"),
    *("<", ">", "<AFG>", "\\<AFG\\>", "\\<DIV\\>", "\\<hr>", "</", "\\</TITLE\\>", "\\</P x=\\>"),
    *("<!--", "-->", "<?", "?>", "<script>", "<div>", "\\<script\\>", "</p>", "< ", " <5", '="'),
    *("<a@b>", "@", "<http://a.b>", "http://", "<a\\>@b>", "<a\\\n@b>", "<a\n@b>", "<a\\@b>"),
    *(":", ": ", "Key: ", "Key:", "...", "|", "a|b", "-|-", "\\|", "```", "~~~", "`", "\\`"),
    *("[", "]", "[a]", "[a](b)", "[a]: b", "[TOC]", "\\[TOC\\]", "[^1]", "[^1]: ", "*[a]: b"),
    *("*[", "![", "![a]", "](", "] (", "(", ")", "{", "}", "{#id}", "{: .a}", "{: #b }", "# "),
    *(
        " ",
        "  ",
        "   ",
        "    ",
        "  \n",
        "\n",
        "\n\n",
        "\n\n\n",
        "\n \n",
        "\t",
        "\r",
        "\r\n",
        "\x0c",
    ),
    *("\x00", "\x02", "\x03", "\x02amp\x03", "\x1c", "\x7f", "\x85", "\xa0", "\u2028", "\u3000"),
    *(
        "\ufeff",
        "a",
        "b",
        "7",
        "é",
        "Ferry",
        "Reuter",
        ".",
        ",",
        "!",
        "'",
        "///Footnotes Go Here///",
    ),
)
texts = st.lists(st.sampled_from(NEAR_MISSES) | st.characters(), max_size=24).map("".join)


@pytest.mark.parametrize("parser", PARSERS)
@given(text=texts)
def test_equal_to_the_parser(parser: str, text: str) -> None:
    """What the shortcut makes of a text is what the parser makes of it."""
    markdown, paragraphs = PARSERS[parser]
    assert paragraphs
    html = paragraphs.convert(text)
    assert html is None or html == markdown.reset().convert(text)


STORY = r"""
HARBOUR, June 1 - Ferry Corp \<AFG\> said it "expects" an AT&T deal: $5 mln, up 2.5% (or #1).

Its ferries - all 7 of them - sailed [sic] at 10:30; the rest stayed.
A second line of it, at http://example.org/ferries.

\*\*\* 3\. The U.S.-flagged ship's crew\_men said < 5 hours + 2 = "now!" Reuter

"""


@pytest.mark.parametrize("parser", PARSERS)
def test_prose_is_caught(parser: str) -> None:
    """A story with what stories hold goes the short way."""
    markdown, paragraphs = PARSERS[parser]
    assert paragraphs
    html = paragraphs.convert(STORY)
    assert html == markdown.reset().convert(STORY)
    assert html.count("<p>") == html.count("\n") == 3


def test_company_code_is_caught_where_it_is_text() -> None:
    """Where raw HTML is text, a code in angle brackets needs no backslash."""
    assert ARCHIVES.paragraphs
    assert ARCHIVES.paragraphs.convert("Ferry <AFG>") == "<p>Ferry &lt;AFG&gt;</p>"
    assert shortcut(Markdown()).convert("Ferry <AFG>") is None


class Shouting(Treeprocessor):
    """A processor that nobody knows."""


class Upside(Extension):
    """An extension that nobody knows."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        """Do nothing but be there."""
        md.registerExtension(self)


@pytest.mark.parametrize(
    "options",
    [
        *({"extensions": [name]} for name in ("smarty", "nl2br", "admonition", "wikilinks")),
        {"extensions": [Upside()]},
        {"extensions": ["abbr"], "extension_configs": {"abbr": {"glossary": {"A": "Alpha"}}}},
        {"tab_length": 2},
    ],
)
def test_no_shortcut_past_what_is_unknown(options: dict[str, Any]) -> None:
    """A parser that does more than is known here has no shortcut."""
    assert Paragraphs.of(Markdown(**options)) is None


def test_no_shortcut_past_a_changed_parser() -> None:
    """The same holds for one that was changed after it was made."""
    shouting, escaping, reordered, lacking, unescaping = (Markdown() for _ in range(5))
    shouting.treeprocessors.register(Shouting(), "shouting", 1)
    escaping.inlinePatterns.register(EscapeInlineProcessor("@(.)", escaping), "at", 185)
    unescape = reordered.treeprocessors["unescape"]
    reordered.treeprocessors.register(unescape, "unescape", 50)
    lacking.treeprocessors.deregister("prettify")
    unescaping.ESCAPED_CHARS = ["a"]
    for markdown in (shouting, escaping, reordered, lacking, unescaping):
        assert Paragraphs.of(markdown) is None
    assert Paragraphs.of(shouting, harmless=[Shouting])
