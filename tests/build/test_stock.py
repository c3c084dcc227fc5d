"""Any Pelican site comes out of the engine byte for byte as it comes out of Pelican."""

import locale
import logging
import logging.handlers
import multiprocessing
import shutil
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from textwrap import dedent
from typing import Any

import pelican
import pytest
from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from pelican import Pelican
from pelican.log import console
from pelican.settings import read_settings

from newsarchive.build.pool import spawned
from newsarchive.build.stock import holding, hooks, reading, workers
from newsarchive.errors import PageFailed

LayOut = Callable[[Path, Mapping[str, str]], None]
Output = dict[str, bytes]

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / ".venv" / "samples" / f"pelican-{pelican.__version__}" / "samples"
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


@pytest.fixture
def site(tmp_path: Path, lay_out: LayOut) -> Path:
    """Lay out a site with something of everything."""
    lay_out(tmp_path, SITE)
    return tmp_path


@pytest.mark.parametrize("theme", ["simple", "notmyidea"])
@pytest.mark.parametrize("relative", [False, True])
def test_a_site_with_something_of_everything(site: Path, theme: str, *, relative: bool) -> None:
    """It comes out the same, and the log says the same."""
    theirs, ours = both(site, THEME=theme, RELATIVE_URLS=relative, **SETTINGS)
    assert ours == theirs


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="make test fetches Pelican's sample site")
@pytest.mark.parametrize(
    ("conf", "language"),
    [(None, "en_US"), ("pelican.conf.py", "en_US.UTF-8"), ("pelican.conf_FR.py", "fr_FR.UTF-8")],
)
def test_pelicans_own_sample_site(tmp_path: Path, conf: str | None, language: str) -> None:
    """It comes out the same under the settings of Pelican's functional tests."""
    if not available(language):
        language = "C"
    site = tmp_path / "samples"
    shutil.copytree(SAMPLES, site)
    theirs, ours = both(site, site / conf if conf else None, LOCALE=language)
    assert ours == theirs


def available(language: str) -> bool:
    """Whether the system has a locale."""
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, locale.normalize(language))
    except locale.Error:
        return False
    else:
        return True
    finally:
        locale.setlocale(locale.LC_ALL, before)


@pytest.mark.parametrize("theme", ["simple", "notmyidea"])
def test_plugins_that_take_note_of_pages_and_join_them(site: Path, theme: str) -> None:
    """The site map, neighbours and series of other people's plugins are the same."""
    for plugin in ("sitemap", "neighbors", "series"):
        pytest.importorskip(f"pelican.plugins.{plugin}")
    theirs, ours = both(
        site,
        THEME=theme,
        PLUGINS=["sitemap", "neighbors", "series"],
        SITEMAP={"format": "txt"},
        THEME_TEMPLATES_OVERRIDES=[str(site / "templates")],
        **SETTINGS,
    )
    assert ours == theirs


@pytest.mark.parametrize("workers", [1, 2, 8])
def test_any_number_of_workers(site: Path, workers: int) -> None:
    """The bytes are the same."""
    theirs, _ = apart(site, None, PLUGINS=[], **SETTINGS)
    ours, _ = apart(site, None, PLUGINS=ENGINE, NEWSARCHIVE_WORKERS=workers, **SETTINGS)
    assert ours == theirs


def test_an_executor_that_shares_no_memory(site: Path) -> None:
    """It reads files; pages, whose templates cannot be sent, are rendered by the parent."""
    executor = f"{spawned.__module__}.{spawned.__qualname__}"
    theirs, ours = both(site, NEWSARCHIVE_EXECUTOR=executor, **SETTINGS)
    assert ours == theirs


def test_pelicans_own_cache(site: Path) -> None:
    """It is filled and used as ever."""
    for _ in range(2):
        theirs, ours = both(site, CACHE_CONTENT=True, LOAD_CONTENT_CACHE=True, **SETTINGS)
        assert ours == theirs


class Counting(Extension):
    """An extension of somebody's that has a parser remember how many texts it has seen."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # as Markdown names it
        """Have each text end in its number."""
        md.postprocessors.register(Number(), "number", 0)


class Number(Postprocessor):
    """Adds its number to a text."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = 0

    def run(self, text: str) -> str:
        """Count one more."""
        self.seen += 1
        return f"{text}<p>Number {self.seen}</p>"


