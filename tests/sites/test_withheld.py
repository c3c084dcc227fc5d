"""Embargo and withdrawal: what must not be seen is in no byte of the output, nor in a name."""

import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pelican import signals

from tests.exports.search import reading as index

from .newsroom import Newsroom, differences, story, tree

Edit = Callable[[Newsroom], None]

WORD = "canary"
TODAY = 1_711_929_600  # 2024-04-01, the instant of the room's builds
CANARY = "content/articles/2024/canary.md"
ADDRESS = "2024/01/05/bird/index.html"
# Every field that may reach a page, and every way to name a file.
SECRET = story(
    "Canary sings",
    "2024-01-05",
    section="Canary section",
    tags="Canary topic, Ferries",
    byline="Canary Roe and Ada Roe",
    more="""Slug: bird
    Id: urn:uuid:ca4a4ca4-ca4a-4ca4-8ca4-ca4a4ca4a4ca
    Summary: canary summary
    Credits: (Editing by Canary Doe)
    Dateline: CANARY (Canary Agency) –
    Advisory: (Canary advisory)
    Series: Canary series
    Rights: Canary Holdings
    Source_url: https://example.net/canary
    Picture: images/canary-0.png
    Picture_alt: canary alt
    Picture_caption: canary caption
    Picture_credit: canary credit""",
    text="""A canary sang. ![canary]({static}/images/canary-1.png)
    [canary]({attach}canary-2.txt) [canary](/images/canary-3.svg)
    [canary]({filename}/images/canary-4.svg) [canary](../../../../images/canary-5.svg)
    [canary](https://example.org/images/canary-6.svg)
    [canary]({static}../../images/canary-7.svg)""",
)
HELD = {
    "dated ahead": ("Date", "2024-04-02 06:00"),
    "under embargo": ("Embargo", "2024-04-02 06:00"),
    "a draft": ("Status", "draft"),
}
# When what is held back may be seen, in seconds after the instant of the room's builds.
UNTIL = {
    ("Date", "2024-04-02 06:00"): 30 * 3_600,
    ("Embargo", "2024-04-02"): 24 * 3_600,
    ("Embargo", "2024-04-02T06:00-05:00"): 35 * 3_600,
}


@pytest.fixture
def room(tmp_path: Path, root: Path, run_pelican: Callable[..., None]) -> Newsroom:
    """Lay out an archive with a canary in it."""
    room = Newsroom(tmp_path, root / "theme", run_pelican)
    room.settings["FEED_MAX_ITEMS"] = 20
    room.write(CANARY, re.sub("(?m)^    ", "", SECRET))
    for number in (0, 1):
        room.draw(f"content/images/canary-{number}.png", 30)
    room.write("content/articles/2024/canary-2.txt", "canary")
    for number in (3, 4, 5, 6, 7):
        room.write(f"content/images/canary-{number}.svg", "<svg><!-- canary --></svg>")
    return room


@pytest.fixture
def listener() -> Iterator[None]:
    """Let a plugin listen, so that Pelican reads all contents itself."""

    def receive(_: object) -> None:
        """Hear it."""

    signals.article_generator_finalized.connect(receive)
    yield
    signals.article_generator_finalized.disconnect(receive)


def seen(output: Path) -> list[str]:
    """Where the canary is: in the names of files and folders, and in all bytes, unpacked too."""
    return [
        str(path.relative_to(output))
        for path in sorted(output.rglob("*"))
        if WORD in str(path.relative_to(output)).lower()
        or (path.is_file() and WORD.encode() in unpacked(path).lower())
    ]


