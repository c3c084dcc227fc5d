"""The stories that the comparison builds."""

import hashlib
import tarfile
from pathlib import Path

import pytest

from bench import corpus

STORY = """\
Title: FERRY SAILS
Date: 2001-02-26 15:01
Slug: ferry-sails-1
Tags: ferries, quays
Dateline: HARBOUR, February 26 -
Authors: Agency
Category: general

Sailed on 2001-02-26. Slug: no.
"""


def contents(folder: Path) -> dict[str, str]:
    """Every file below a folder, and what is in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in corpus.stories(folder)
    }


def test_made_up_stories_are_the_same_everywhere(tmp_path: Path) -> None:
    """A set is made twice alike, and as it was when this was written."""
    for name in ("one", "other"):
        corpus.lay_out(tmp_path / name, None, 40)
    assert contents(tmp_path / "one") == contents(tmp_path / "other")
    told = "".join(f"{name}\n{text}" for name, text in contents(tmp_path / "one").items())
    assert hashlib.sha256(told.encode()).hexdigest()[:12] == "1e3c27c52593"


def test_made_up_stories_have_the_shape_of_real_ones() -> None:
    """The texts are as long as those of the Reuters set, the tags as many, the slugs all other."""
    stories = [(name, text, corpus.fields(text)) for name, text in corpus.made_up(2000)]
    assert len({known["Slug"] for _, _, known in stories}) == len(stories)
    lengths = [len(text.partition("\n\n")[2]) for _, text, _ in stories]
    assert 650 < sum(lengths) / len(lengths) < 850
    tags = [known["Tags"].split(", ") for _, _, known in stories if known["Tags"]]
    assert 1.7 < sum(map(len, tags)) / len(stories) < 2
    for name, _, known in stories:
        assert name == f"{known['Date'][:10].replace('-', '/')}/{known['Slug']}.md"


def test_stories_of_an_archive_or_a_folder(tmp_path: Path) -> None:
    """Stories at hand are taken as they are."""
    name = "2001/02/26/ferry-sails-1.md"
    (tmp_path / "folder" / name).parent.mkdir(parents=True)
    (tmp_path / "folder" / name).write_text(STORY, "utf-8")
    with tarfile.open(tmp_path / "stories.tar.gz", "w:gz") as packed:
        packed.add(tmp_path / "folder/2001", "2001")
    for source in ("folder", "stories.tar.gz"):
        target = tmp_path / f"from-{source}"
        corpus.lay_out(target, tmp_path / source)
        assert contents(target) == {name: STORY}


def test_many_times_the_stories(tmp_path: Path) -> None:
    """Each copy is a year later, under a slug of its own; the text stays."""
    corpus.lay_out(tmp_path / "once", None, 5)
    corpus.multiply(tmp_path / "once", tmp_path / "many", 3)
    once, many = contents(tmp_path / "once"), contents(tmp_path / "many")
    assert len(many) == 3 * len(once)
    assert many.items() >= once.items()
    assert len({corpus.fields(text)["Slug"] for text in many.values()}) == len(many)
    years = {corpus.fields(text)["Date"][:4] for text in many.values()}
    assert years == {"2001", "2002", "2003"}


@pytest.mark.parametrize(
    ("text", "separator", "expected"),
    [
        ("2001/02/26/ferry-sails-1.md", "/", "2003/02/26/ferry-sails-1-2.md"),
        ("2004/02/29/x.md", "/", "2006/02/28/x-2.md"),
        (
            *(STORY, "-"),
            STORY.replace("Date: 2001", "Date: 2003").replace("sails-1", "sails-1-2"),
        ),
    ],
)
def test_shifted(text: str, separator: str, expected: str) -> None:
    """A file's name and its metadata move together, to a day that there is."""
    assert corpus.shifted(text, 2, separator) == expected