@pytest.mark.parametrize(
    "settings",
    [
        {"MARKDOWN": {"extensions": [f"{__name__}:Counting"]}},
        {
            "MARKDOWN": {
                "extension_configs": {"markdown.extensions.footnotes": {"UNIQUE_IDS": True}}
            }
        },
        {"MARKDOWN": {"extension_configs": {"markdown.extensions.toc": {"permalink": True}}}},
        {"FORMATTED_FIELDS": ["summary", "title"]},
        {"DEFAULT_DATE": "fs", "FILENAME_METADATA": r"(?P<slug>.*)"},
        {"ARTICLE_TRANSLATION_ID": None, "NEWEST_FIRST_ARCHIVES": False},
        {"ARTICLE_ORDER_BY": "title", "REVERSE_CATEGORY_ORDER": True},
        {"DATE_FORMATS": {"en": ("C", "%-d %b %Y"), "de": "%d.%m.%Y"}},
        {"SLUGIFY_SOURCE": "basename", "TAG_URL": "t/{slug}/{name}.html"},
        {"INTRASITE_LINK_REGEX": r"@(?P<what>\w+)@"},
        {"SUMMARY_MAX_LENGTH": None, "SUMMARY_MAX_PARAGRAPHS": 1},
        {"FEED_MAX_ITEMS": None, "RSS_FEED_SUMMARY_ONLY": False},
        {"TEMPLATE_PAGES": {"plain.html": "plain.html"}, "OUTPUT_SOURCES": True},
        {"WITH_FUTURE_DATES": False, "TIMEZONE": "Asia/Tokyo"},
        {"TYPOGRIFY": False, "SITEURL": "", "DEFAULT_PAGINATION": False},
    ],
    ids=str,
)
def test_settings_of_pelicans(site: Path, settings: Mapping[str, Any]) -> None:
    """They mean what they mean to Pelican."""
    theirs, ours = both(site, **{**SETTINGS, **settings})
    assert [line for line in ours if not line.startswith("newsarchive")] == theirs


PLUGINS = {
    "editing": """\
        import pathlib
        from pelican import signals

        def edit(path, context):
            path = pathlib.Path(path)
            path.write_text(path.read_text() + f"<!-- {context['output_file']} -->")

        def register():
            signals.content_written.connect(edit)
        """,
    "counting": """\
        from pelican import signals

        def count(path, context):
            context["articles"][0].seen = getattr(context["articles"][0], "seen", 0) + 1
            context["articles"][0].title = f"Seen {context['articles'][0].seen} times"

        def register():
            signals.content_written.connect(count)
        """,
    "changing": """\
        from pelican import signals

        def change(generator, content):
            content._content += f"<p>{content.save_as} of {len(generator.articles)}</p>"
            content.title += "!"

        def register():
            signals.article_generator_write_article.connect(change)
        """,
    "adding": """\
        from datetime import datetime, timezone
        from pelican import signals

        def add(context, feed):
            day = datetime(2024, 1, 1, tzinfo=timezone.utc)
            feed.add_item("Added", "https://example.org/", "x", pubdate=day)

        def register():
            signals.feed_generated.connect(add)
        """,
    "dating": """\
        from pelican import signals

        def date(content):
            if "title" in content.metadata:
                content.metadata["seen"] = content.title = content.title.upper()

        def preread(generator):
            generator.readers.settings["FORMATTED_FIELDS"] = ["summary"]

        def context(generator, metadata):
            metadata["tags"] = sorted(metadata.get("tags", []))[:1]

        def register():
            signals.content_object_init.connect(date)
            signals.article_generator_preread.connect(preread)
            signals.article_generator_context.connect(context)
        """,
    "generating": """\
        from pelican import signals
        from pelican.generators import Generator

        class Extra(Generator):
            def generate_output(self, writer):
                for number in range(3):
                    self.context["number"] = number
                    page = self.env.from_string("{{ number }} of {{ articles|length }}")
                    writer.write_file(f"extra/{number}.html", page, self.context)
                    writer.write_feed(self.context["articles"], self.context, f"extra/{number}.xml")

        def register():
            signals.get_generators.connect(generators)

        def generators(pelican):
            return Extra
        """,
    "writing": """\
        from pelican import signals
        from pelican.writers import Writer

        class Shouting(Writer):
            def write_file(self, name, *args, **kwargs):
                super().write_file(name and name.upper(), *args, **kwargs)

        def provide(pelican):
            return Shouting

        def register():
            signals.get_writer.connect(provide)
        """,
    "reading": """\
        from pelican import signals
        from pelican.readers import MarkdownReader

        class Reader(MarkdownReader):
            seen = 0

            def read(self, path):
                html, metadata = super().read(path)
                Reader.seen += 1
                return html + f"<p>{self.seen}</p>", metadata

        def use(readers):
            readers.reader_classes["md"] = Reader

        def register():
            signals.readers_init.connect(use)
        """,
}


