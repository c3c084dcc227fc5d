"""A post gives back the words of the copy, whatever Markdown makes of them."""

import html
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsarchive.wire.post import Post, escape, render

ParagraphsOf = Callable[[str], list[str]]

# Words that are markup in one place and plain text in another, and the joints between them.
PIECES = st.sampled_from(
    [
        *(
            "*",
            "**",
            "_",
            "__",
            "`",
            "```",
            "~~~",
            "\\",
            "\\\\",
            "#",
            "> ",
            "- ",
            "+ ",
            "* ",
            "1. ",
        ),
        *("---", "===", "- - -", "|", "a | b", "---|---", ": ", ":", "{", "}", "{: #x }", "{.x}"),
        *(
            "[",
            "]",
            "(",
            ")",
            "[^1]",
            "[^1]: ",
            "[a]: b",
            "]: c",
            "*[abbr]: ",
            "![",
            "](",
            "][",
            "!",
            ".",
        ),
        *(
            "<",
            ">",
            "<.SPX>",
            "<AAPL.O>",
            "<b>",
            "</b>",
            "<http://x>",
            "<a@b.c>",
            "@",
            "://",
            "<!--",
        ),
        *(
            "&",
            ";",
            "&lt;",
            "&copy;",
            "&#38;",
            "AT&T",
            "x",
            "word",
            "U.S.",
            "12",
            "\u00e9",
            "\uae40",
        ),
        *(
            " ",
            "  ",
            "    ",
            "\t",
            "\n",
            "\n",
            "\u00a0",
            "\u3000",
            "\u201c",
            "\u2019",
            '"',
            "'",
            "=",
        ),
    ]
)
PARAGRAPHS = (
    st.lists(PIECES, min_size=1, max_size=14)
    .map("".join)
    .filter(lambda text: all(line.strip() for line in text.split("\n")))
)


@settings(max_examples=1000)
@given(paragraphs=st.lists(PARAGRAPHS, min_size=1, max_size=4))
def test_any_paragraphs_come_back(paragraphs: list[str], paragraphs_of: ParagraphsOf) -> None:
    """Markdown gives back the text of every paragraph, and nothing but paragraphs."""
    assert paragraphs_of("\n\n".join(map(escape, paragraphs))) == paragraphs


@pytest.mark.parametrize(
    "paragraph",
    [
        "The <.SPX> fell 2 pct, <AAPL.O> rose 1.5 pct and AT&T was flat.",
        "\u201cWhoever takes office in the U.S., we will see,\u201d it (Reuters) - he said.",
        "It made 2 * 3 mln dlrs; see first_quarter_results, Q&A and [sic].",
        "[nL3N1234AB] \u2013 \u201c[He] said so,\u201d she said -- twice!",
        "Shr 34 cts vs 1.12 dlrs\n    Net 1,234,000 vs 5,678,000\n    Revs 12.3 mln vs 11.9 mln",
    ],
)
def test_ordinary_copy_stays_readable(paragraph: str) -> None:
    """Nothing is escaped that Markdown takes for text."""
    assert escape(paragraph) == paragraph


@pytest.mark.parametrize(
    ("paragraph", "escaped"),
    [
        ("# 1 seed", r"\# 1 seed"),
        ("> quoted", r"\> quoted"),
        ("* bullet", r"\* bullet"),
        ("- bullet", r"\- bullet"),
        ("+ bullet", r"\+ bullet"),
        ("1987. The year", r"1987\. The year"),
        ("---", r"\---"),
        ("Total\n====", "Total\n&#61;==="),
        ("Total\n----", "Total\n\\----"),
        ("a | b\n--|--", "a | b\n\\--|--"),
        ("|\n|", "&#124;\n&#124;"),
        ("Term\n: definition", "Term\n&#58; definition"),
        ("~~~", "&#126;~~"),
        ("[a]: b", r"\[a]: b"),
        ("[a\nb]: c", "\\[a\nb]: c"),
        ("[a](b)", r"[a]\(b)"),
        ("told so[^1]", r"told so\[^1]"),
        ("*[UN]: United Nations", r"\*[UN]: United Nations"),
        ("text\n{: #x }", "text\n\\{: #x }"),
        ("*very* __so__", r"\*very\* \_\_so\_\_"),
        ("`code`", r"\`code\`"),
        (r"back\slash\.", r"back\slash\\."),
        ("see <http://example.org/>", "see &lt;http://example.org/>"),
        ("mail <desk@example.org>", "mail &lt;desk@example.org>"),
        ("the &copy; sign", "the &amp;copy; sign"),
        ("two blanks  \nand on", "two blanks &#32;\nand on"),
        ("a\ttab", "a&#9;tab"),
        ("    indented", "&#32;   indented"),
    ],
)
def test_markup_is_escaped(paragraph: str, escaped: str, paragraphs_of: ParagraphsOf) -> None:
    """Each hazard is escaped where it stands, and reads as it did."""
    assert escape(paragraph) == escaped
    assert paragraphs_of(escaped) == [paragraph]


