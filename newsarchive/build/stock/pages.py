"""Pelican's writer, which can hold pages back and have worker processes render them.

It makes the same files with the same bytes as Pelican's own: each put in place in one step, and
none from a state of things that Pelican would not have rendered it in. So nothing is held back
while a plugin could look on.
"""

import gc
import logging
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from jinja2 import Template
from pelican import Pelican, writers
from pelican.contents import Static
from pelican.log import console
from pelican.paginator import Paginator
from pelican.plugins import signals
from pelican.utils import get_relative_path, path_to_url

from newsarchive.build import writer
from newsarchive.build.pool import Pool, cpus
from newsarchive.build.stock import contents
from newsarchive.build.stock.noticing import noticing
from newsarchive.build.stock.quicker import sanitised_join
from newsarchive.build.stock.stale import remove_stale
from newsarchive.build.stock.swapping import swapped
from newsarchive.errors import PageFailed

_logger = logging.getLogger("pelican.writers")
BATCH = 32


class CannotFollow(Exception):
    """A page changes what other pages show, so that they have to be rendered in their order."""


@dataclass(frozen=True, slots=True)
class _Listing:
    """One page of a listing."""

    paginators: Mapping[str, Paginator]
    number: int

    def values(self) -> dict[str, Any]:
        return dict(chain.from_iterable(self._of(*item) for item in self.paginators.items()))

    def _of(self, key: str, paginator: Paginator) -> Iterator[tuple[str, Any]]:
        here, last = self.number, paginator.num_pages
        yield f"{key}_paginator", paginator
        yield f"{key}_page", paginator.page(here)
        yield f"{key}_previous_page", paginator.page(here - 1) if here > 1 else None
        yield f"{key}_next_page", paginator.page(here + 1) if here < last else None


@dataclass(frozen=True, slots=True)
class _Page:
    """A page that a template makes; ``siteurl`` is what its contents see as the site's address."""

    path: str
    name: str
    template: Template
    context: Mapping[str, Any]
    values: Mapping[str, Any]
    siteurl: str | None
    localsiteurl: str | None
    override: bool
    listing: _Listing | None = None
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
class _Feed:
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


@dataclass(frozen=True, slots=True)
class _Held:
    """A page or feed, what its contents will see as the site's address, and whether it stays."""

    job: _Page | _Feed
    localsiteurl: str | None
    stays: bool


