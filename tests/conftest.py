"""What all tests share: whole sites, laid out on disk and built as Pelican builds them."""

import locale
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import settings
from pelican import Pelican, signals
from pelican.settings import read_settings

from newsarchive import hooks
from tests.kept import kept

settings.register_profile("archive", deadline=None)  # no test of the rules depends on the clock
settings.load_profile("archive")

ROOT = Path(__file__).parents[1]
CONNECTED = (
    (signals.initialized, hooks.check_settings),
    (signals.readers_init, hooks.use_reader),
    (signals.article_generator_init, hooks.take_over_stories),
    (signals.page_generator_init, hooks.take_over_pages),
    (signals.static_generator_init, hooks.take_over_copies),
    (signals.get_generators, hooks.generators),
)

FIRST = "north-korea-appears-to-dismiss-return-to-personal-diplomacy-with-trump"


@contextmanager
def _as_it_was() -> Iterator[None]:
    """Undo what a run of Pelican leaves behind in the process: signals, locale, path."""
    path, language = list(sys.path), locale.setlocale(locale.LC_ALL)
    try:
        yield
    finally:
        for signal, receiver in CONNECTED:
            signal.disconnect(receiver)
        locale.setlocale(locale.LC_ALL, language)
        sys.path[:] = path


def _run(content: Path, output: Path, conf: str = "pelicanconf.py", **settings: object) -> None:
    """Build a site in this process, by the archive's own configuration but for ``settings``."""
    override = {"PATH": str(content), "OUTPUT_PATH": str(output), **settings}
    with _as_it_was():
        Pelican(read_settings(str(ROOT / conf), override)).run()


def _lay_out(folder: Path, files: Mapping[str, str]) -> None:
    """Write files, given as dedented strings."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")


@pytest.fixture(scope="session", autouse=True)
def _kept() -> Iterator[None]:
    """Compile the theme once for all the sites that a process builds."""
    with kept():
        yield


@pytest.fixture(scope="session", autouse=True)
def _interruptible() -> None:
    """Have what tests start heed Ctrl-C, which a shell has its background jobs ignore."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def as_it_was() -> Iterator[None]:
    """Undo what a run of Pelican leaves behind, where a test runs it by itself."""
    with _as_it_was():
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """Where the archive's own configuration, content and theme are."""
    return ROOT


@pytest.fixture(scope="session")
def lay_out() -> Callable[[Path, Mapping[str, str]], None]:
    """Write files below a folder, given as dedented strings."""
    return _lay_out


@pytest.fixture(scope="session")
def run_pelican() -> Callable[..., None]:
    """Build the site of a folder into another, in this process."""
    return _run


@pytest.fixture
def build(tmp_path: Path) -> Callable[..., Path]:
    """Lay out a tiny site below ``content/``, build it and tell where its output is."""

    def built(files: Mapping[str, str], **settings: object) -> Path:
        _lay_out(tmp_path / "content", files)
        _run(tmp_path / "content", tmp_path / "output", **{"TIMEZONE": "UTC", **settings})
        return tmp_path / "output"

    return built


@pytest.fixture(scope="session")
def first_content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive's first story and what describes it, without what came later."""
    content = tmp_path_factory.mktemp("first") / "content"
    story = f"articles/2024/09/30/{FIRST}.md"
    for name in (story, "people/michelle-nichols.md", "pages/about.md"):
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "content" / name, content / name)
    shutil.copytree(ROOT / "content/topics", content / "topics")
    return content


@pytest.fixture(scope="session")
def first_site(first_content: Path) -> Path:
    """The site of the first story, as ``make html`` builds it."""
    output = first_content.with_name("output")
    _run(first_content, output)
    return output
