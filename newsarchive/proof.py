"""Proofreading: what was read is held against what is planned, and each fault gets its line."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

from newsarchive.article import header, reader
from newsarchive.article.article import Article, StandingPage
from newsarchive.article.inventory import Inventory
from newsarchive.build import plan
from newsarchive.build.plan import Page
from newsarchive.errors import Fault, Faults, Misfit, PathClaimedTwice


def placed(misfit: Misfit, root: str) -> Fault:
    """Find the line of a misfit, which only the file itself tells; ``root`` is ``content/``."""
    path = Path(root, misfit.source_path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        text = ""  # a picture, which has no lines
    lines, _ = header.split(text, "", Faults())
    if misfit.key in lines:
        line = lines[misfit.key].line
    else:
        words = misfit.key if misfit.key in text else unquote(misfit.key)
        line = text.count("\n", 0, max(text.find(words), 0)) + 1
    return Fault(reader.shown_path(path), line, misfit.problem, misfit.cure)


def clashes(planned: Iterable[Page], inventory: Inventory) -> Iterator[Misfit]:
    """Find pages that would be one file on some disk, and the post or file that wants to be it.

    Raises PathClaimedTwice where both are the archive's own.
    """
    nobodys = []
    for clash in plan.clashes(planned):
        other, own = clash.first, clash.second
        if own.source not in inventory:
            other, own = own, other
        if own.source not in inventory:
            nobodys.append(clash)
            continue
        problem = f"it would be {clash.path}, as {other.source or other.template} would"
        yield Misfit(own.source, "save_as", problem, "give one of them another address")
    if nobodys:
        raise PathClaimedTwice("\n".join(map(str, nobodys)))


def templates(
    items: Iterable[Article] | Iterable[StandingPage], known: Collection[str]
) -> Iterator[Misfit]:
    """Find what asks for a template that the theme does not have."""
    for item in items:
        if item.template not in known:
            problem = f'Template "{item.template}" is not in the theme'
            yield Misfit(item.source_path, "template", problem, "name one that is, or leave it out")
