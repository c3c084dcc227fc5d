"""Pelican's plugins do in the engine what they do in Pelican."""

from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from .stock import SETTINGS, both

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
