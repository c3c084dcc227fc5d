"""The build of the archive, told in the order in which it happens."""

import gc
import sqlite3
from collections.abc import Set as AbstractSet
from math import inf

from pelican.generators import Generator
from pelican.log import console
from pelican.writers import Writer

from newsarchive import (
    carbon,
    embargo,
    makeup,
    proof,
    reading,
    references,
    registry,
    retelling,
    surroundings,
)
from newsarchive.amendment import Amendment
from newsarchive.article import reader
from newsarchive.build import standstill
from newsarchive.build.engine import Engine, Tally
from newsarchive.build.standstill import Standstill
from newsarchive.build.state import Damaged
from newsarchive.build.templates import Templates
from newsarchive.embargo import Cleared
from newsarchive.makeup import Plan
from newsarchive.proof import Proofs
from newsarchive.reading import Reading
from newsarchive.run import Run


class ArchiveGenerator(Generator):  # type: ignore[misc]
    """Reads what lies below ``content/``, then plans the whole site and writes what has changed.

    Where one is ``whole``, it does so whatever has changed.
    """

    whole = False

    def generate_context(self) -> None:
        """Read what changed since the last build; where plugins listen, everything."""
        gc.unfreeze()
        gc.disable()  # else it would search millions of living objects for dead ones
        self.run = Run.begin(self)
        try:
            self._reading = self._read()
        except (Damaged, sqlite3.DatabaseError):
            self._reading = self._read_anew()

    def _read(self) -> Reading:
        if self.run.heard:
            return reading.read_for_plugins(self.run, self)
        return reading.read(self.run, whole=self.whole)

    def _read_anew(self) -> Reading:
        self.run.state.discard()
        return self._read()

    def generate_output(self, _writer: Writer) -> None:
        """Assemble the catalog, plan the pages, and write those that changed."""
        try:
            tally, stories = self.build(self._reading)
        except (Damaged, sqlite3.DatabaseError):
            tally, stories = self.build(self._read_anew())
        finally:
            self.run.state.close()
            gc.freeze()
            gc.enable()
        self._report(tally, stories)

    def build(self, read: Reading) -> tuple[Tally, int]:
        """Make a site of what was read; gives what became of its files, and how many stories."""
        last = standstill.noted(self.run.state)
        if read.stands or read.retold or read.amended:
            reading.warn(last.warnings)
        if read.stands:
            return Tally(0, len(self.run.state.pages), 0), last.items
        proofs = self.proofread(read)
        tally = self._print(proofs)
        if read.amended:
            return tally, read.amended.items
        return tally, last.items if read.retold else len(proofs.edition.all_articles)

    def proofread(self, read: Reading) -> Proofs:
        """Assemble and plan the site; raises ContentFaults with all that is wrong by now."""
        run = self.run
        if read.amended:
            return self._amended(read, read.amended)
        with run.watch.phase("assemble"):
            if run.heard:
                read = reading.taken_back(run, read)
            cleared = embargo.cleared(read.filed, run.instant, run.settings)
            cleared = cleared._replace(filed=references.resolved(run, cleared.filed))
            found, misfits = makeup.assembled(run, cleared.filed)
            if not (read.unread and read.unread & run.inventory.of_kinds("topic", "person")):
                run.note(misfits)  # else nobody knows which names belong together
            if read.retold:
                found = retelling.threaded(found, read.retold)
            edition = makeup.edition(run, found, cleared.filed)
        with run.watch.phase("plan"):
            templates = Templates(self, makeup.shared(run, edition))
            withheld: AbstractSet[str] = frozenset()
            if read.retold:
                plan = makeup.plan_of_texts(run, edition, read.retold)
            else:
                withheld = references.withheld(run, cleared.unseen)
                articles = edition.all_articles
                copied = references.copied(run, articles, cleared.filed, withheld, read.unread)
                plan = makeup.plan(run, edition, copied, read.digests)
            proofs = Proofs(read, cleared, edition, templates, plan, withheld)
            proof.read(run, proofs)
            run.faults.raise_if_any()
        return proofs

    def _amended(self, read: Reading, amended: Amendment) -> Proofs:
        """Put together what was planned while reading, and proofread by that."""
        with self.run.watch.phase("plan"):
            shared = makeup.shared(self.run, amended.edition)
            templates = Templates(self, shared, amended.codes)
            plan = Plan(amended.pages, self.run.context["staticfiles"])
            self.run.faults.raise_if_any()
            cleared = Cleared((), (), amended.since, inf)
            return Proofs(read, cleared, amended.edition, templates, plan, frozenset())

    def _print(self, proofs: Proofs) -> Tally:
        """Write the pages that changed, and leave behind what the next build needs to know."""
        run, read, plan = self.run, proofs.reading, proofs.plan
        with run.watch.phase("plan"):
            spared = run.settings["OUTPUT_RETENTION"]
            engine = Engine(run.output, run.state, proofs.templates, run.pool, run.code, spared)
            if run.heard:
                job = engine.afresh(plan.pages)
            else:
                gone = read.amended.gone if read.amended else () if read.retold else None
                job = engine.compare(plan.pages, read.digests, run.lacking(), gone)
        with run.watch.phase("write", len(job.due), "pages") as step:
            engine.carry_out(job, step)
            if run.ledger and plan.register:  # else it says the same as after the last build
                registry.write(run.ledger, plan.register)
            # First, for a standstill vouches for it, whenever a build is killed.
            if read.amended:
                read.amended.carbon.again(proofs.edition).keep(run.state)
            elif not run.heard and not read.retold:
                carbon.keep(run.state, proofs.edition, proofs.cleared.filed, plan.elsewhere)
            standstill.note(run.state, standstill.NEVER if run.heard else self._standstill(proofs))
            if read.outdated:
                kept = (source.text for source in run.state.sources.values())
                used = (one.text.key for one in proofs.cleared.filed)
                run.state.drop_texts_but({*kept, *used})
        return job.tally

    def _standstill(self, proofs: Proofs) -> Standstill:
        """What the next build needs to see that nothing has changed."""
        run, cleared = self.run, proofs.cleared
        if proofs.reading.retold:
            last = standstill.noted(run.state)
            return last._replace(sources=run.state.seal, built=run.began)
        if amended := proofs.reading.amended:
            last = standstill.noted(run.state)
            since = max(last.since, cleared.since)
            return last._replace(
                sources=run.state.seal, built=run.began, since=since, items=amended.items
            )
        beside = makeup.used(run, proofs.edition, proofs.plan)
        return Standstill(
            run.state.seal,
            surroundings.digest(run, proofs.reading.surroundings, beside),
            run.began,
            cleared.since,
            cleared.until,
            beside,
            len(proofs.edition.all_articles),
            list(proofs.reading.warnings),
        )

    def _report(self, tally: Tally, stories: int) -> None:
        """Say in one line what was built; Pelican's own line counts what it has left to us."""
        count = "1 story" if stories == 1 else f"{stories:,} stories"
        hint = "" if self.run.site.address else "; make serve shows it"
        place = reader.shown_path(self.run.output)
        console.print(
            f"Built {count} in {place}/: {tally} in {self.run.watch}{hint}",
            highlight=False,
            soft_wrap=True,
        )
        if self.run.heard:
            console.print(
                f"Every page was made: a plugin or a setting uses {', '.join(self.run.heard)}, "
                "which the archive cannot follow from build to build",
                highlight=False,
                soft_wrap=True,
            )
        console.quiet = True
