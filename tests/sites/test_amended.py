"""Where few stories have changed, the site is amended: as a cold build would have it, with less."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsarchive import amendment, makeup
from newsarchive.exports import parts
from newsarchive.exports.pages import pages
from newsarchive.exports.parts import Issue

from .newsroom import Newsroom, attempt, differences, tree
from .test_any_edits import opened

EXAMPLES = int(os.environ.get("NEWSARCHIVE_EXAMPLES", "6"))
STORIES = (
    ("Ferry sails", "2022-03-05", "Ferries, Quays", "World", "PARIS (Reuters) –"),
    ("Quay opens", "2023-03-05", "Quays", "World", "PARIS (Reuters) –"),
    ("Storm comes", "2023-03-06 08:00", "Storms", "Sport", ""),
    ("Ferry sinks", "2023-03-06 09:00", "Ferries, Storms", "World", "LONDON (Reuters) –"),
    ("Tide turns", "2024-01-20", "Tides, Quays", "Sport", ""),
    ("Ferry rises", "2024-02-05", "Ferries, Quays", "World", "Paris (Reuters) –"),
    ("Quay shuts", "2024-02-06", "Quays, Ferries", "World", ""),
)
TOPICS = {
    "ferries": "Title: Ferries\nAliases: Boats\nPairs: Quays\n\nCrossings.\n",
    "quays": "Title: Quays\n\nWhere they land.\n",
    "paris": "Title: Paris\nKind: place\nCoordinates: 48.9, 2.4\n\nThe city.\n",
}
VALUES = {
    "Title": ("Alpha sails", "Zulu sinks"),
    "Date": ("2022-03-05", "2023-03-06 08:30", "2024-03-05", "2024-02-06", "2023-07-01"),
    "Modified": ("", "2024-03-20"),
    "Slug": ("", "once"),
    "Status": ("", "published", "hidden", "withdrawn", "draft"),
    "Tags": ("", "Ferries", "Boats, Quays", "Tides, Storms", "Storms", "Quays, Ferries, Ships"),
    "Category": ("World", "Sport", "Arts"),
    "Byline": ("", "By Ada Row", "By Ada Row and Cy Coe"),
    "Credits": ("", "(Reporting by Ada Row; Editing by Cy Coe)"),
    "Dateline": ("", "LONDON (Reuters) –", "Paris (Reuters) –", "ROME, March 5 (Reuters) –"),
}


@pytest.fixture
def room(root: Path, run_pelican: Callable[..., None]) -> Iterator[Newsroom]:
    """A built archive of plain stories, without an address."""
    with opened(root, run_pelican, "") as room:
        yield plain(room)


def plain(room: Newsroom) -> Newsroom:
    """Have nothing but plain stories in an archive."""
    shutil.rmtree(room.content)
    for number, (title, date, tags, category, dateline) in enumerate(STORIES):
        said = {"Category": category, "Dateline": dateline} if dateline else {"Category": category}
        lines = [f"Title: {title}", f"Date: {date}", f"Tags: {tags}"]
        lines += [f"{key}: {value}" for key, value in said.items()]
        room.write(f"content/articles/{number}.md", "\n".join((*lines, "", "It did.", "")))
    for name, text in TOPICS.items():
        room.write(f"content/topics/{name}.md", text)
    room.build()
    return room


def amended(room: Newsroom) -> None:
    """Build by an amendment, and find what a cold build makes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(makeup, "plan", None)  # a whole plan fails
        room.build()
    assert differences(tree(room.output), tree(room.build_cold())) == []


def test_story_added(room: Newsroom) -> None:
    """The newest of all, and one in the midst of others."""
    for name, date in (("newest", "2024-03-21"), ("midst", "2023-03-06 08:10")):
        room.write(f"content/articles/{name}.md", filed(date))
        amended(room)


def filed(date: str, tags: str = "Ferries, Storms") -> str:
    """A further story."""
    return f"Title: Of {date}\nDate: {date}\nTags: {tags}\nCategory: World\n\nIt did.\n"