# Paragraphs of Reuters-21578, some of them cut short, slips of its operators included.
REAL_PARAGRAPHS = [
    "- Corrects dollar figure of notes placed in item appearing Feb 25. Reuter",
    "- 8-1/4 pct bonds due March 1, 1994,",
    "- Toshiba Corp <TSBA.T> will reduce April 256K DRAM production by 16.67 pct.",
    "1. The finance ministers and central bank governors of seven major industrial countries met.",
    "* year ago data for this category is not available. Reuter",
    "161125******S/P DOWNGRADES DENMARK'S 17.6 BILLION U.S. DLRS OF LONG-TERM EXTERNAL DEBT",
    "Benetton Group Spa [BTOM.MI] said it reached agreement with textiles concern",
    "IMM CURRENCY FUTURES SETTLEMENTS [2] 7-APR S-FRANC-IMM SETTLEMENT NET CHANGE",
    "Union Faith is owned by <Hutchison Whampoa Ltd> and <Hong Kong Electric Holdings Ltd>.",
    "He said talks with Cable & Wireless will continue this week. REUTER",
    "Current Account +13.5 billion (+12.8 in 1985), made up of:",
    "HRW HRS SRW SWW DURUM Lou. Gulf -- -- 3.16 -- -- Portland/ Seattle 3.07 3.08",
    "CORRECTED - BANCA NAZIONALE DEL LAVORO =2 LONDON",
    "ARDEN INTERNATIONAL <AIKI> =2 LARKVILLE",
    "REUTER...^M",
    "2/26 2/27",
    "Services +10.1 (+9.8)",
    "the market doesn't ?(e~hoing,\" one dealer said. REUTER",
    "******<TITLE>U.S. TREASURY SAYS IT WILL PARTICIPATE WITH OTHERS</TITLE>Blah blah blah.",
    "last year's hitting a record $169.8 billion.",
]


def test_real_paragraphs_come_back(paragraphs_of: ParagraphsOf) -> None:
    """Paragraphs of a real wire read as they were sent."""
    assert paragraphs_of("\n\n".join(map(escape, REAL_PARAGRAPHS))) == REAL_PARAGRAPHS


def test_neighbouring_paragraphs_stay_apart(paragraphs_of: ParagraphsOf) -> None:
    """No paragraph becomes part of the one above it."""
    paragraphs = [
        "Term",
        ": definition",
        "1. one",
        "    deep",
        "[^1]: note",
        "as said[^1]",
        "```",
        "```",
    ]
    assert paragraphs_of("\n\n".join(map(escape, paragraphs))) == paragraphs


def test_long_runs_of_hazards() -> None:
    """Copy made of nothing but hazards is escaped whole: undone, it is the copy again."""
    for hazard in ("[", "`", "*", "_ ", "<", "&", "\\", " ", "-", "- ", "|", "{", "#", "<a@"):
        copy = hazard * 50_000
        assert html.unescape(re.sub(r"\\(.)", r"\1", escape(copy), flags=re.DOTALL)) == copy


def test_metadata_of_a_post() -> None:
    """Fields stand in a fixed order; empty ones are left out; further lines are indented."""
    post = Post(
        title="Rates: up & down",
        date="2024-09-30",
        slug="rates",
        credits="(Editing by C)\nnL3N1234AB",
        supplied="title",
        paragraphs=("First.", "Second."),
    )
    assert render(post) == (
        "Title: Rates: up & down\n"
        "Date: 2024-09-30\n"
        "Slug: rates\n"
        "Credits: (Editing by C)\n"
        "    nL3N1234AB\n"
        "Supplied: title\n"
        "\n"
        "First.\n"
        "\n"
        "Second.\n"
    )


def test_order_of_metadata() -> None:
    """Facts of the archive's first, then the copy's parts, then what the archive notes."""
    names = (
        *("Title", "Date", "Slug", "Id", "Category", "Tags", "Slugline", "Advisory", "Byline"),
        *("Dateline", "Source", "Rights", "Summary", "Credits", "Supplied", "Date_note"),
    )
    post = Post(**dict.fromkeys((name.lower() for name in names), "x"))  # type: ignore[arg-type]
    assert render(post) == "".join(f"{name}: x\n" for name in names)
