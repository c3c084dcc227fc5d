"""A group's stories as pages that are numbered from the oldest, so that they can be cited."""

from collections.abc import Iterator
from dataclasses import dataclass

from newsarchive.catalog.group import Entry, Group
from newsarchive.catalog.timeline import Head, heads


@dataclass(frozen=True, slots=True)
class Numbered:
    """A full page, as the newest page points to it; ``years`` is ``1987`` or ``1987–1991``."""

    number: int
    url: str
    years: str


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a group's stories, newest first.

    ``number`` is 0 on the newest page, which alone knows how many stories there are (``total``)
    and which full pages (``numbered``, newest first). A full page never names a newer one: it
    stays as it is when more are added.
    """

    url: str
    entries: tuple[Entry, ...]
    newest: str
    number: int = 0
    older: str = ""
    total: int = 0
    numbered: tuple[Numbered, ...] = ()

    @property
    def heads(self) -> tuple[Head, ...]:
        """The stories under their dates."""
        return heads(self.entries)


def listings(group: Group, per_page: int, first: int = 1) -> Iterator[Listing]:
    """Split a group into its newest page, of ``per_page`` to twice that, and full ones below it.

    Of the full ones, those from the ``first`` on.
    """
    entries = group.entries
    full = full_pages(len(entries), per_page)
    urls = [page_url(group.url, number) for number in range(full + 1)]
    yield Listing(
        url=group.url,
        entries=entries[full * per_page :][::-1],
        newest=group.url,
        older=urls[full] if full else "",
        total=len(entries),
        numbered=tuple(
            Numbered(number, urls[number], entries.years(end - per_page, end - 1))
            for number, end in ((number, number * per_page) for number in range(full, 0, -1))
        ),
    )
    for number in range(first, full + 1):
        yield Listing(
            url=urls[number],
            entries=entries[(number - 1) * per_page : number * per_page][::-1],
            newest=group.url,
            number=number,
            older=urls[number - 1] if number > 1 else "",
        )


def page_of(url: str, place: int, stories: int, per_page: int) -> str:
    """The address of the page that lists a group's story, by its place among so many."""
    number = place // per_page + 1
    return page_url(url, number if number <= full_pages(stories, per_page) else 0)


def full_pages(stories: int, per_page: int) -> int:
    """How many full pages there are below the newest."""
    return max(0, stories // per_page - 1)


def page_url(url: str, number: int) -> str:
    """The address of a group's page ``number``, counted from the oldest; 0 is the newest."""
    return f"{url}page/{number}/" if number else url