def test_full_page(room: Newsroom) -> None:
    """With a further story another page is full, and with one less it is gone."""
    for day in range(1, 5):
        room.write(f"content/articles/may-{day}.md", filed(f"2024-03-2{day}"))
        amended(room)
    for day in range(1, 5):
        (room.content / f"articles/may-{day}.md").unlink()
        amended(room)


@pytest.mark.parametrize("number", range(len(STORIES)))
def test_story_taken_out(number: int, room: Newsroom) -> None:
    """Its page goes, and with it those of groups and days that had no other story."""
    (room.content / f"articles/{number}.md").unlink()
    amended(room)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("Title", "Tide returns"),
        ("Date", "2022-03-05"),
        ("Date", "2024-02-07"),
        ("Tags", "Storms, Boats"),
        ("Category", "Arts"),
        ("Byline", "By Ada Row and Cy Coe"),
        ("Dateline", "ROME (Reuters) –"),
        ("Slug", "once"),
        ("Status", "hidden"),
    ],
)
def test_story_changed(key: str, value: str, room: Newsroom) -> None:
    """Whatever is said otherwise of a story, and when that is taken back."""
    before = room.read("content/articles/4.md")
    room.say("content/articles/4.md", key, value)
    amended(room)
    room.write("content/articles/4.md", before)
    amended(room)


def test_story_withdrawn(room: Newsroom) -> None:
    """A tombstone takes the story's place, and stays when others change."""
    room.say("content/articles/4.md", "Status", "withdrawn")
    room.say("content/articles/4.md", "Withdrawn", "2024-03-15")
    amended(room)
    assert "Tide" not in (room.output / "2024/01/20/tide-turns/index.html").read_text("utf-8")
    room.write("content/articles/newest.md", filed("2024-03-21"))
    amended(room)


