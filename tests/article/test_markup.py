"""A post's Markdown as HTML that is safe to print."""

import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.article import markup

EXTENSIONS = ("abbr", "attr_list", "def_list", "fenced_code", "footnotes", "tables")
DIALECT = markup.dialect(
    {"extensions": [f"markdown.extensions.{name}" for name in EXTENSIONS], "output_format": "html5"}
)
DATELINE = "HARBOUR (Agency) –"
MARK = f'<span class="dateline">{DATELINE}</span>'


def html(text: str) -> str:
    """What a text becomes."""
    return markup.render(DIALECT, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ferry Corp <AFG> rose.", "<p>Ferry Corp &lt;AFG&gt; rose.</p>"),
        (r"Ferry Corp \<AFG\> rose.", "<p>Ferry Corp &lt;AFG&gt; rose.</p>"),
        ("<b>bold</b>", "<p>&lt;b&gt;bold&lt;/b&gt;</p>"),
        ("a < b & c > d", "<p>a &lt; b &amp; c &gt; d</p>"),
        ("<!-- note -->", "<p>&lt;!-- note --&gt;</p>"),
        ("<div>\n\nText.\n\n</div>", "<p>&lt;div&gt;</p>\n<p>Text.</p>\n<p>&lt;/div&gt;</p>"),
    ],
)
def test_raw_html_is_text(text: str, expected: str) -> None:
    """What looks like HTML is shown as it was written: a company's code, a note."""
    assert html(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<iframe src=//x></iframe>"),
        *("<svg/onload=alert(1)>", "<style>p{}</style>", "<a href=javascript:alert(1)>x</a>"),
    ],
)
def test_no_script_from_raw_html(text: str) -> None:
    """A script in a story is text, first in a paragraph or within one."""
    for body in (
        text,
        f"Before {text} after.",
        f"- {text}",
        f"> {text}",
        f"a | b\n--|--\n{text} | c",
    ):
        assert "&lt;" in html(body)
        assert not re.search(r"<(script|img|iframe|svg|style|a)\b", html(body))


@pytest.mark.parametrize(
    "address",
    [
        *(
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "&#106;avascript:alert(1)",
            "data:text/html,x",
        ),
        *("&#x6A;avascript&colon;alert(1)", "vbscript:x", "java&#10;script:alert(1)", "file:///x"),
    ],
)
def test_links_lead_to_the_web_alone(address: str) -> None:
    """A link or picture with any other kind of address keeps its words and loses the address."""
    for text in (
        f"[x]({address})",
        f"![x]({address})",
        f"[x][1]\n\n[1]: {address}",
        f"<{address}>",
    ):
        assert not re.search(r'(href|src)="', html(text))


@pytest.mark.parametrize(
    "address", ["https://example.org/a?b=c", "mailto:desk@example.org", "/2024/", "{filename}/a.md"]
)
def test_links_that_stay(address: str) -> None:
    """The web, mail, the archive itself, and Pelican's way to name a file in it."""
    assert html(f"[x]({address})") == f'<p><a href="{address}">x</a></p>'


@pytest.mark.parametrize(
    "attribute", ["onclick=alert(1)", "onclick='x'", "style=color:red", "srcdoc=x"]
)
def test_attributes_that_act(attribute: str) -> None:
    """An attribute list may say in which language a text is, and nothing that acts."""
    assert html(f"Text.\n{{: lang=fr {attribute} }}") == '<p lang="fr">Text.</p>'


@pytest.mark.parametrize("attribute", ["#main", ".credits", ".rights #cite"])
def test_names_that_are_the_themes(attribute: str) -> None:
    """A text cannot pass for a part of the page, or take the place to which a link jumps."""
    assert html(f"Text.\n{{: {attribute} }}") == "<p>Text.</p>"


def test_alignment_is_a_class() -> None:
    """A table's cells are aligned by a class: a strict policy forbids style attributes."""
    table = html("left | mid | right | plain\n:-- | :-: | --: | ---\na | b | c | d")
    assert "style" not in table
    assert '<td class="align-left">a</td>' in table
    assert '<th class="align-center">mid</th>' in table
    assert '<td class="align-right">c</td>' in table
    assert "<td>d</td>" in table


def test_headline_is_the_only_first_heading() -> None:
    """A first-level heading in a text is a second-level one on the page."""
    assert html("# One\n\n## Two\n\nThree\n=====") == "<h2>One</h2>\n<h2>Two</h2>\n<h2>Three</h2>"


def test_footnotes_of_one_text_are_not_those_of_the_next() -> None:
    """The parser that serves all texts keeps nothing of the one before."""
    assert "note" in html("Text.[^1]\n\n[^1]: A note.")
    assert html("Text.[^1]") == "<p>Text.[^1]</p>"


@given(st.text(st.sampled_from("<>&\"'=/ax![](){}:\n `|-")))
def test_nothing_but_known_tags(text: str) -> None:
    """Whatever is written, no tag is printed that the archive does not know."""
    page = ""
    with suppress(markup.Refused):  # of which nothing is printed
        page = html(text)
    tags = re.findall(r"<(\w+)", page)
    assert not {"script", "style", "iframe", "svg", "object", "form", "h1"} & set(tags)


@given(st.text() | st.text(st.sampled_from("<>&\\\"'@:.\n\u00a0\u0085\ufeff\ufffe aé")))
def test_shortcut_past_parser_and_sanitiser(text: str) -> None:
    """A text that needs neither becomes what both would have made of it."""
    assert html(text) == markup.render(replace(DIALECT, paragraphs=None), text)


def test_run_in() -> None:
    """A dateline opens the first paragraph."""
    assert markup.run_in("<p>A ferry sailed.</p>", DATELINE) == f"<p>{MARK} A ferry sailed.</p>"


