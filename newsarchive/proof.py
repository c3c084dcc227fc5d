"""Proofreading: what was read is held against what is planned, and each fault gets its line."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from newsarchive.article import header, links, reader
from newsarchive.article.article import Article, StandingPage
from newsarchive.article.inventory import Inventory
from newsarchive.article.links import Target
from newsarchive.build import plan
from newsarchive.build.plan import Page
from newsarchive.build.state import Text
from newsarchive.build.templates import Templates
from newsarchive.errors import Fault, Faults, Misfit, PathClaimedTwice
from newsarchive.settings import Site


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
        found = re.search(rf"{re.escape(words)}(?![\w/#%-])", text)
        line = text.count("\n", 0, found.start() if found else 0) + 1
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


@dataclass(frozen=True, slots=True)
class Ground:
    """What links may lead to: the planned pages by their paths, and the texts of stories by theirs.

    Unless ``whole``, there are other pages beside these. Few links name a place on a page; for one
    that no text has, the page is printed.
    """

    site: Site
    pages: Mapping[str, Page]
    whole: bool
    texts: Mapping[str, Text]
    templates: Templates
    _printed: dict[str, AbstractSet[str]] = field(default_factory=dict)

    def dead(self, found: Iterable[tuple[str, str, str]]) -> Iterator[Misfit]:
        """Find links that lead nowhere; of each the post, the address of its page, the link."""
        for source, url, link in found:
            root = self.site.root
            shown = link.removeprefix(root) if link.startswith(f"{root}/") else link
            try:
                target = links.target(link, url, self.site)
            except ValueError:
                yield Misfit(source, shown, f"link {shown} is no address", "correct it")
                continue
            if target is None or target.path.startswith("."):  # .well-known is somebody else's
                continue
            known = target.path in self.pages
            if self.whole and not (link and known):
                problem = f"link {shown or '()'} leads nowhere"
                slash = f"{target.path}/index.html" in self.pages
                cure = "end it with a /" if slash else "correct it, or take it out"
                yield Misfit(source, shown or "()", problem, cure)
            elif known and target.place and not self._has(target):
                problem = f'link {shown} leads to a page without "{target.place}"'
                yield Misfit(source, shown, problem, "name an id of that page, or none")

    def _has(self, target: Target) -> bool:
        path, place = target
        text = self.texts.get(path)
        if text and place in links.places(text.text):
            return True
        page = self.pages[path]
        if not page.template or page.template == "withdrawn":
            return True  # a file's own affair, or of what is gone
        if path not in self._printed:
            html = self.templates.render(page.template, page.make())
            self._printed[path] = links.places(html)
        return place in self._printed[path]