def test_pair_comes_and_goes(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """So do its feed and what leads to it from the other way round."""
    monkeypatch.setattr("newsarchive.catalog.pairs.ENOUGH", 2)
    room.build()
    for number in range(2):
        room.write(f"content/articles/{number + 7}.md", filed(f"2024-03-2{number + 1}"))
        amended(room)
    for number in range(2):
        (room.content / f"articles/{number + 7}.md").unlink()
        amended(room)


@pytest.mark.parametrize(
    "text",
    [
        "Title: T\nDate: 2024-03-21\nCategory: W\nTags: Ferrie\n\nA tag like another.\n",
        "Title: T\nDate: 2024-03-21\nCategory: W\nSlug: ferry-sails\n\nA slug twice.\n",
        "Title: T\nDate: 2024-03-21\nCategory: W\nSave_as: tag/ferries/index.html\n\nTaken.\n",
        "Title: T\nDate: 2024-03-21\nCategory: W\nSave_as: TAG/Quays/index.html\n\nTaken.\n",
        "Title: T\nDate: 2024-03-21\nCategory: W\nSave_as: archives\n\nA folder.\n",
        "Title: T\nDate: 2024-03-21\nCategory: W\n\n[Nowhere](/no/where/).\n",
        "Title: T\n\nNo date.\n",
    ],
)
def test_fault_is_that_of_a_cold_build(text: str, room: Newsroom) -> None:
    """The site stays as it is, and all faults are told as ever."""
    before = tree(room.output)
    room.write("content/articles/faulty.md", text)
    refused = attempt(room.build)
    assert refused
    assert refused == attempt(room.build_cold)
    assert tree(room.output) == before


@pytest.mark.parametrize(
    "link", ["/2024/01/20/tide-turns/", "/tag/tides/", "/2024/01/20/", "{filename}4.md"]
)
def test_link_to_what_goes(link: str, room: Newsroom) -> None:
    """A link elsewhere that leads nowhere now is a fault, of whatever page."""
    room.write("content/articles/linking.md", filed("2024-03-21").replace("did", f"[did]({link})"))
    room.build()
    (room.content / "articles/4.md").unlink()
    refused = attempt(room.build)
    assert "leads nowhere" in refused
    assert refused == attempt(room.build_cold)


def test_two_new_stories_of_one_address(room: Newsroom) -> None:
    """They are told apart from each other as from what stands."""
    for name in ("one", "other"):
        text = filed("2024-03-21").replace("Title: ", f"Slug: {name}\nSave_as: same.html\nTitle: ")
        room.write(f"content/articles/{name}.md", text)
    refused = attempt(room.build)
    assert "same.html" in refused
    assert refused == attempt(room.build_cold)


def test_text_with_links_beside_a_change(room: Newsroom) -> None:
    """Of a story beside the one that is new, a text that names other files is as it was."""
    linking = filed("2024-03-21").replace("did", "[did]({filename}4.md)")
    room.write("content/articles/linking.md", linking)
    room.build()
    room.write("content/articles/newest.md", filed("2024-03-22"))
    amended(room)


def test_paths_of_all_that_comes_and_goes(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told to come and go with stories is what is planned, but for what always stands."""
    kept: list[Issue] = []
    monkeypatch.setattr(
        amendment,
        "are_free",
        lambda *_: kept.append(issues[-1]) or True,  # type: ignore[func-returns-value]
    )
    issues: list[Issue] = []
    found = parts.paths
    monkeypatch.setattr(
        parts, "paths", lambda issue, keys: [issues.append(issue), *found(issue, keys)][1:]
    )
    room.write("content/articles/newest.md", filed("2024-03-22"))
    room.build()
    for issue in issues:
        catalog = issue.edition.catalog
        every = Issue(issue.edition, [*catalog.articles, *catalog.unlisted, *catalog.withdrawn])
        told = set(found(every, {group.key for group in every.groups}))
        planned = {page.path for page in pages(issue.edition)}
        assert sorted(planned - told) == ALWAYS
        assert told <= planned


ALWAYS = [
    "404.html",
    "archives/index.html",
    "feeds/all.atom.xml",
    "feeds/all.json",
    "feeds/all.rss.xml",
    "feeds/index.html",
    "index.html",
    "people/index.html",
    "places/index.html",
    "robots.txt",
    "search/index.html",
    "search/names.json",
    "section/index.html",
    "tag/index.html",
]


@given(
    edits=st.lists(
        st.one_of(
            st.tuples(
                st.just("say"),
                st.integers(0, 9),
                st.sampled_from([(key, one) for key, values in VALUES.items() for one in values]),
            ),
            st.tuples(
                st.just("add"),
                st.integers(0, 4),
                st.tuples(st.sampled_from(VALUES["Date"]), st.sampled_from(VALUES["Tags"])),
            ),
            st.tuples(st.just("take out"), st.integers(0, 9), st.just(("", ""))),
        ),
        min_size=1,
        max_size=8,
    ),
    per_page=st.integers(1, 3),
    items=st.sampled_from((1, 3)),
)
@settings(
    max_examples=EXAMPLES,
    database=None,
    derandomize="NEWSARCHIVE_EXAMPLES" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
def test_any_amendments(
    edits: list[tuple[str, int, tuple[str, str]]],
    per_page: int,
    items: int,
    root: Path,
    run_pelican: Callable[..., None],
) -> None:
    """After any of them the output is that of a cold build, and so is what is refused."""
    with opened(root, run_pelican, "") as room:
        room.settings |= {"DEFAULT_PAGINATION": per_page, "FEED_MAX_ITEMS": items}
        plain(room)
        for kind, number, (key, value) in edits:
            posts = room.posts()
            name = posts[number % len(posts)]
            if kind == "say":
                room.say(name, key, value)
            elif kind == "add":
                room.write(f"content/articles/new-{number}.md", filed(key, value))
            elif len(posts) > 1:
                (room.folder / name).unlink()
            before = tree(room.output)
            refused = attempt(room.build)
            assert refused == attempt(room.build_cold)
            expected = before if refused else tree(room.folder / "cold")
            assert differences(tree(room.output), expected) == []
