"""Addresses that lead on to where something is now."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import NamedTuple

from newsarchive.build.plan import Page
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


def entered(
    edition: Edition, pages: Iterable[Page], moved: Sequence[Moved], last: Register
) -> Register:
    """Enter what is published into a register; ``last`` is that of the release before."""
    stories = {article.save_as: article.id for article in edition.all_articles}
    redirects = {one.path: one.to for one in moved}
    own = {page.path: stories.get(page.path, "") for page in pages if page.path not in redirects}
    led = {one.path: stories[one.to] for one in moved if one.to in stories}
    return Register(
        pages=own,
        redirects=redirects,
        former={
            path: story for path, story in {**last.holders, **led}.items() if not own.get(path)
        },
    )
