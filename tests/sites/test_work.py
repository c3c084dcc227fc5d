"""How much work a build takes, counted in calls and reads and not in seconds."""

import cProfile
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from pelican.settings import read_settings

from newsarchive.article.article import Article
from newsarchive.build.state import State
from newsarchive.catalog import catalog
from newsarchive.catalog.addresses import Addresses
from newsarchive.exports import pages
from newsarchive.exports.edition import Edition, House
from newsarchive.moment import parse
from newsarchive.settings import Site
from newsarchive.wire.contribution import Contribution


def day(number: int) -> str:
    """The day of a made-up story: three a day."""
    return str(date(2020, 1, 1) + timedelta(days=number // 3))


def post(number: int) -> str:
    """A made-up story as a post; with the stories, groups of every kind grow in number."""
    return f"""\
Title: Ferry {number} sails
Date: {day(number)} 10:{number % 60:02}
Category: Harbour {number % 4}
Tags: Ferries, Quay {number % 7}, Crossing {number // 8}
Byline: By Ada Roe and Bo D{"o" * (1 + number // 20)}e
Dateline: HARBOUR (Agency) –

The *ferry* of line {number} sailed.

It came back.
"""


def test_no_step_is_quadratic(tmp_path: Path, run_pelican: Callable[..., None]) -> None:
    """Fifty more stories take as many calls as the fifty before, from reading to writing."""
    settings = {"TIMEZONE": "UTC", "NEWSARCHIVE_WORKERS": 1}  # calls elsewhere are not counted

    def calls(count: int) -> int:
        folder = tmp_path / str(count)
        (folder / "content/articles").mkdir(parents=True)
        for number in range(count):
            path = folder / f"content/articles/{number}.md"
            path.write_text(post(number), encoding="utf-8")
        profile = cProfile.Profile()
        profile.runcall(run_pelican, folder / "content", folder / "output", **settings)
        assert len(list((folder / "output").glob("20*/*/*/*/index.html"))) == count
        return sum(entry.callcount for entry in profile.getstats())

    calls(1)  # for what is done once a process
    first, second, third = map(calls, (50, 100, 150))
    assert third - second <= 1.1 * (second - first)


READS: Counter[str] = Counter()


class Watched(Article):
    """An Article that counts what is read of it."""

    __slots__ = ()

    def __getattribute__(self, name: str) -> object:
        READS[name] += 1
        return super().__getattribute__(name)


def watched(number: int) -> Watched:
    """A made-up story whose every reading counts."""
    url = f"{day(number).replace('-', '/')}/ferry-{number}/"
    return Watched(
        id=f"urn:{number}",
        slug=f"ferry-{number}",
        headline=f"Ferry {number} sails",
        date=parse(day(number)),
        url=url,
        save_as=f"{url}index.html",
        source_path=f"articles/{number}.md",
        html="<p>It sailed.</p>",
        lead="It sailed.",
        section=f"Harbour {number % 4}",
        tags=("Ferries", f"Quay {number % 7}", f"Crossing {number // 2}"),
        byline="By Ada Roe",
        contributions=(
            Contribution("Ada Roe", "Byline"),
            Contribution(f"Bo Doe the {number // 2}th", "Editing"),
        ),
    )


def test_no_list_is_scanned_once_a_group(root: Path, tmp_path: Path) -> None:
    """A story is read as often in a large archive as in a small one, however many groups it has."""
    addresses = Addresses(read_settings(str(root / "pelicanconf.py")))

    def reads(count: int) -> int:
        READS.clear()
        found, misfits = catalog.assemble(map(watched, range(count)), (), (), (), addresses)
        state = State(tmp_path / f"{count}.sqlite")
        (text,) = state.keep_texts(["<p>It sailed.</p>"])
        texts = {article.source_path: text for article in found.articles}
        house = House(Site("The Test"), addresses.indexes())
        for page in pages.pages(Edition(house, found, addresses, texts)):
            page.make()
        state.close()
        assert misfits == []
        return READS.total()

    assert reads(1000) <= 5 * reads(200)
