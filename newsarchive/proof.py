"""Proofreading: what was read is held against what is planned."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from itertools import chain

from newsarchive.article import links
from newsarchive.article.article import Article, StandingPage
from newsarchive.article.inventory import Inventory
from newsarchive.article.links import Target
from newsarchive.build import plan
from newsarchive.build.engine import MARK
from newsarchive.build.plan import Page
from newsarchive.build.state import Text
from newsarchive.build.templates import Templates
from newsarchive.embargo import Cleared
from newsarchive.errors import Misfit, PathClaimedTwice
from newsarchive.exports.edition import Edition
from newsarchive.makeup import Plan
from newsarchive.reading import Reading
from newsarchive.run import Run, placed
from newsarchive.settings import Site


@dataclass(frozen=True, slots=True)
class Proofs:
    """The site as it is to be printed, to be read before it is.

    ``withheld`` are the files that are not copied since only what nobody sees names them.
    """

    reading: Reading
    cleared: Cleared
    edition: Edition
    templates: Templates
    plan: Plan
    withheld: AbstractSet[str]


def read(run: Run, proofs: Proofs) -> None:
    """Note what cannot be printed as it is, and links that lead nowhere."""
    if not proofs.reading.retold:
        _note_clashes(run, proofs.plan.pages)
        run.note(_templates(proofs.edition, proofs.templates.names))
    if not proofs.reading.unread:  # else a link may lead to what is there once it is mended
        run.note(_dead_links(proofs))


def _note_clashes(run: Run, planned: Sequence[Page]) -> None:
    paths = {page.path for page in planned}
    if len(paths) == len(planned) and paths == run.state.pages.keys() - {MARK}:
        return  # they are those of the last build, which had no clash
    told = {fault.path for fault in run.faults.found}  # equal slugs are a fault by now
    with suppress(PathClaimedTwice) if told else nullcontext():
        found = (placed(one, run.path) for one in _clashes(planned, run.inventory))
        run.faults.extend(fault for fault in found if fault.path not in told)


def _clashes(planned: Iterable[Page], inventory: Inventory) -> Iterator[Misfit]:
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


def _templates(edition: Edition, known: Collection[str]) -> Iterator[Misfit]:
    """Find what asks for a template that the theme does not have."""
    for item in chain[Article | StandingPage](
        edition.all_articles, edition.standing, edition.hidden
    ):
        if item.template not in known:
            problem = f'Template "{item.template}" is not in the theme'
            yield Misfit(item.source_path, "template", problem, "name one that is, or leave it out")


def _dead_links(proofs: Proofs) -> Iterator[Misfit]:
    whole = not proofs.reading.retold
    found = [
        (one.item.source_path, one.item.url, link)
        for one in proofs.cleared.filed
        for link in one.links
        if whole or "#" in link
    ]
    if found:
        edition = proofs.edition
        texts = {story.save_as: edition.texts[story.source_path] for story in edition.all_articles}
        pages = {page.path: page for page in proofs.plan.pages}
        yield from Ground(edition.site, pages, whole, texts, proofs.templates).dead(found)


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
