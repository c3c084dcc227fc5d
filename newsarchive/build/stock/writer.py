"""Pelican's writer, which can hold pages back and have worker processes render them.

It makes the same files with the same bytes as Pelican's own: each put in place in one step, and
none from a state of things that Pelican would not have rendered it in. So nothing is held back
while a plugin could look on.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from jinja2 import Template
from pelican import Pelican, writers
from pelican.paginator import Paginator
from pelican.plugins import signals
from pelican.utils import get_relative_path, path_to_url

from newsarchive.build.stock import contents
from newsarchive.build.stock.holding import Holding
from newsarchive.build.stock.pages import Feed, Job, Listing, Page, put
from newsarchive.build.stock.quicker import sanitised_join
from newsarchive.build.stock.stale import remove_stale
from newsarchive.build.stock.workers import forks, pool_of, say

_logger = logging.getLogger("pelican.writers")


class Writer(writers.Writer):  # type: ignore[misc]
    """Pelican's writer, able to hold pages back."""

    def __init__(self, output_path: str, settings: Mapping[str, Any] | None = None) -> None:
        super().__init__(output_path, settings=settings)
        self._pool = pool_of(self.settings)
        self._holding: Holding | None = None
        self._said: set[str] = set()
        signals.finalized.connect(self._tidy)

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
        time = contents.Quiet()
        with contents.quiet(time):
            if not forks(self._pool):
                yield
                return
            held = self._holding = Holding(context, time, self._pool)
            try:
                yield
            finally:
                self._holding = None
                held.render(self.say)

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
            page = Page(
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
    ) -> Iterator[tuple[str, Listing | None]]:
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
            yield last.page(number).save_as, Listing(paginators, number)

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
        job = Feed(
            path=sanitised_join(self.output_path, path),
            writer=self,
            elements=elements[: self.settings["FEED_MAX_ITEMS"]],
            context=context,
            url=url or path,
            feed_type=feed_type,
            feed_title=feed_title,
            override=override_output,
        )
        if self._holding:
            self._holding.hold(job, stays=self._claim(job))
            return None
        feed = job.feed()
        self._put(job, feed.writeString("utf-8"), stays=self._claim(job))
        signals.feed_written.send(job.path, context=context, feed=feed)
        return feed

    def _take(self, page: Page) -> None:
        if self._holding:
            self._holding.hold(page, stays=self._claim(page))
            return
        text = page.text()
        self._put(page, text, stays=self._claim(page))
        page.announce()

    def _claim(self, job: Job) -> bool:
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

    def _put(self, job: Job, text: str, *, stays: bool) -> None:
        if stays:
            put(job, text)
        _logger.info('Writing "%s"', job.path)
