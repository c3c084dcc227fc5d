"""A site with something of everything, built by Pelican and by the engine, to be compared."""

import locale
import logging
import logging.handlers
import multiprocessing
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from pelican import Pelican
from pelican.log import console
from pelican.settings import read_settings

from newsarchive.build.stock import holding, reading

Output = dict[str, bytes]

ENGINE = ["newsarchive.build"]

SITE = {
    "content/first.md": """\
        Title: The *first* & <only>
        Date: 2024-03-01 10:00
        Tags: grain, Wheat, U.S.
        Category: Trade
        Authors: Ann Lee; Bob Ray
        Summary: A *summary* with a [link]({filename}second.md).

        A plain paragraph.

        Another, with ![](x.png) and [a link]({filename}second.md#end).
        """,
    "content/second.md": """\
        Title: Second
        Date: 2024-03-02
        Modified: 2024-03-05 11:12
        Tags: wheat, grain, WHEAT
        Category: trade
        Slug: second-one

        Prices rose {words}. See [the file]({static}/files/a.txt) and [tag]({tag}wheat).
        """.replace("{words}", "again and again " * 30),
    "content/dup/third.md": """\
        Title: Third
        Date: 2023-12-31 23:59
        Date: 2022-01-01
        Tags: crude

        | a | b |
        |---|---|
        | 1 | 2 |

        Text[^1] and `code` and an ABBR.

        [^1]: A note.

        *[ABBR]: abbreviation
        """,
    "content/fourth.md": """\
        Title: Fourth
        Date: 2024-03-01 10:00
        Lang: de
        Slug: first
        translation: true

        Auf Deutsch.
        """,
    "content/first-again.md": """\
        Title: First in English
        Date: 2024-03-01 10:00
        Slug: first-again
        Save_as: special/place.html
        Url: special/place.html

        No tags here.
        """,
    "content/draft.md": "Title: A draft\nDate: 2024-01-01\nStatus: draft\n\nNot yet.\n",
    "content/hidden.md": "Title: Hidden\nDate: 2024-01-01\nStatus: hidden\n\nUnlisted.\n",
    "content/skipped.md": "Title: Skipped\nDate: 2024-01-01\nStatus: skip\n\nNever.\n",
    "content/undated.md": "Title: Undated\n\nNo date, so no article.\n",
    "content/misdated.md": "Title: Misdated\nDate: on Friday next\n\nNor this.\n",
    "content/empty.md": "",
    "content/markup.rst": """\
        Restructured
        ############

        :date: 2024-02-02 02:02
        :tags: grain
        :category: Rst

        Some *text*.
        """,
    "content/plain.html": """\
        <html><head><title>In HTML</title><meta name="date" content="2024-02-03"/></head>
        <body><p>A body with <img src="y.png" alt=""> an image.</p></body></html>
        """,
    "content/pages/about.md": "Title: About\n\nAbout [first]({filename}../first.md).\n",
    "content/pages/more.md": "Title: More\nStatus: hidden\n\nMore.\n",
    "content/files/a.txt": "a file\n",
    **{
        f"content/many/{number:02}.md": f"""\
            Title: Story {number}
            Date: 2024-02-{1 + number % 28:02} 08:{number:02}
            Tags: grain, tag {number % 5}
            Category: {"Trade" if number % 3 else "Money"}

            Body of story {number}, at \\<STRY\\> & co.

            Paragraph two.
            """
        for number in range(30)
    },
}

PERIODS = {
    "YEAR_ARCHIVE_SAVE_AS": "{date:%Y}/index.html",
    "MONTH_ARCHIVE_SAVE_AS": "{date:%Y}/{date:%m}/index.html",
    "DAY_ARCHIVE_SAVE_AS": "{date:%Y}/{date:%m}/{date:%d}/index.html",
}
SETTINGS: dict[str, Any] = {
    "SITENAME": "Tiny",
    "SITEURL": "https://example.org",
    "TIMEZONE": "Europe/Berlin",
    "STATIC_PATHS": ["files"],
    "DEFAULT_PAGINATION": 5,
    "FEED_ALL_ATOM": "feeds/all.atom.xml",
    "FEED_ALL_RSS": "feeds/all.rss.xml",
    "TAG_FEED_ATOM": "feeds/{slug}.tag.atom.xml",
    "FEED_MAX_ITEMS": 4,
    **PERIODS,
}


def built(site: Path, conf: Path | None, settings: Mapping[str, Any]) -> tuple[Output, list[str]]:
    """Build a site in this process and give its files, and what was logged and said."""
    logged = logging.handlers.BufferingHandler(10_000)
    logging.getLogger().addHandler(logged)
    locale.setlocale(locale.LC_ALL, "C")
    holding.BATCH = reading.BATCH = 2
    output = site / f"output-{'-'.join(settings['PLUGINS']) or 'stock'}"
    override = {"OUTPUT_PATH": str(output), "CACHE_PATH": f"{output}.cache", **settings}
    with console.capture() as said:
        Pelican(read_settings(conf, {**override, "PATH": str(site / "content")})).run()
    words = [record.getMessage() for record in logged.buffer]
    lines = [line for line in said.get().splitlines() if line.startswith("newsarchive")]
    return contents_of(output), [*words, *lines]


def contents_of(folder: Path) -> Output:
    """Every file below a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def apart(site: Path, conf: Path | None, **settings: Any) -> tuple[Output, list[str]]:  # noqa: ANN401
    """Build a site in a process that is then thrown away, with all that plugins left in it.

    It knows nothing of the archive, whose reader Pelican would take as soon as it is imported.
    """
    clean = multiprocessing.get_context("forkserver")
    clean.set_forkserver_preload(["pelican", "newsarchive.build.stock.hooks"])
    with ProcessPoolExecutor(1, mp_context=clean) as executor:
        return executor.submit(built, site, conf, settings).result()


def both(site: Path, conf: Path | None = None, **settings: Any) -> tuple[list[str], list[str]]:  # noqa: ANN401
    """Build a site by Pelican and by the engine, compare, and give what each said."""
    plugins = settings.pop("PLUGINS", [])
    theirs, said = apart(site, conf, PLUGINS=plugins, **settings)
    ours, our_said = apart(
        site, conf, PLUGINS=[*ENGINE, *plugins], NEWSARCHIVE_WORKERS=2, **settings
    )
    assert ours.keys() == theirs.keys()
    assert [name for name in theirs if ours[name] != theirs[name]] == []
    return said, our_said