def unpacked(path: Path) -> bytes:
    """What a file says, decompressed where it is packed."""
    if path.suffix == ".idx":
        return index.said(path).encode()
    data = path.read_bytes()
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def test_the_canary_is_all_over_the_site(room: Newsroom) -> None:
    """Where nothing holds it back, each of its words and files is somewhere: the tests can fail."""
    room.build()
    text = " ".join(map(str, tree(room.output).values())).lower()
    for word in ("sings", "topic", "section", "roe", "summary", "doe", "advisory", "caption"):
        assert f"{WORD} {word}" in text, word
    files = {path.name.split(".")[0] for path in room.output.rglob("canary-?.*")}
    assert files == {f"canary-{number}" for number in range(1, 8)}
    assert list(room.output.glob("pictures/canary-0-*"))
    for place in ("feeds/all.atom.xml", "sitemap.xml", "2024/01/05/index.html", ADDRESS):
        assert b"bird" in (room.output / place).read_bytes(), place
    said = index.said(room.output / "search/1.idx").split("\n")
    for kind in ("topic:canary-topic", "section:canary-section", "person:canary-roe"):
        assert f"#{kind}" in said, kind
    assert {WORD, ADDRESS.removesuffix("index.html")} <= {*said}


@pytest.mark.parametrize("how", HELD)
def test_what_is_held_back_is_in_no_byte(room: Newsroom, how: str) -> None:
    """No page, list, feed, sitemap, card, picture or copied file tells of it."""
    room.say(CANARY, *HELD[how])
    room.build()
    assert seen(room.output) == []
    assert not (room.output / ADDRESS).exists()
    assert b"bird" not in b"".join(filter(None, tree(room.output).values()))
    assert "bird" not in index.said(room.output / "search/1.idx")
    assert not list(room.output.rglob("bird*"))


@pytest.mark.usefixtures("listener")
@pytest.mark.parametrize("how", HELD)
def test_what_is_held_back_while_plugins_listen(room: Newsroom, how: str) -> None:
    """Nor does one where Pelican's own generators read the stories."""
    room.say(CANARY, *HELD[how])
    room.build()
    assert seen(room.output) == []


@pytest.mark.parametrize("said", UNTIL)
def test_an_embargo_ends(room: Newsroom, said: tuple[str, str]) -> None:
    """A build a second before its time keeps the story back, and the next, on time, has it."""
    room.say(CANARY, *said)
    room.epoch = TODAY + UNTIL[said] - 1
    room.build()
    assert seen(room.output) == []
    room.epoch += 1
    room.build()
    assert "Canary sings" in next(room.output.rglob("bird/index.html")).read_text("utf-8")
    assert differences(tree(room.output), tree(room.build_cold())) == []


def test_what_was_seen_is_held_back_again(room: Newsroom) -> None:
    """An embargo that comes too late takes back all that the archive has published."""
    room.build()
    assert seen(room.output)
    room.say(CANARY, *HELD["under embargo"])
    room.build()
    assert seen(room.output) == []


def test_an_embargo_holds_where_future_dates_do_not(room: Newsroom) -> None:
    """Pelican's WITH_FUTURE_DATES publishes what is dated ahead, and breaks no embargo."""
    room.settings["WITH_FUTURE_DATES"] = True
    room.say(CANARY, "Date", "2024-04-02 06:00")
    room.build()
    assert seen(room.output)
    room.say(CANARY, "Embargo", "2024-04-02 06:00")
    room.build()
    assert seen(room.output) == []
    room.epoch = TODAY + 30 * 3_600
    room.build()
    assert seen(room.output)


def test_a_file_that_a_seen_story_names_too(room: Newsroom) -> None:
    """A file is there if any text on the site links to it, in whichever way."""
    room.say(CANARY, "Embargo", "2024-04-02")
    links = "![1]({static}/images/canary-1.png) [3](/images/canary-3.svg) [0](/images/canary-0.png)"
    room.write("content/articles/2024/e.md", f"Title: Echo\nDate: 2024-03-01\n\n{links}")
    room.build()
    files = [path.name for path in sorted(room.output.rglob("canary*"))]
    assert files == ["canary-0.png", "canary-1.png", "canary-3.svg"]


def withdraw(room: Newsroom) -> None:
    """Withdraw the canary."""
    room.say(CANARY, "Status", "withdrawn")
    room.say(CANARY, "Withdrawn", "2024-03-15")