def lay_out_plugin(site: Path, name: str) -> dict[str, Any]:
    """Write a plugin, and give the settings that load it."""
    folder = site / "plugins"
    folder.mkdir()
    (folder / f"{name}_pages.py").write_text(dedent(PLUGINS[name]))
    return {"PLUGINS": [f"{name}_pages"], "PLUGIN_PATHS": [str(folder)]}


@pytest.mark.parametrize("name", PLUGINS)
def test_plugins_that_change_things(site: Path, name: str) -> None:
    """What they change, they change for the same pages as in Pelican."""
    theirs, ours = both(site, **SETTINGS, **lay_out_plugin(site, name))
    assert [line for line in ours if not line.startswith("newsarchive")] == theirs


@pytest.mark.parametrize("name", ["editing", "changing", "adding", "writing"])
def test_who_stands_in_the_way_is_named(site: Path, name: str) -> None:
    """Once, on the console, where a plugin has pages rendered one by one."""
    _, ours = both(site, **SETTINGS, **lay_out_plugin(site, name))
    said = [line for line in ours if line.startswith("newsarchive")]
    assert [f"{name}_pages." in line and "one by one" in line for line in said] == [True]


RECORDER = """\
from pelican import signals
from pelican.plugins.signals import *
import pelican.plugins.signals as every

heard = []

def name(value):
    return getattr(value, "source_path", None) or getattr(value, "url", None) or str(value)[-40:]

def register():
    for signal_name, signal in vars(every).items():
        if isinstance(signal, Signal) and signal_name != "get_writer":
            signal.connect(listener(signal_name), weak=False)
    signals.finalized.connect(write, weak=False)

def listener(signal_name):
    def hear(sender, **given):
        shown = [key + "=" + name(value) for key, value in given.items() if key in {"content"}]
        heard.append(" ".join([signal_name, type(sender).__name__, *shown]))
    return hear

def write(pelican):
    import pathlib
    pathlib.Path(pelican.output_path, "heard.txt").write_text("\\n".join(heard))
"""


def test_signals_fire_in_pelicans_order(site: Path) -> None:
    """Each once, in this process, with the same contents."""
    (site / "plugins").mkdir()
    (site / "plugins" / "recording_pages.py").write_text(RECORDER)
    plugin = {"PLUGINS": ["recording_pages"], "PLUGIN_PATHS": [str(site / "plugins")]}
    both(site, **SETTINGS, **plugin)
    heard = (site / "output-newsarchive.build-recording_pages" / "heard.txt").read_text()
    assert heard.count("content_written") > 60
    assert heard.count("article_generator_write_article") > 30


