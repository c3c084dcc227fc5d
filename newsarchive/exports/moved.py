"""Addresses at which something was: they lead on to where it is now, or are tombstones."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from newsarchive.article.article import Article
from newsarchive.build.plan import Claims, Page
from newsarchive.errors import Misfit
from newsarchive.exports import tombstones
from newsarchive.exports.edition import Edition
from newsarchive.registry import Register


class Moved(NamedTuple):
    """An address, by the ``path`` of its file, and the page ``to`` which it leads, by that of its.

    ``name`` and ``url`` are the page's; ``source`` says in messages where the redirect comes from.
    """

    path: str
    to: str
    url: str
    name: str
    source: str

    @property
    def page(self) -> Page:
        """The page that leads on."""
        return Page(self.path, partial(dict, url=self.url, name=self.name), "redirect", self.source)


@dataclass(frozen=True, slots=True)
class Places:
    """Where stories were: each path with the story, and what cannot be one of these."""

    stories: Mapping[str, Article]
    misfits: Sequence[Misfit] = ()

    @property
    def moved(self) -> Iterator[Moved]:
        """The addresses that lead on to a story."""
        for path, story in self.stories.items():
            if not story.withdrawn:
                yield Moved(path, story.save_as, story.url, story.headline, story.source_path)

    def pages(self, edition: Edition) -> Iterator[Page]:
        """Plan what stands there."""
        yield from (moved.page for moved in self.moved)
        gone = ((path, story) for path, story in self.stories.items() if story.withdrawn)
        yield from tombstones.pages(edition, gone)


def places(edition: Edition, planned: Iterable[Page], holders: Mapping[str, str]) -> Places:
    """Find where stories were: at their aliases, and where earlier releases had them.

    An alias that a page has is a misfit; an address in ``holders``, which finds the id of a story
    by each, that a page or an alias has is that one's now. Of what is not on the site nothing is
    told.
    """
    on_site = (*edition.all_articles, *edition.catalog.withdrawn)
    by_id = {story.id: story for story in on_site}
    moved = {path: by_id[id_] for path, id_ in holders.items() if id_ in by_id}
    former = {path: story for path, story in moved.items() if path != story.save_as}
    aliases = [(path, story) for story in on_site for path in story.aliases]
    if not former and not aliases:
        return Places({})
    claims = Claims(planned)
    found, misfits = {}, []
    for path, story in sorted(aliases, key=lambda alias: (alias[1].source_path, alias[0])):
        other = claims.claim(Page(path, source=story.source_path))
        if other is None:
            found[path] = story
            continue
        problem = f"/{path.removesuffix('index.html')} is the address of {other.source} already"
        misfits.append(Misfit(story.source_path, "aliases", problem, "take it out of Aliases"))
    free = {
        path: story for path, story in sorted(former.items()) if claims.claim(Page(path)) is None
    }
    return Places({**found, **free}, misfits)


def entered(
    edition: Edition, pages: Iterable[Page], places: Places, moved: Iterable[Moved], last: Register
) -> Register:
    """Enter what is published into a register; ``last`` is that of the release before."""
    stories = {story.save_as: story.id for story in edition.all_articles}
    at_home = {story.save_as: story.id for story in edition.catalog.withdrawn}
    elsewhere = {path: story.id for path, story in places.stories.items() if story.withdrawn}
    redirects = {one.path: one.to for one in (*moved, *places.moved)}
    withdrawn = {**at_home, **elsewhere}
    apart = redirects.keys() | withdrawn.keys()
    own = {page.path: stories.get(page.path, "") for page in pages if page.path not in apart}
    led = {one.path: stories[one.to] for one in places.moved}
    former = {**last.holders, **led, **elsewhere}
    return Register(
        pages=own,
        redirects=redirects,
        withdrawn=withdrawn,
        former={
            path: story
            for path, story in former.items()
            if not own.get(path) and path not in at_home
        },
    )
