"""Every word of a story's text is in its page, or the story is refused with the word that is not.

``make words`` tries 2,000 stories; ``make test`` fewer.
"""

import os
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from newsarchive.article import links
from newsarchive.desk import Copy
from newsarchive.settings import Site

Read = Callable[[bytes], Copy]
Build = Callable[..., Path]

EXAMPLES = int(os.environ.get("NEWSARCHIVE_WORDS", "200"))
HEADER = "Title: A ferry\nDate: 2024-09-30\nSlug: s{0}\n\n"
LOST = "it may stand behind the last cell of a table's row, or explain a word not used"

SITE = Site("Test")
NOWHERE = re.compile(r"\]\((?!http://b\.c\))")  # a link within the site, and a dead one

LETTERS = st.characters(categories=["L", "Nd"], exclude_characters="_")
WORD = st.text(LETTERS, min_size=1, max_size=8)
WORDS = st.lists(WORD, min_size=1, max_size=6).map(" ".join)
SIGNS = st.sampled_from(list("*_`[]()<>&|\\{}#!:;.,-–'\"“”~=^$%@/ \n"))
PROSE = st.lists(st.one_of(WORD, SIGNS), min_size=1, max_size=20).map("".join)
SPAN = st.one_of(
    WORDS,
    *(
        WORDS.map(form.format)
        for form in ("*{}*", "**{}**", "`{}`", "[{}](http://b.c)", "<{}>", "<b>{}</b>", "_{}_")
    ),
)
LINE = st.lists(SPAN, min_size=1, max_size=4).map(" ".join)
BLOCK = st.one_of(
    LINE,
    PROSE,
    *(
        LINE.map(form.format)
        for form in ("# {}", "> {}", "- {}", "1. {}", "    {}", "{}\n---", "a | b\n--|--\n{} | c")
    ),
    LINE.map("```\n{}\n```".format),
    LINE.map("term\n:   {}".format),
    LINE.map("Noted[^{0}].\n\n[^{0}]: {0}".format),
    WORD.map("Noted[^{0}].\n\n[^{0}]: {0}".format),
)
TEXT = st.lists(BLOCK, min_size=1, max_size=6).map("\n\n".join)


def words(text: str) -> Counter[str]:
    """The words of a text, however they are set."""
    return Counter(re.findall(r"[^\W_]+", text))


def shown(text: Element) -> str:
    """What a reader sees of a text, and what its links and pictures say of themselves."""
    named = (
        value
        for element in text.iter()
        for name, value in element.items()
        if name in {"alt", "href", "title"} and not value.startswith(("#", "Jump back"))
    )
    return " ".join([*text.itertext(), *named])


def missing(text: str, printed: Element) -> Counter[str]:
    """The words that a text has and its page has not, or not as often."""
    said = re.sub(r"(?m)^[ >]*\d+\.(?=\s)|^[ >]*```.*|\]\([^\n]*?\)|\[\^[^\]\n]*\]", " ", text)
    return words(said) - words(shown(printed))


@settings(max_examples=EXAMPLES)
@given(TEXT)
def test_every_word_is_in_the_text(read: Read, text: str) -> None:
    """A text of any kind is refused, or has each of its words in what is made of it."""
    copy = read((HEADER.format(0) + text).encode())
    assume(not copy.faults)
    assert not missing(text, html5lib.parse(copy.text, namespaceHTMLElements=False))


@settings(
    max_examples=max(EXAMPLES // 40, 1),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(TEXT, min_size=1, max_size=5))
def test_every_word_is_in_the_page(
    build: Build, read: Read, tmp_path: Path, texts: list[str]
) -> None:
    """So has its page on the site."""
    folder = tmp_path / "content/articles"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    posts = {f"s{number}": (HEADER.format(number) + text) for number, text in enumerate(texts)}
    fine = [
        slug
        for slug, post in posts.items()
        if not read(post.encode()).faults and not NOWHERE.search(post)
    ]
    assume(fine)
    for slug in fine:
        (folder / f"{slug}.md").write_text(posts[slug], encoding="utf-8", newline="")
    output = build({})
    for slug in fine:
        page = (output / f"2024/09/30/{slug}/index.html").read_text("utf-8")
        parts = html5lib.parse(page, namespaceHTMLElements=False).iter("div")
        printed = next(part for part in parts if part.get("class") == "article__text")
        assert not missing(posts[slug].removeprefix(HEADER.format(slug[1:])), printed)


@pytest.mark.parametrize(
    ("text", "line", "problem", "cure"),
    [
        ("a|b\n-|-\nc|d|e\n", 7, 'the word "e" would not be printed', LOST),
        ("A.\n\n*[UN]: United Nations", 7, 'the word "United" would not be printed', LOST),
        ("A[^b].\n\n[^b]: C\n\n[^b]: D", 7, 'the word "C" would not be printed', LOST),
        (
            "A.\n\n[^b]: In words",
            7,
            'no way leads to the note "b"',
            "name it in the text, by one word",
        ),
        (
            "A.\n\n[Note]: see-below",
            7,
            "[Note]: is printed nowhere",
            "name it in a link, or write a backslash before the bracket",
        ),
    ],
)
def test_words_that_markdown_drops(
    text: str, line: int, problem: str, cure: str, read: Read
) -> None:
    """What the parser takes for something else and prints nowhere is a fault on its line."""
    [fault] = read((HEADER.format(0) + text).encode()).faults
    assert (fault.line, fault.problem, fault.cure) == (line, problem, cure)


@pytest.mark.parametrize(
    "text",
    [
        "The UN met.\n\n*[UN]: United Nations",
        "See [the note][Note].\n\n[note]: http://b.c 'of 1986'",
        "See it[^a].\n\n[^a]: In *words*.",
        "See it[^<a>].\n\n[^<a>]: In *words*.",
        "\\[Note]: see-below",
        "A *fer*ry&shy;man caf&eacute;s &copy2024",
        "```python title\nx\n```",
        "1986. A great year\n1987. Another",
        "[x](javascript:alert(1)) <b>y</b> <!-- z -->",
    ],
)
def test_words_that_are_kept(text: str, read: Read) -> None:
    """What a reader can see somehow is not lost."""
    copy = read((HEADER.format(0) + text).encode())
    assert copy.faults == ()
    assert not {"#fn", "#fnref"} & {
        link.partition(":")[0] for link in links.within(copy.text, SITE)
    }


def test_paragraph_that_begins_with_a_year(read: Read) -> None:
    """Markdown makes a list of it, which keeps its number."""
    assert '<ol start="1986">' in read((HEADER.format(0) + "1986. A good year.").encode()).text