class Writer(writers.Writer):  # type: ignore[misc]
    """Pelican's writer, able to hold pages back."""

    def __init__(self, output_path: str, settings: Mapping[str, Any] | None = None) -> None:
        super().__init__(output_path, settings=settings)
        self._pool = pool_of(self.settings)
        self._held: list[_Held] | None = None
        self._claims: dict[str, int] = {}
        self._time = contents.Quiet()
        self._said: set[str] = set()
        signals.finalized.connect(self._tidy)
        self._shared: dict[str, Any] = {}

    def _tidy(self, pelican: Pelican) -> None:
        if pelican.settings is self.settings:
            signals.finalized.disconnect(self._tidy)
            remove_stale(self.settings, self._written_files)

    def say(self, reason: str) -> None:
        """Say on the console, once, why things go slower."""
        if reason not in self._said:
            self._said.add(reason)
            say(reason)

    @contextmanager
    def holding(self, context: dict[str, Any]) -> Iterator[None]:
        """Hold back what is written meanwhile, then render it in worker processes.

        ``context`` is what all contents share. Nobody may look on.
        """
        self._time = contents.Quiet()
        with contents.quiet(self._time):
            if not forks(self._pool):
                yield
                return
            self._shared, self._held = context, []
            try:
                yield
            finally:
                held, self._held, self._claims = self._held, None, {}
                with _frozen():
                    self._render(held)

    def write_file(  # noqa: PLR0913, PLR0917  # as Pelican's
        self,
        name: str,
        template: Template,
        context: dict[str, Any],
        relative_urls: bool = False,  # noqa: FBT001, FBT002
        paginated: Mapping[str, Any] | None = None,
        template_name: str | None = None,
        override_output: bool = False,  # noqa: FBT001, FBT002
        url: str | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        """Render a template, for each page of a listing, and write what it makes."""
        if not name:
            return
        if paginated is None:
            paginated = {key: kwargs[key] for key in kwargs if key in {"articles", "dates"}}
        for save_as, listing in self._numbered(name, url, paginated, template_name):
            siteurl = path_to_url(get_relative_path(save_as)) if relative_urls else None
            localsiteurl = siteurl or context.get("localsiteurl")
            page = _Page(
                path=sanitised_join(self.output_path, save_as),
                name=save_as,
                template=template,
                context=context,
                values=kwargs,
                siteurl=siteurl,
                localsiteurl=localsiteurl,
                override=override_output,
                listing=listing,
            )
            if kwargs.get("localsiteurl", localsiteurl):
                context["localsiteurl"] = kwargs.get("localsiteurl", localsiteurl)
            self._take(page)

    def _numbered(
        self, name: str, url: str | None, paginated: Mapping[str, Any], template_name: str | None
    ) -> Iterator[tuple[str, _Listing | None]]:
        templates = self.settings["PAGINATED_TEMPLATES"]
        if not paginated or template_name not in templates:
            yield name, None
            return
        size = templates[template_name] or self.settings["DEFAULT_PAGINATION"]
        paginators = {
            key: Paginator(name, url, articles, self.settings, size)
            for key, articles in paginated.items()
        }
        first, *_, last = *paginators.values(), *paginators.values()
        for number in range(1, first.num_pages + 1):
            yield last.page(number).save_as, _Listing(paginators, number)

    def write_feed(  # noqa: PLR0913, PLR0917  # as Pelican's
        self,
        elements: Sequence[Any],
        context: dict[str, Any],
        path: str | None = None,
        url: str | None = None,
        feed_type: str = "atom",
        override_output: bool = False,  # noqa: FBT001, FBT002
        feed_title: str | None = None,
    ) -> Any:  # noqa: ANN401  # feedgenerator has no types
        """Make a feed and, where it has a path, write it."""
        if not path or "SITEURL" not in context:
            how = (path, url, feed_type, override_output, feed_title)
            return super().write_feed(elements, context, *how)
        job = _Feed(
            path=sanitised_join(self.output_path, path),
            writer=self,
            elements=elements[: self.settings["FEED_MAX_ITEMS"]],
            context=context,
            url=url or path,
            feed_type=feed_type,
            feed_title=feed_title,
            override=override_output,
        )
        if self._held is not None:
            self._hold(job)
            return None
        feed = job.feed()
        self._put(job, feed.writeString("utf-8"), stays=self._claim(job))
        signals.feed_written.send(job.path, context=context, feed=feed)
        return feed

    def _take(self, page: _Page) -> None:
        if self._held is not None:
            self._hold(page)
            return
        text = page.text()
        self._put(page, text, stays=self._claim(page))
        page.announce()

    def _claim(self, job: _Page | _Feed) -> bool:
        """Whether a file may be written, by Pelican's rules for overrides."""
        if job.path in self._overridden_files:
            if job.override:
                raise writers.FileOverwriteFailedError(
                    f'Failed to overwrite "{job.path}" a second time (was previously overwritten)'
                )
            _logger.info('Skipping "%s", not overwriting', job.path)
            return False
        if job.path in self._written_files:
            if not job.override:
                raise writers.FileOverwriteFailedError(
                    f'Failed to overwrite "{job.path}" as Pelican has already '
                    "written to it previously (set `override=True` if intended)"
                )
            _logger.info('Overwriting "%s"', job.path)
        if job.override:
            self._overridden_files.add(job.path)
        self._written_files.add(job.path)
        return True

    def _put(self, job: _Page | _Feed, text: str, *, stays: bool) -> None:
        if stays:
            _write(job.path, text)
        _logger.info('Writing "%s"', job.path)

    def _hold(self, job: _Page | _Feed) -> None:
        assert self._held is not None  # noqa: S101
        stays = self._claim(job)
        if isinstance(job, _Page) and job.context is not self._shared:
            job = self._compared(job)
        if stays and job.path in self._claims:
            earlier = self._claims[job.path]
            self._held[earlier] = replace(self._held[earlier], stays=False)
        if stays:
            self._claims[job.path] = len(self._held)
        self._held.append(_Held(job, self._shared.get("localsiteurl"), stays))

    def _compared(self, page: _Page) -> _Page:
        """The same page, with no more of a copied context than what it changes."""
        if not self._shared.keys() <= page.context.keys():
            return page
        missing = object()
        changes = {
            key: value
            for key, value in page.context.items()
            if self._shared.get(key, missing) is not value
        }
        return replace(page, context=self._shared, changes=changes)

    def _render(self, held: Sequence[_Held]) -> None:
        seen = self._shared.get("localsiteurl")
        try:
            done = self._side_by_side(held)
            for each, is_done in zip(held, done, strict=True):
                if not is_done:
                    self._finish(each)
                _logger.info('Writing "%s"', each.job.path)
                each.job.announce()
        finally:
            self._shared["localsiteurl"] = seen

    def _side_by_side(self, held: Sequence[_Held]) -> list[bool]:
        """Render and write in worker processes, and tell what is done."""
        nothing = [False] * len(held)
        if len(held) <= BATCH:
            return nothing
        try:
            return [*chain.from_iterable(self._pool.run(_finished, self, held, BATCH))]
        except CannotFollow as error:
            self.say(f"{error}; pages are rendered one by one")
            return nothing

    def _finish(self, held: _Held) -> None:
        self._shared["localsiteurl"] = held.localsiteurl
        text = held.job.text()
        if held.stays:
            _write(held.job.path, text)

    def finished_aside(self, held: Sequence[_Held], notes: list[Any]) -> list[bool]:
        """Render and write in a worker process; False for what the parent has to do."""
        with contents.quiet(self._time):
            return [self._finish_aside(each, notes) for each in held]

    def _finish_aside(self, held: _Held, notes: list[Any]) -> bool:
        try:
            self._finish(held)
        except CannotFollow:
            raise
        except Exception as error:
            if not notes:
                raise PageFailed(f"{held.job}: {type(error).__name__}: {error}") from error
        done = not notes
        notes.clear()
        return done


@contextmanager
def _frozen() -> Iterator[None]:
    """Keep the garbage collector from touching, and so copying, what workers share."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _finished(this: Writer, held: Sequence[_Held]) -> list[bool]:
    tripwire = (Static, "attach_to", _attach_to)
    with noticing() as notes, swapped([tripwire]):
        return this.finished_aside(held, notes)


def _attach_to(static: Static, _content: Any) -> None:  # noqa: ANN401  # any content
    raise CannotFollow(f"{static.source_path} moves to where it is attached")


def _write(path: str, text: str) -> None:
    writer.replace(path, text.replace("\n", os.linesep) if os.linesep != "\n" else text)


def pool_of(settings: Mapping[str, Any]) -> Pool:
    """Who does the work, by the settings."""
    return Pool(
        settings.get("NEWSARCHIVE_WORKERS") or cpus(), settings.get("NEWSARCHIVE_EXECUTOR") or ""
    )


def forks(pool: Pool) -> bool:
    """Whether workers see what the parent sees, without a copy being sent."""
    return pool.workers > 1 and not pool.executor and sys.platform == "linux"


def say(reason: str) -> None:
    """Say on the console why things go slower."""
    console.print(f"newsarchive.build: {reason}", highlight=False, soft_wrap=True)