def test_a_withdrawn_story_leaves_a_tombstone(room: Newsroom) -> None:
    """Its address says that a story was withdrawn and when; nothing else of it is left."""
    room.build()
    withdraw(room)
    room.build()
    assert seen(room.output) == []
    assert "bird" not in index.said(room.output / "search/1.idx")
    tombstone = (room.output / ADDRESS).read_text("utf-8")
    assert "This story was withdrawn" in tombstone
    assert '<time datetime="2024-03-15">15 March 2024</time>' in tombstone
    assert '<meta name="robots" content="noindex">' in tombstone
    assert "ld+json" not in tombstone
    assert "og:" not in tombstone
    named = [path for path, data in tree(room.output).items() if data and b"/bird/" in data]
    assert named == []
    for path in room.content.rglob("canary*"):
        path.unlink()
    without = tree(room.build_cold())
    there = tree(room.output)
    assert {path for path in there if path not in without} == {ADDRESS, "2024/01/05/bird"}
    assert differences({path: there[path] for path in without}, without) == []


def test_a_tombstone_leads_on(room: Newsroom) -> None:
    """It leads to the day of the story while that has others, else to the front."""
    withdraw(room)
    room.build()
    assert 'href="/2024/01/05/">other stories of 5 January 2024</a>' in (
        room.output / ADDRESS
    ).read_text("utf-8")
    room.say(CANARY, "Date", "2024-01-06")
    room.build()
    tombstone = (room.output / "2024/01/06/bird/index.html").read_text("utf-8")
    assert "6 January" not in tombstone
    assert 'href="/">its front' in tombstone


@pytest.mark.usefixtures("listener")
def test_a_withdrawn_story_while_plugins_listen(room: Newsroom) -> None:
    """Where Pelican's own generators read the stories, nothing else is left either."""
    withdraw(room)
    room.build()
    assert seen(room.output) == []
    assert "15 March 2024" in (room.output / ADDRESS).read_text("utf-8")


def test_a_link_to_a_withdrawn_story(room: Newsroom) -> None:
    """Stories that link to it need no editing: the link leads to the tombstone."""
    withdraw(room)
    link = "[Then]({filename}canary.md)."
    room.write("content/articles/2024/e.md", f"Title: Echo\nDate: 2024-03-01\n\n{link}")
    room.build()
    assert '<a href="/2024/01/05/bird/">Then</a>' in (
        room.output / "2024/03/01/echo/index.html"
    ).read_text("utf-8")


def test_a_withdrawn_story_needs_none_of_its_files(room: Newsroom) -> None:
    """Pictures and what else it named can be taken out of the archive."""
    withdraw(room)
    for path in room.content.rglob("canary-*"):
        path.unlink()
    room.build()
    assert seen(room.output) == []


def test_a_withdrawn_story_that_is_under_embargo(room: Newsroom) -> None:
    """A story that was never seen leaves no tombstone."""
    withdraw(room)
    room.say(CANARY, "Embargo", "2024-04-02")
    room.build()
    assert not (room.output / ADDRESS).exists()


def test_a_withdrawal_is_taken_back(room: Newsroom) -> None:
    """The story is there again, as if nothing had been."""
    room.build()
    before = tree(room.output)
    withdraw(room)
    room.build()
    room.say(CANARY, "Status", "")
    room.say(CANARY, "Withdrawn", "")
    room.build()
    assert differences(tree(room.output), before) == []


def test_a_tombstone_is_entered_in_the_register(room: Newsroom) -> None:
    """The register says which story was withdrawn, and where it was, by its id alone."""
    room.settings["NEWSARCHIVE_REGISTER"] = "register.json"
    withdraw(room)
    room.build()
    text = room.read("register.json")
    assert f'"{ADDRESS}": "urn:uuid:ca4a4ca4-ca4a-4ca4-8ca4-ca4a4ca4a4ca"' in text
    assert WORD not in text.lower()
