"""Pages that are held back, to be rendered by worker processes side by side."""

import gc
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from pelican.contents import Static

from newsarchive.build.pool import Pool
from newsarchive.build.stock import contents
from newsarchive.build.stock.noticing import noticing
from newsarchive.build.stock.pages import Job, Page, put
from newsarchive.build.stock.swapping import swapped
from newsarchive.errors import PageFailed

_logger = logging.getLogger("pelican.writers")
BATCH = 32


class CannotFollow(Exception):
    """A page changes what other pages show, so that they have to be rendered in their order."""


@dataclass(frozen=True, slots=True)
class Held:
    """A page or feed, what its contents will see as the site's address, and whether it stays."""

    job: Job
    localsiteurl: str | None
    stays: bool


class Holding:
    """What is held back; ``shared`` is the context that all contents share."""

    def __init__(self, shared: dict[str, Any], time: contents.Quiet, pool: Pool) -> None:
        self._shared, self._time, self._pool = shared, time, pool
        self._held: list[Held] = []
        self._claims: dict[str, int] = {}  # by path, which of the held would be written

    def hold(self, job: Job, *, stays: bool) -> None:
        """Hold back one more; of two that are one file, the later ``stays``."""
        if isinstance(job, Page) and job.context is not self._shared:
            job = self._compared(job)
        if stays and job.path in self._claims:
            earlier = self._claims[job.path]
            self._held[earlier] = replace(self._held[earlier], stays=False)
        if stays:
            self._claims[job.path] = len(self._held)
        self._held.append(Held(job, self._shared.get("localsiteurl"), stays))

    def _compared(self, page: Page) -> Page:
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

    def render(self, say: Callable[[str], None]) -> None:
        """Make all that is held, and ``say`` why if not side by side."""
        seen = self._shared.get("localsiteurl")
        gc.freeze()  # else the garbage collector would touch, and so copy, what workers share
        try:
            done = self._side_by_side(say)
            for each, is_done in zip(self._held, done, strict=True):
                if not is_done:
                    self._finish(each)
                _logger.info('Writing "%s"', each.job.path)
                each.job.announce()
        finally:
            gc.unfreeze()
            self._shared["localsiteurl"] = seen

    def _side_by_side(self, say: Callable[[str], None]) -> list[bool]:
        """Render and write in worker processes, and tell what is done."""
        nothing = [False] * len(self._held)
        if len(self._held) <= BATCH:
            return nothing
        try:
            return [*chain.from_iterable(self._pool.run(_finished, self, self._held, BATCH))]
        except CannotFollow as error:
            say(f"{error}; pages are rendered one by one")
            return nothing

    def _finish(self, held: Held) -> None:
        self._shared["localsiteurl"] = held.localsiteurl
        text = held.job.text()
        if held.stays:
            put(held.job, text)

    def finished_aside(self, held: Sequence[Held], notes: list[Any]) -> list[bool]:
        """Render and write in a worker process; False for what the parent has to do."""
        with contents.quiet(self._time):
            return [self._finish_aside(each, notes) for each in held]

    def _finish_aside(self, held: Held, notes: list[Any]) -> bool:
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


def _finished(this: Holding, held: Sequence[Held]) -> list[bool]:
    tripwire = (Static, "attach_to", _attach_to)
    with noticing() as notes, swapped([tripwire]):
        return this.finished_aside(held, notes)


def _attach_to(static: Static, _content: Any) -> None:  # noqa: ANN401  # any content
    raise CannotFollow(f"{static.source_path} moves to where it is attached")
