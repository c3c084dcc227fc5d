"""Any Pelican site comes out of the engine byte for byte as it comes out of Pelican."""

import locale
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pelican
import pytest
from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

from newsarchive.build.pool import spawned
from newsarchive.build.stock import hooks, workers

from .stock import ENGINE, SETTINGS, apart, both

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / ".venv" / "samples" / f"pelican-{pelican.__version__}" / "samples"


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
