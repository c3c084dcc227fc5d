"""Any document at all is a story or has faults, and takes no time that anyone would notice.

``make fuzz N=100000`` tries so many; ``make test`` fewer.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsarchive.article import links, markup, metadata
from newsarchive.desk import Copy
from newsarchive.errors import ContentFaults
from newsarchive.settings import Site

Read = Callable[[bytes], Copy]
Build = Callable[..., Path]

EXAMPLES = int(os.environ.get("NEWSARCHIVE_FUZZ", "500"))
SITE = Site("Fuzz", address="https://example.org/a", root="/a")

ANY = st.text(st.characters(codec="utf-8"), max_size=20)
KEYS = st.sampled_from([field.name for field in metadata.STORY])
VALUES = st.one_of(
    st.sampled_from(
        """\
2024-09-30
2024-09-30T14:05-04:00
0001-01-01T00:00+14:00
9999-12-31 23:59
urn:uuid:0d5f0d5f-0d5f-4d5f-8d5f-0d5f0d5f0d5f
draft
withdrawn
GENEVA (Reuters) –
LONDON/PARIS, Jan 1 (Reuters) -
By , and
(Reporting by A; Editing by B in C)
((x@y.z))
a, b; c
;
[a, b]
../x
a/b
index.html
|
http://[
//x
title
images/x.png
article
"
{a}""".splitlines()
    ),
    ANY,
)
LINES = st.one_of(
    st.builds("{}: {}".format, KEYS, VALUES),
    st.builds("{}:{}".format, ANY, VALUES),
    st.builds("    {}".format, VALUES),
    st.builds("- {}".format, VALUES),
    ANY,
)
PRINTED = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=20)
GOOD = st.sampled_from(
    """\
Tags: a, b
Tags: c; d, e
Category: World
Dateline: GENEVA (Reuters) –
Byline: By A and B in C
Credits: (Reporting by A; Editing by B)
Status: hidden
Summary: In *short*
Source: Reuters
Series: S
Lang: ko
Modified: 2025-01-01
Supplied: date""".splitlines()
)
SIGNS = r"""
* ** _ ` `` [ ] ]( ) ![ [^ ]: {filename} {static} {attach}/ |filename| {: } {# {:.a | \ & &# &amp;
< > <!-- --> <script> </ <a@b> <http:// javascript: //[ wzxhzdk:1 klzzwxh:0001 ///Footnotes [TOC]
" ' ( # [1]: [^1]: [^1] a.md ../ /2024/ http://a.b/ é 한 x
"""
BLANKS = ["\n", "\n\n", "  \n", "    ", "\t", " ", "\u00a0", "\u2028", "\ufeff", "\u202e"]
BLOCKS = ["# ", "> ", "- ", "1. ", "---\n", "===\n", "-|-\n", ":   ", "*[A]: b\n", "```\n", "~~~\n"]
MARKUP = st.lists(
    st.one_of(st.sampled_from([*SIGNS.split(), *BLANKS, *BLOCKS]), PRINTED), max_size=40
).map("".join)
FENCES = st.sampled_from(["", "---\n", "---\n", "\ufeff", "\n"])
GIVEN = "Title: A ferry\nDate: 2024-09-30"


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A post: often one with the keys that it needs, in either kind of header."""
    if draw(st.booleans()):
        slug = draw(st.sampled_from(["", *(f"Slug: {letter}\n" for letter in "abcdefgh")]))
        lines = draw(st.lists(GOOD, max_size=3, unique_by=lambda line: line.partition(":")[0]))
        return "\n".join([f"{slug}{GIVEN}", *lines, "", draw(MARKUP)])
    fence = draw(FENCES)
    lines = [draw(st.sampled_from([GIVEN, ""])), *draw(st.lists(LINES, max_size=5))]
    return "\n".join([f"{fence}{lines[0]}", *lines[1:], fence, draw(MARKUP)])


def _settings(examples: int, seconds: int) -> Callable[..., Callable[..., None]]:
    return settings(
        max_examples=examples,
        deadline=timedelta(seconds=seconds),
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


def hold_together(copy: Copy) -> None:
    """Assert that what was read is a story with a page, or has faults that say what to do."""
    assert bool(copy.faults) != bool(copy.record)
    for fault in copy.faults:
        assert fault.line >= 1
        assert fault.problem
        assert fault.cure
    if copy.record:
        assert "<script" not in copy.text
        markup.anchored(copy.text)
        assert isinstance(links.within(copy.text, SITE), tuple)


@_settings(EXAMPLES, 2)
@given(documents())
def test_any_document(read: Read, document: str) -> None:
    """Whatever its metadata and its text are, a post is read or refused."""
    hold_together(read(document.encode(errors="surrogatepass")))


@_settings(EXAMPLES // 5, 2)
@given(st.binary(max_size=200), st.sampled_from([b"", GIVEN.encode() + b"\n\n"]))
def test_any_bytes(read: Read, data: bytes, start: bytes) -> None:
    """Whatever its bytes are, a file is read or refused."""
    hold_together(read(start + data))


@_settings(max(EXAMPLES // 100, 1), 60)
@given(st.lists(documents(), max_size=8), st.lists(documents(), max_size=2))
def test_any_site(
    build: Build, read: Read, tmp_path: Path, stories: list[str], pages: list[str]
) -> None:
    """Whatever is in stories that can be read, and in other posts, a site is built or refused."""
    stories = [text for text in stories if not read(text.encode(errors="surrogatepass")).faults]
    folders = {"articles": stories, "pages": pages, "topics": pages, "people": pages}
    for folder, texts in folders.items():
        (tmp_path / "content" / folder).mkdir(parents=True, exist_ok=True)
        for old in (tmp_path / "content" / folder).iterdir():
            old.unlink()
        for number, text in enumerate(texts):
            path = tmp_path / f"content/{folder}/post{number}.md"
            path.write_bytes(text.encode(errors="surrogatepass"))
    with suppress(ContentFaults):
        assert (build({}) / "index.html").is_file()