TEMPLATES = {
    "a shared list": "{% set _ = related_posts.append(1) %}{{ related_posts|length }}",
    "an own list": "{% set n = [] %}{% set _ = n.append(1) %}{{ n|length }}{{ article.title }}",
    "a shared object": "{{ article.__setattr__('title', article.title ~ '!') or article.title }}",
    "a filter": "{{ article.title|counted }}",
    "a global": "{{ ticket() }}",
    "an import": "{% import 'kept.html' as kept %}{{ kept.count() }}",
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_that_leave_something_behind(site: Path, name: str) -> None:
    """Pages are then rendered in their order."""
    (site / "templates").mkdir()
    (site / "templates" / "article.html").write_text(TEMPLATES[name])
    if "kept.html" in TEMPLATES[name]:
        (site / "templates" / "kept.html").write_text(
            "{% set n = [] %}{% macro count() %}{% set _ = n.append(1) %}{{ n|length }}"
            "{% endmacro %}"
        )
    theirs, ours = both(
        site,
        THEME_TEMPLATES_OVERRIDES=[str(site / "templates")],
        JINJA_FILTERS={"counted": counted} if "counted" in TEMPLATES[name] else {},
        JINJA_GLOBALS={"ticket": Tickets().draw} if "ticket" in TEMPLATES[name] else {},
        **SETTINGS,
    )
    said = [line for line in ours if line.startswith("newsarchive")]
    assert [line for line in ours if line not in said] == theirs
    assert len(said) == (name != "an own list")


LOOPS = """\
{% for c, a in categories %}{% if c == category %}*{% endif %}{{ loop.index }}{% endfor %}
{% for c, a in categories %}{{ c }}{{ category.name }}{{ article.title }}{% endfor %}
{% set mark = article.title %}{% for t, a in tags %}{{ mark }}{{ t }}{% endfor %}
{% for p in pages %}{% for q in pages %}{{ p != q }}{{ q == page }}{% endfor %}{% endfor %}
{% macro m(x) %}{% for p in x %}{{ p.title }}{% endfor %}{% endmacro %}{{ m([article]) }}
{% for a in article.tags %}{{ a }}{% endfor %}{% for t in missing %}{{ t }}{% endfor %}
{% for p in pages if p.title == article.title %}{{ p.summary }}{% else %}-{% endfor %}
{% for article in related_posts %}{{ article }}{% endfor %}{{ article.title }}
{% for p in pages %}{{ p.content }}{{ p.url }}{{ output_file }}{% endfor %}
{% for d in dates %}{{ d.url }}{{ d == article }}{% endfor %}
{% if category %}{% for p in pages %}{{ p.url }}{{ SITEURL }}{% endfor %}{% endif %}
"""


@pytest.mark.parametrize("relative", [False, True])
def test_loops_that_may_be_the_same_on_many_pages(site: Path, *, relative: bool) -> None:
    """They show on each page what belongs there."""
    loops = {f"loop{number}.html": loop for number, loop in enumerate(LOOPS.splitlines())}
    page = "\n".join(f"{{% include '{name}' %}}" for name in loops)
    (site / "templates").mkdir()
    for name, template in {**loops, "article.html": page}.items():
        (site / "templates" / name).write_text(template)
    overrides = [str(site / "templates")]
    both(site, **{**SETTINGS, "THEME_TEMPLATES_OVERRIDES": overrides, "RELATIVE_URLS": relative})


COUNTS: list[int] = []


def counted(text: str) -> str:
    """A filter that knows how often it was used."""
    COUNTS.append(len(COUNTS))
    return f"{text} {COUNTS[-1]}"


class Tickets:
    """A function of a template's that gives another number each time."""

    number = 0

    def draw(self) -> int:
        """Draw one."""
        self.number += 1
        return self.number


def test_a_file_that_moves_to_where_it_is_attached(site: Path) -> None:
    """It stands where Pelican puts it, and all links lead there."""
    for name in ("content/one/a.md", "content/two/b.md"):
        path = site / name
        path.parent.mkdir()
        path.write_text(
            f"Title: {path.stem}\nDate: 2024-05-05\n\n[File]({{attach}}../files/a.txt) here.\n"
        )
    theirs, ours = both(site, **SETTINGS)
    assert ours[-1].startswith("newsarchive.build: ")
    assert ours[-1].endswith("attaches a file; pages are rendered one by one")
    assert ours[:-1] == theirs


def test_a_page_that_cannot_be_rendered_is_named(site: Path) -> None:
    """The error of a worker process begins with the source of the page."""
    (site / "templates").mkdir()
    (site / "templates" / "article.html").write_text("{{ 1 // (article.title|length - 6) }}")
    with pytest.raises(PageFailed, match=r"content/second\.md: ZeroDivisionError: "):
        apart(
            site,
            None,
            PLUGINS=ENGINE,
            NEWSARCHIVE_WORKERS=2,
            THEME_TEMPLATES_OVERRIDES=[str(site / "templates")],
            **SETTINGS,
        )


def test_a_story_that_is_gone_leaves_no_page(site: Path) -> None:
    """What an earlier build wrote and this one does not is removed, and nothing else."""
    apart(site, None, PLUGINS=ENGINE, **SETTINGS)
    mine = {"mine.html": b"mine", "story-2.html": b"mine, too"}
    for name, content in mine.items():
        (site / "output-newsarchive.build" / name).write_bytes(content)
    for name in ("many/01.md", "many/02.md", "markup.rst"):
        (site / "content" / name).unlink()
    ours, _ = apart(site, None, PLUGINS=ENGINE, **SETTINGS)
    theirs, _ = apart(site, None, PLUGINS=[], **SETTINGS)
    assert ours == theirs | mine


def test_another_pelican_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine knows one version's ways, and stands back from others."""
    monkeypatch.setattr(pelican, "__version__", "4.13.0")
    said: list[str] = []
    monkeypatch.setattr(workers, "say", said.append)
    before = len(pelican.signals.get_writer.receivers)
    hooks.connect()
    assert len(pelican.signals.get_writer.receivers) == before
    assert said == ["Pelican 4.13.0 is not known here, and builds as it is"]
