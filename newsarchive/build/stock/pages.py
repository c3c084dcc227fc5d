"""Pelican's pages and feeds, each as a value that can be made whenever it is wanted."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, TypeAlias

from jinja2 import Template
from pelican import writers
from pelican.paginator import Paginator
from pelican.plugins import signals

from newsarchive.build import writer


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a listing."""

    paginators: Mapping[str, Paginator]
    number: int

    def values(self) -> dict[str, Any]:
        """What the template sees of it."""
        return dict(chain.from_iterable(self._of(*item) for item in self.paginators.items()))

    def _of(self, key: str, paginator: Paginator) -> Iterator[tuple[str, Any]]:
        here, last = self.number, paginator.num_pages
        yield f"{key}_paginator", paginator
        yield f"{key}_page", paginator.page(here)
        yield f"{key}_previous_page", paginator.page(here - 1) if here > 1 else None
        yield f"{key}_next_page", paginator.page(here + 1) if here < last else None


@dataclass(frozen=True, slots=True)
class Page:
    """A page that a template makes; ``siteurl`` is what its contents see as the site's address."""

    path: str
    name: str
    template: Template
    context: Mapping[str, Any]
    values: Mapping[str, Any]
    siteurl: str | None
    localsiteurl: str | None
    override: bool
    listing: Listing | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)

    def localcontext(self) -> dict[str, Any]:
        """All that the template sees."""
        made = {**self.context, **self.changes, "localsiteurl": self.localsiteurl}
        if self.siteurl is not None:
            made["SITEURL"] = self.siteurl
        made["output_file"] = self.name
        made.update(self.values)
        if self.listing:
            made.update(self.listing.values())
        return made

    def text(self) -> str:
        """The page itself."""
        return self.template.render(self.localcontext())

    def announce(self) -> None:
        """Tell plugins that the page is written."""
        if signals.content_written.receivers:
            signals.content_written.send(self.path, context=self.localcontext())

    def __str__(self) -> str:
        for kind in ("article", "page"):
            source = getattr(self.values.get(kind), "source_path", None)
            if source:
                return str(source)
        return f"{self.template.name} ({self.name})"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that Pelican's writer makes."""

    path: str
    writer: writers.Writer
    elements: Sequence[Any]
    context: Mapping[str, Any]
    url: str
    feed_type: str
    feed_title: str | None
    override: bool

    def feed(self) -> Any:  # noqa: ANN401  # feedgenerator has no types
        """The feed itself."""
        how = (None, self.url, self.feed_type, False, self.feed_title)
        return writers.Writer.write_feed(self.writer, self.elements, self.context, *how)

    def text(self) -> str:
        """The feed as it is written."""
        return str(self.feed().writeString("utf-8"))

    def announce(self) -> None:
        """Tell nobody: where a plugin listens, feeds are not held back."""

    def __str__(self) -> str:
        return f"the feed {self.url}"


Job: TypeAlias = Page | Feed


def put(job: Job, text: str) -> None:
    """Write a page or feed, in one step."""
    writer.replace(job.path, text.replace("\n", os.linesep) if os.linesep != "\n" else text)
