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


def filed(
    date: str, tags: str = "Ferries, Storms", *, more: str = "", text: str = "It did."
) -> str:
    """A further story, of which ``more`` is said."""
    lines = (f"Title: Of {date}", f"Date: {date}", f"Tags: {tags}", "Category: World", more)
    return "\n".join((*filter(None, lines), "", text, ""))


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


def test_pair_comes_with_a_full_page(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has stories that were there before it."""
    monkeypatch.setattr("newsarchive.catalog.pairs.ENOUGH", 4)
    for day in range(4):
        room.write(f"content/articles/{day + 7}.md", filed(f"2024-03-2{day}", "Storms, Tides"))
        amended(room)
    assert (room.output / "tag/storms/tides/page/1/index.html").is_file()


def test_topic_and_person_of_a_hidden_story(room: Newsroom) -> None:
    """Their pages come and go with it, though no list has it."""
    hidden = filed("2024-03-21", "Solo", more="Status: hidden\nByline: By Zoe Zed")
    room.write("content/articles/hidden.md", hidden)
    amended(room)
    assert (room.output / "people/zoe-zed/index.html").is_file()
    (room.content / "articles/hidden.md").unlink()
    amended(room)


def test_tombstone_at_a_former_address(room: Newsroom) -> None:
    """It no longer leads to a day that is gone."""
    withdrawn = "Status: withdrawn\nWithdrawn: 2024-03-22\nAliases: /old/place.html"
    room.write("content/articles/gone.md", filed("2024-03-21", more=withdrawn))
    room.write("content/articles/other.md", filed("2024-03-21 10:00"))
    room.build()
    (room.content / "articles/other.md").unlink()
    amended(room)


def same_as_cold(room: Newsroom) -> None:
    """Build in whatever way, and find what a cold build makes or refuses."""
    before = tree(room.output)
    refused = attempt(room.build)
    assert refused == attempt(room.build_cold)
    expected = before if refused else tree(room.folder / "cold")
    assert differences(tree(room.output), expected) == []


def test_person_who_has_rights_in_another_story(room: Newsroom) -> None:
    """Of a name in another story's rights nobody knew that it was a person's."""
    room.write("content/articles/a.md", filed("2022-01-01", more="Rights: Ada Row"))
    room.build()
    signed = filed("2024-03-21", more="Byline: By Ada Row")
    room.write("content/articles/b.md", signed)
    same_as_cold(room)


def test_place_of_many_spellings(room: Newsroom) -> None:
    """Where the order of spellings changes, others may go by another one."""
    for month, name in enumerate(("ST PAUL", "", "ST. PAUL", "St-Paul"), 1):
        leader = f"Dateline: {name} (Reuters) –" if name else ""
        text = filed(f"2021-0{month}-01", "Saints" if name else "Fog", more=leader)
        room.write(f"content/articles/x{month}.md", text)
    room.build()
    room.say("content/articles/x2.md", "Dateline", "St-Paul (Reuters) –")
    same_as_cold(room)


@pytest.mark.parametrize("key", ["Slug", "Url"])
def test_address_of_a_story_that_others_link_to(key: str, room: Newsroom) -> None:
    """Where two stories change places, or an address its form, links follow."""
    linking = filed("2022-01-01", text="It [did]({filename}a.md).")
    room.write("content/articles/linking.md", linking)
    for name in "ab":
        place = f"\nSave_as: {name}/index.html\nUrl: {name}/" if key == "Url" else ""
        said = f"Slug: {name}{name}{place}"
        room.write(f"content/articles/{name}.md", filed("2024-03-21", more=said))
    room.build()
    if key == "Url":
        room.say("content/articles/a.md", "Url", "a/index.html")
    else:
        room.say("content/articles/a.md", "Slug", "bb")
        room.say("content/articles/b.md", "Slug", "aa")
    same_as_cold(room)


def test_template_that_nobody_uses(room: Newsroom) -> None:
    """Whatever is wrong in it breaks nothing."""
    (room.folder / "theme/templates/odd.html").write_bytes(b"\xff")
    room.build()
    room.write("content/articles/newest.md", filed("2024-03-21"))
    amended(room)


@pytest.mark.parametrize(
    "said",
    [
        "Tags: Ferrie",
        "Slug: ferry-sails",
        "Save_as: tag/quays/index.html",
        "Save_as: tag/ferries/index.html\nTags: Ferries",
        "Save_as: tag/ferries/page/1/index.html\nTags: Ferries",
        "Save_as: tag/boats/index.html",
        "Save_as: tag/new/index.html\nTags: New",
        "Save_as: TAG/Quays/index.html",
        "Save_as: archives",
        "Save_as: index.html",
        "Date: none",
    ],
)
def test_fault_is_that_of_a_cold_build(said: str, room: Newsroom) -> None:
    """The site stays as it is, and all faults are told as ever."""
    room.settings["DEFAULT_PAGINATION"] = 1
    room.build()
    before = tree(room.output)
    text = f"Title: T\nCategory: W\n{said}\n\nIt did.\n"
    room.write("content/articles/f.md", text if "Date" in said else f"Date: 2024-03-21\n{text}")
    refused = attempt(room.build)
    assert refused
    assert refused == attempt(room.build_cold)
    assert tree(room.output) == before


@pytest.mark.parametrize(
    "link", ["/2024/01/20/tide-turns/", "/tag/tides/", "/2024/01/20/", "{filename}4.md"]
)
def test_link_to_what_goes(link: str, room: Newsroom) -> None:
    """A link elsewhere that leads nowhere now is a fault, of whatever page."""
    room.write("content/articles/linking.md", filed("2024-03-21", text=f"It [did]({link})."))
    room.build()
    (room.content / "articles/4.md").unlink()
    refused = attempt(room.build)
    assert "leads nowhere" in refused
    assert refused == attempt(room.build_cold)


@pytest.mark.parametrize("place", ["same", "same/index.html"])
def test_two_new_stories_of_one_address(place: str, room: Newsroom) -> None:
    """They are told apart from each other as from what stands."""
    for name, path in (("one", "same"), ("other", place)):
        text = filed("2024-03-21", more=f"Slug: {name}\nSave_as: {path}")
        room.write(f"content/articles/{name}.md", text)
    same_as_cold(room)
    assert not (room.output / "same").exists()


def test_text_with_links_beside_a_change(room: Newsroom) -> None:
    """Of a story beside the one that is new, a text that names other files is as it was."""
    linking = filed("2024-03-21", text="It [did]({filename}4.md).")
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
        told = set(found(every, every.groups))
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
            same_as_cold(room)