def test_run_in_of_a_text_that_opens_with_it() -> None:
    """A dateline that the text has kept is marked, not doubled."""
    text = f"<p>{DATELINE} A ferry sailed.</p>"
    assert markup.run_in(text, DATELINE) == f"<p>{MARK} A ferry sailed.</p>"
    assert markup.run_in(f"<p>{DATELINE}A ferry.</p>", DATELINE) == f"<p>{MARK}A ferry.</p>"


def test_run_in_above_a_table() -> None:
    """Where the text opens with something else, the dateline has a paragraph of its own."""
    table = "<table>\n<tbody>\n</tbody>\n</table>"
    assert markup.run_in(table, DATELINE) == f"<p>{MARK}</p>\n{table}"


def test_run_in_of_nothing() -> None:
    """A story without a dateline stays as it is."""
    assert markup.run_in("<p>A ferry sailed.</p>", "") == "<p>A ferry sailed.</p>"


def test_run_in_escapes() -> None:
    """A dateline is text, and is known again in a text where it was escaped."""
    leader = "<A> & B (Agency) –"
    mark = '<span class="dateline">&lt;A&gt; &amp; B (Agency) –</span>'
    assert markup.run_in("<p>Text.</p>", leader) == f"<p>{mark} Text.</p>"
    assert markup.run_in(html(f"{leader} Text."), leader) == f"<p>{mark} Text.</p>"


def test_run_in_of_what_no_page_may_hold() -> None:
    """It is taken out of a dateline as it is of a text."""
    for leader, kept in (("ROME\0 -", "ROME -"), ("\ufeffROME -", "ROME -")):
        mark = f'<span class="dateline">{kept}</span>'
        assert markup.run_in("<p>Text.</p>", leader) == f"<p>{mark} Text.</p>"


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/a.png", "HTTPS:evil.example/a.png", "//evil.example/a.png"],
)
def test_picture_from_elsewhere(address: str) -> None:
    """A page asks no other site for anything: in the place of the picture is a link to it."""
    link = f'<a href="{address}">ferry &amp; co</a>'
    assert html(f"A ![ferry & co]({address}) sailed.") == f"<p>A {link} sailed.</p>"


@pytest.mark.parametrize(
    "address",
    [
        *(r"/\evil.example/a", r"\\\\evil.example/a", r"/\\evil.example/a", "&#9;//evil.example/a"),
        *("/&Tab;/evil.example/a", "&#47;&#47;evil.example/a", "http&colon;//evil.example/a"),
        *("/&#10;/evil.example/a", "&#32;//evil.example/a", "/&bsol;evil.example/a"),
    ],
)
def test_picture_from_elsewhere_in_disguise(address: str) -> None:
    """However an address is written, what counts is what a browser makes of it."""
    assert "src" not in html(f"A ![ferry]({address}) sailed.")
    assert "src" not in html(f'A ![ferry](/a.png){{: src="{address}" }} sailed.')


def test_linked_picture_from_elsewhere() -> None:
    """Within a link there are its words alone, or its address where it has none."""
    link = '<a href="https://example.org/"><span>Ferry</span></a>'
    assert html("[![Ferry](https://evil.example/a.png)](https://example.org/)") == f"<p>{link}</p>"
    assert html("![](//evil.example/a)") == (
        '<p><a href="//evil.example/a">//evil.example/a</a></p>'
    )


@pytest.mark.parametrize("address", ["/images/a.png", "{static}/images/a.png", "a.png"])
def test_picture_of_the_archive(address: str) -> None:
    """One of the archive's own files is shown."""
    assert html(f"![A]({address})") == f'<p><img alt="A" src="{address}"></p>'


def test_what_may_stand_in_a_text_is_documented() -> None:
    """The document lists each element and attribute that the sanitiser lets pass, and no other."""
    document = Path(__file__).parents[2] / "docs" / "metadata.md"
    rows = re.findall(r"(?m)^- `([a-z0-9 ]+)`(?:: `([a-z ]+)`)?$", document.read_text("utf-8"))
    listed = {name: set(known.split()) for names, known in rows for name in names.split()}
    assert listed.pop("any") == markup.ATTRIBUTES["*"]
    assert listed == {name: markup.ATTRIBUTES.get(name, set()) for name in markup.TAGS}


def test_lead_is_plain_text() -> None:
    """The first paragraph without its markup, on one line."""
    text = html("The *ferry* of [Ferry & Co](https://example.org) <F.X>\nsailed.\n\nIt came back.")
    assert markup.lead(text) == "The ferry of Ferry & Co <F.X> sailed."


def test_lead_below_a_table() -> None:
    """What stands above the first paragraph is no lead."""
    assert markup.lead(html("a | b\n--|--\nc | d\n\nA ferry sailed.")) == "A ferry sailed."


def test_lead_of_no_text() -> None:
    """A story without a paragraph has no lead."""
    assert markup.lead("") == ""
    assert markup.lead(html("a | b\n--|--\nc | d")) == ""


@given(st.lists(st.text("abc,;–", min_size=1, max_size=30), min_size=1, max_size=60))
def test_long_lead_is_cut_at_a_word(words: list[str]) -> None:
    """A lead keeps its length, ends with a whole word, and says so where more follows."""
    text = " ".join(words)
    lead = markup.lead(f"<p>{text}</p>")
    assert len(lead) <= markup.LEAD_LENGTH + 1
    if lead != text:
        kept = lead.removesuffix("…")
        assert text.startswith(kept)
        assert re.match(r"[,;:–—-]*( |[,;–]+ )", text.removeprefix(kept)) or not kept.strip()
