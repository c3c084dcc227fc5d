"""A plan becomes files: what has changed is made and written, what nobody plans is removed."""

import json
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from newsarchive.build import fingerprint, writer
from newsarchive.build.fingerprint import Digests
from newsarchive.build.plan import Page
from newsarchive.build.pool import Pool
from newsarchive.build.progress import Step
from newsarchive.build.state import State, Written
from newsarchive.build.templates import Mentions, Templates

_MENTIONS = "mentions of templates"  # a fact of the state
BATCH = 64  # pages that a worker takes at a time

STAGE = ".newsarchive.new"  # in the output folder: what is finished and not yet in its place

# Stands in every output folder that is a build's own, and says so to the next build.
MARK = ".newsarchive"
_MARKING = Page(MARK, partial(str, "A build removes from this folder what it does not make.\n"))


def lacking(output: Path, pages: Mapping[str, Written]) -> set[str]:
    """Find the pages that are not in the output as they were written."""
    if not output.is_dir():
        return set(pages)
    found = set()
    folder = os.open(output, os.O_RDONLY)  # else each page would be looked for from the root on
    for path, (_, size, mtime) in pages.items():
        try:
            look = os.stat(path, dir_fd=folder)  # once a page
        except OSError:
            found.add(path)
            continue
        if look.st_size != size or look.st_mtime_ns != mtime:
            found.add(path)
    os.close(folder)
    return found


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the planned pages."""

    written: int
    kept: int
    removed: int

    def __str__(self) -> str:
        removed = f", {self.removed:,} removed" if self.removed else ""
        return f"{self.written:,} files written, {self.kept:,} kept{removed}"


@dataclass(frozen=True, slots=True)
class Job:
    """The pages to be written, how many stay, the paths of files to be removed.

    ``wanted`` tells the digests of what is written, by path. One that is empty tells nothing: the
    page is to be made again by the next build.
    """

    due: Sequence[Page]
    kept: int
    gone: Sequence[str]
    wanted: Callable[[], Mapping[str, bytes]]

    @property
    def tally(self) -> Tally:
        """The job in numbers."""
        return Tally(len(self.due), self.kept, len(self.gone))


@dataclass(frozen=True, slots=True)
class Engine:
    """Whatever one build of a site needs beside its plan.

    ``code`` is the digest of everything installed that pages are made with; ``spared`` are the
    names at the top of the output that are somebody else's, as is every name with a dot in front.
    """

    output: Path
    state: State
    templates: Templates
    pool: Pool
    code: bytes
    spared: Sequence[str] = ()

    def compare(
        self,
        planned: Sequence[Page],
        digests: Digests,
        lacks: Collection[str],
        gone: Collection[str] | None = None,
    ) -> Job:
        """Find which pages are not there as planned; ``lacks`` are the paths of such as are lost.

        Where it is said what is ``gone``, the rest of the site is known to be as it was.
        """
        pages = [*planned, _MARKING]
        heads = self._heads(pages, digests)
        known = self.state.pages
        if not known:  # all are due, and their digests not wanted before they are written
            self._find_templates(pages)
            gone = self._gone({page.path for page in pages})
            return Job(pages, 0, gone, self.pool.aside(_digests, pages, heads, digests))
        wanted = _digests(pages, heads, digests)
        due = [
            page
            for page in pages
            if page.path not in known
            or known[page.path].digest != wanted[page.path]
            or page.path in lacks
        ]
        self._find_templates(due)
        if gone is None:
            return Job(due, len(wanted) - len(due), self._gone(wanted.keys()), lambda: wanted)
        kept = len((known.keys() | wanted.keys()) - set(gone)) - len(due)
        return Job(due, kept, sorted(gone), lambda: wanted)

    def afresh(self, planned: Sequence[Page]) -> Job:
        """Have all pages made, now and in the next build.

        They are made from more than their arguments say.
        """
        pages = [*planned, _MARKING]
        unknown = {page.path: b"" for page in pages}
        return Job(pages, 0, self._gone(unknown.keys()), lambda: unknown)

    def _find_templates(self, pages: Iterable[Page]) -> None:
        """Have them compiled: a mistake in one stops the build before it writes."""
        for name in {page.template for page in pages if page.template}:
            self.templates.get(name)

    def _heads(self, pages: Sequence[Page], digests: Digests) -> dict[str, bytes]:
        """What all pages of a template are made from, by its name."""
        names = {page.template for page in pages if page.template}
        known = self._mentions()
        heads = {
            name: fingerprint.of_bytes(self.code + digest)
            for name, digest in self.templates.digests(names, digests, known).items()
        }
        heads[""] = fingerprint.of_bytes(self.code)
        if known != self._mentions():
            self.state.note(_MENTIONS, json.dumps([self.code.hex(), known]))
        return heads

    def _mentions(self) -> dict[str, Mentions]:
        """What templates were found to mention by the same code, by the digests of their texts."""
        code, known = json.loads(self.state.fact(_MENTIONS) or '["", {}]')
        return {key: Mentions(*lists) for key, lists in known.items() if code == self.code.hex()}

    def _gone(self, wanted: AbstractSet[str]) -> list[str]:
        """What an earlier build wrote and this one does not plan."""
        gone = self.state.pages.keys() - wanted
        if not self.state.known and Path(self.output, MARK).is_file():
            gone |= set(self._found()) - wanted  # the record is lost, the folder is ours
        return sorted(gone)

    def _found(self) -> Iterator[str]:
        """All files in the output, but for what is spared: ``.git``, ``.well-known`` and so on."""
        for folder, folders, names in os.walk(self.output):
            below = Path(folder).relative_to(self.output)
            if not below.parts:
                folders[:] = filter(self._ours, folders)
                names = list(filter(self._ours, names))  # noqa: PLW2901
            yield from ((below / name).as_posix() for name in names)

    def _ours(self, name: str) -> bool:
        return name not in self.spared and not name.startswith(".")

    def carry_out(self, job: Job, step: Step) -> None:
        """Write what is due, all of it before the first file of a site that stands is replaced.

        Account is kept of it, so that no crash leaves a file unknown.
        """
        if not job.due and not job.gone:
            return
        stage = self.output / STAGE
        shutil.rmtree(stage, ignore_errors=True)  # what a build left that was killed
        fresh = not any(self.output.glob("*"))  # whole folders are put in their places then
        stage.mkdir(parents=True)
        places = [page.path for page in job.due]
        staged = places if fresh else list(map(str, range(len(places))))
        try:
            written = self._write(job, [f"{stage}/{name}" for name in staged], step)
            self._expect(job)
            if fresh:
                staged = places = os.listdir(stage)  # noqa: PTH208  # names, and no paths
            for name, place in zip(staged, places, strict=True):
                writer.move(f"{stage}/{name}", f"{self.output}/{place}")
        finally:
            shutil.rmtree(stage)
        self.state.keep_pages(written, job.gone)

    def _expect(self, job: Job) -> None:
        """Count what is due as unknown until it is written, and remove what is gone.

        That goes first, for a page may want the place of one that is gone, or its folder's.
        """
        self.state.keep_pages({page.path: Written(b"", 0, 0) for page in job.due})
        writer.remove(self.output, job.gone)

    def _write(self, job: Job, files: Sequence[str], step: Step) -> dict[str, Written]:
        # The costly pages, as of crawlers and feeds, are planned last: no worker waits for them so.
        pages = list(zip(job.due, files, strict=True))[::-1]
        found = []
        for looks in self.pool.run(writer.write, self.templates, pages, BATCH):
            found += looks
            step(len(looks))
        wanted = job.wanted()
        return {path: Written(wanted[path], size, mtime) for path, size, mtime in found}


def _digests(
    pages: Sequence[Page], heads: Mapping[str, bytes], digests: Digests
) -> dict[str, bytes]:
    """What each page is made from, by its path; ``heads`` are by the names of templates."""
    return {page.path: digests.of_call(heads[page.template], page.make) for page in pages}
