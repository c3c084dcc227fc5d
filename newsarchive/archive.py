"""The build of the archive, told in the order in which it happens."""

import gc
import logging
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import nullcontext, suppress
from dataclasses import asdict, replace
from functools import cached_property
from itertools import chain
from math import inf
from pathlib import Path
from time import time_ns
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

from pelican.contents import Content
from pelican.contents import Page as PelicanPage
from pelican.generators import Generator
from pelican.log import console
from pelican.writers import Writer

from newsarchive import desk, proof, registry, theme
from newsarchive import settings as archive_settings
from newsarchive.article import intake, inventory, links, plates, reader, record
from newsarchive.article.article import Article
from newsarchive.build import fingerprint, images, plan, sources, standstill, writer
from newsarchive.build.engine import MARK, Engine, Tally, lacking
from newsarchive.build.fingerprint import Digests
from newsarchive.build.pool import aside, cpus
from newsarchive.build.progress import Watch
from newsarchive.build.standstill import Standstill
from newsarchive.build.state import Damaged, State, Text
from newsarchive.build.templates import Templates
from newsarchive.catalog import catalog
from newsarchive.catalog.addresses import Addresses
from newsarchive.desk import Desk, Filed
from newsarchive.errors import Faults, Misfit, PathClaimedTwice
from newsarchive.exports import lists, moved, pages, pictures
from newsarchive.exports.edition import Edition, House
from newsarchive.registry import Register

logger = logging.getLogger(__name__)

READING = "reading"  # a fact of the state: what posts were read by


class ArchiveGenerator(Generator):  # type: ignore[misc]
    """Reads what lies below ``content/``, then plans the whole site and writes what has changed."""

    def generate_context(self) -> None:
        """Read what changed since the last build; where plugins listen, everything."""
        self._watch = Watch(console)
        self._began = time_ns()
        self._idle = False
        self._retold: set[str] = set()  # the stories of which only the text has changed
        self._site = archive_settings.read(self.settings)
        self._pool = archive_settings.pool(self.settings, cpus())
        self._now = archive_settings.instant(os.environ)
        self._cache = archive_settings.cache(self.settings)
        self._ledger = archive_settings.place(self.settings, archive_settings.REGISTER)
        self._former = archive_settings.place(self.settings, archive_settings.FORMER)
        self._images = images.Store(self._cache / "pictures", Path(self.path))
        self._addresses = Addresses(self.settings)
        self._unread: AbstractSet[str] = set()  # posts that are faulty
        self._faults: Faults = self.context[intake.FAULTS]
        self._heard = intake.listening(self.settings)
        output = fingerprint.of_bytes(str(Path(self.output_path).resolve()).encode()).hex()
        gc.unfreeze()
        gc.disable()  # else it would search millions of living objects for dead ones
        inventory.begin(self)
        with self._watch.phase("look"):
            self._state = State(self._cache / f"state-{output[:12]}.sqlite")
        try:
            self._read()
        except (Damaged, sqlite3.DatabaseError):
            self._state.discard()
            self._read()

    def _read(self) -> None:
        """Have changed posts read, and take the records of all."""
        self._digests = Digests()
        self._code = fingerprint.of_code(Path(__file__).parent)
        with self._watch.phase("look"):
            self._inventory = inventory.of(self)
            self._faults.extend(self._inventory.faults)
        if self._heard:
            topics = self._inventory.of_kinds("topic", "person")
            self._contents = intake.read_contents(self, topics, PelicanPage)
            self._link_to_files()
            return
        with self._watch.phase("look"):
            self._reading = self._digests.of((self._code, self._readable()))
            if self._state.fact(READING) != self._reading.hex():
                self._state.forget_sources()
                self._state.note(READING, self._reading.hex())
            self._lacking = aside(lacking, Path(self.output_path), self._state.pages)
            looks = self._inventory.posts
            due = sources.changed(self._state, self.path, looks)
            gone = self._state.sources.keys() - looks.keys()
            self._beginning = self._looks()  # what changes after this is the next build's to see
            settled = not gone and not self._inventory.faults and self._nothing_else_changed()
            self._idle = settled and not due
            if self._idle:
                return
        before = {path: self._state.sources[path] for path in due if path in self._state.sources}
        self._outdated = bool(gone or before)
        with self._watch.phase("read", len(due), "files") as step:
            own = Desk(self.settings)
            for copies in self._pool.run(desk.read, own, due, desk.BATCH):
                desk.keep(self._state, looks, copies)
                self._faults.extend(fault for copy in copies for fault in copy.faults)
                step(len(copies))
        if gone:
            self._state.drop_sources(gone)
        if due or gone:
            self._state.seal_sources()
        self._unread = looks.keys() - self._state.sources.keys()
        with self._watch.phase("assemble"):
            filed = list(desk.filed(self._state, self.settings, self._digests))
            records = {path: source.seal for path, source in before.items()}
            if settled and self._only_texts(due, records, filed):
                self._retold = set(due)
            self._note(self._without_picture(filed))
            self._filed = list(self._with_links(filed))
            self._link_to_files()
            self._warn(list(chain.from_iterable(one.warnings for one in filed)))

    def _warn(self, warnings: list[str]) -> None:
        """Say what was found odd in posts, whether they were read now or in an earlier build."""
        self._warnings = warnings
        for warning in warnings:
            logger.warning("%s", warning)

    def _nothing_else_changed(self) -> bool:
        """Tell whether the last build was whole, and all but posts is as it was then."""
        last = standstill.noted(self._state)
        looks = self._looks_of(last.beside)
        digest = standstill.digest(self._reading, looks)
        return (
            last.sources == self._state.seal
            and last.holds(digest, looks.values(), self._now.timestamp())
            and not self._lacking()
        )

    def _only_texts(
        self, due: Iterable[str], records: Mapping[str, bytes], filed: Iterable[Filed]
    ) -> bool:
        """Tell whether of the posts that were read, stories all, nothing but the text has changed.

        A text that names other files has a say in what is copied.
        """
        now = self._state.sources
        if any(path not in now or records.get(path) != now[path].seal for path in due):
            return False
        plain = {one.item.source_path for one in filed if one.kind == "story" and not one.linked}
        return plain.issuperset(due)

    def _looks(self) -> dict[str, str]:
        """How the files look that are not posts: the theme's and all others."""
        themes = map(Path, (self.theme, *self.settings["THEME_TEMPLATES_OVERRIDES"]))
        others = self._inventory.others.items()
        return {
            **standstill.looks(themes, ()),
            **{f"{self.path}/{path}": look for path, look in others},
        }

    def _looks_of(self, beside: Iterable[str]) -> dict[str, str]:
        """How all files look that are not posts: the registers, which builds write, as of now."""
        registers = filter(None, (self._ledger, self._former))
        return {
            **standstill.looks((), map(Path, beside)),
            **self._beginning,
            **standstill.looks((), registers),
        }

    def _note_standstill(self, edition: Edition) -> None:
        """Leave behind what the next build needs to see that nothing has changed."""
        articles = edition.all_articles
        pictures = {article.picture.path for article in articles if article.picture}
        copied = {file.source_path for file in self.context["staticfiles"]}
        beside = sorted({*copied, *(str(Path(self.path, path)) for path in pictures)})
        looks = self._looks_of(beside)
        digest = standstill.digest(self._reading, looks)
        since, until = self._unchanging
        items, seal = len(articles), self._state.seal
        last = Standstill(seal, digest, self._began, since, until, beside, items, self._warnings)
        standstill.note(self._state, last)

    def _readable(self) -> dict[str, bytes]:
        """The settings as digests; one that cannot be seen into counts as changed.

        Where the registers are says nothing of what is read.
        """
        registers = {archive_settings.REGISTER, archive_settings.FORMER}
        return {
            name: self._digests.seen(value)
            for name, value in sorted(self.settings.items())
            if name not in registers
        }

    def _without_picture(self, filed: Iterable[Filed]) -> Iterator[Misfit]:
        """Find stories whose picture was taken away since they were read."""
        for one in filed:
            picture = one.item.picture if isinstance(one.item, Article) else None
            if picture and not one.withdrawn and not self._inventory.holds(picture.path):
                yield Misfit(one.item.source_path, "picture", *reader.no_picture(picture.path))

    def _with_links(self, filed: list[Filed]) -> Iterator[Filed]:
        """Give texts that name other files a content of Pelican's, which finds those.

        A link to what is not on the site would be dead, and tell of it.
        """
        if any(one.linked for one in filed):
            self.context["generated_content"].update(
                (one.item.source_path, one.item) for one in filed if self._on_the_site(one)
            )
            somewhere = SimpleNamespace(url="")  # of what has faults, nobody knows where
            self.context["generated_content"].update(dict.fromkeys(self._unread, somewhere))
        for one in filed:
            if not one.linked or one.withdrawn or not self._on_the_site(one):
                yield one
                continue
            item = one.item
            save_as = getattr(item, "save_as", f"{item.url}index.html")
            place = {"title": "", "slug": "", "url": item.url, "save_as": save_as}
            path = str(Path(self.path, item.source_path))
            content = PelicanPage(one.text.text, place, self.settings, path, self.context)
            self.context["static_links"] |= content.get_static_links()
            yield one._replace(content=content)

    def _link_to_files(self) -> None:
        """Have those files published that texts link to, where they are files of the archive."""
        self.context["static_links"] = set(
            filter(self._inventory.holds, self.context["static_links"])
        )

    def generate_output(self, _writer: Writer) -> None:
        """Assemble the catalog, plan the pages, and write those that changed."""
        try:
            tally = self._print()
        except (Damaged, sqlite3.DatabaseError):
            self._state.discard()
            self._read()
            tally = self._print()
        finally:
            self._state.close()
            gc.freeze()
            gc.enable()
        self._report(tally)

    def _print(self) -> Tally:
        if self._idle:
            last = standstill.noted(self._state)
            self._stories = last.items
            self._warn(last.warnings)
            return Tally(0, len(self._state.pages), 0)
        filed, edition, planned = self._proofread()
        with self._watch.phase("plan"):
            templates = Templates(self, self._shared(edition))
            engine = Engine(
                Path(self.output_path),
                self._state,
                templates,
                self._pool,
                self._code,
                self.settings["OUTPUT_RETENTION"],
            )
            if self._heard:
                job = engine.afresh(planned)
            else:
                job = engine.compare(
                    planned, self._digests, self._lacking(), all_of_it=not self._retold
                )
        with self._watch.phase("write", len(job.due), "pages") as step:
            engine.carry_out(job, step)
            if self._ledger and not self._retold:  # else it says the same as after the last build
                registry.write(self._ledger, self._register)
            if self._heard:
                standstill.note(self._state, standstill.NEVER)
            else:
                self._note_standstill(edition)
                if self._outdated:
                    kept = (source.text for source in self._state.sources.values())
                    self._state.drop_texts_but({*kept, *(one.text.key for one in filed)})
        self._stories = len(edition.all_articles)
        return job.tally

    def _proofread(self) -> tuple[list[Filed], Edition, list[plan.Page]]:
        """Assemble and plan the site; raises ContentFaults with all that is wrong by now."""
        with self._watch.phase("assemble"):
            filed = self._published()
            found, misfits = self._assemble(filed)
            if not self._unread & self._inventory.of_kinds("topic", "person"):
                self._note(misfits)  # else nobody knows which names belong together
            edition = self._edition(found, filed)
        with self._watch.phase("plan"):
            whole = not self._retold
            planned = (
                self._plan(edition, filed) if whole else list(pages.retold(edition, self._retold))
            )
            if not self._unread:  # else a link may lead to what is there once it is mended
                self._note(self._dead_links(filed, edition, planned))
            self._faults.raise_if_any()
        return filed, edition, planned

    def _dead_links(
        self, filed: list[Filed], edition: Edition, planned: list[plan.Page]
    ) -> Iterator[Misfit]:
        found = [(one.item.source_path, one.item.url, link) for one in filed for link in one.links]
        found = [one for one in found if not self._retold or "#" in one[-1]]
        if not found:
            return
        ground = proof.Ground(
            self._site,
            {page.path: page for page in planned},
            not self._retold,
            {story.save_as: edition.texts[story.source_path] for story in edition.all_articles},
            Templates(self, self._shared(edition)),
        )
        yield from ground.dead(found)

    def _note(self, misfits: Iterable[Misfit]) -> None:
        self._faults.extend(proof.placed(misfit, self.path) for misfit in misfits)

    def _report(self, tally: Tally) -> None:
        """Say in one line what was built; Pelican's own line counts what it has left to us."""
        count = "1 story" if self._stories == 1 else f"{self._stories:,} stories"
        hint = "" if self._site.address else "; make serve shows it"
        place = reader.shown_path(Path(self.output_path))
        console.print(
            f"Built {count} in {place}/: {tally} in {self._watch}{hint}",
            highlight=False,
            soft_wrap=True,
        )
        if self._heard:
            console.print(
                f"Every page was made: a plugin or a setting uses {', '.join(self._heard)}, "
                "which the archive cannot follow from build to build",
                highlight=False,
                soft_wrap=True,
            )
        console.quiet = True

    def _published(self) -> list[Filed]:
        """Every item that is on the site, its text with all links resolved."""
        every = self._every = list(self._by_plugins()) if self._heard else self._filed
        if self._heard and self._faults.found:
            self._unread = self._inventory.posts.keys() - {one.item.source_path for one in every}
        released = [(self._released(one), one) for one in every if one.published]
        now = self._now.timestamp()
        self._unchanging = (  # the instants between which the same is on the site
            max((time for time, _ in released if time <= now), default=-inf),
            min((time for time, _ in released if time > now), default=inf),
        )
        filed = [one for time, one in released if time <= now]
        unfinished = [one for one in filed if one.content and not one.withdrawn]
        resolved = [self._html(one.content) for one in unfinished]
        texts = self._state.keep_texts(resolved)
        finished = {
            one.item.source_path: one._replace(text=text, links=links.within(html, self._site))
            for one, text, html in zip(unfinished, texts, resolved, strict=True)
        }
        seen = {id(one) for one in filed if not one.withdrawn}
        self._unseen = [one for one in every if id(one) not in seen]
        return [
            one._replace(links=())
            if one.withdrawn
            else finished.get(one.item.source_path, one).whole
            for one in filed
        ]

    def _on_the_site(self, one: Filed) -> bool:
        """Tell whether an item is published, and neither dated ahead nor under embargo."""
        return one.published and self._released(one) <= self._now.timestamp()

    def _released(self, one: Filed) -> float:
        """From when on an item may be seen."""
        item = one.item
        if not isinstance(item, Article):
            return -inf
        if self.settings["WITH_FUTURE_DATES"]:  # which says nothing of embargoes
            return item.embargo.value.timestamp() if item.embargo else -inf
        return item.released.value.timestamp()

    def _by_plugins(self) -> Iterator[Filed]:
        """Pelican's contents, as plugins have left them, as items."""
        stories, standing = self.context["archive_stories"], self.context["archive_pages"]
        for content in (
            *(*stories.articles, *stories.hidden_articles, *stories.drafts, *stories.withdrawn),
            *(*standing.pages, *standing.hidden_pages, *standing.draft_pages),
            *self._contents,
        ):
            kind = reader.kind_of(content.get_relative_source_path(), self.settings)
            seen = content.status not in intake.UNSEEN
            html = content.get_content(self._site.root) if seen else ""
            item, _ = desk.written_up(content, kind, html)
            yield Filed(kind, item, Text(b"", ""), content=content)

    def _html(self, content: Content) -> str:
        """A content's text with its links resolved; what leads nowhere is noted."""
        html, misfits = record.linked(content, self._site.root)
        self._note(misfits)
        return plates.sized(html, self._shown_size)

    def _shown_size(self, address: str) -> tuple[int, int] | None:
        """The size of a picture inside a text, where that is a file of the site."""
        url = unquote(address).removeprefix(f"{self._site.root}/")
        return images.shown_size(Path(self.path, self._files[url])) if url in self._files else None

    @cached_property
    def _files(self) -> dict[str, str]:
        """Where the files that the site copies come from, by their addresses."""
        files = self.context["static_content"].values()
        return {unquote(file.url): file.get_relative_source_path() for file in files}

    def _assemble(self, filed: Iterable[Filed]) -> tuple[catalog.Catalog, list[Misfit]]:
        items: dict[str, list[Any]] = {kind: [] for kind in desk.KINDS}
        for one in filed:
            items[one.kind].append(one.item)
        stories = list(map(self._measured, items["story"]))
        return catalog.assemble(
            (story for story in stories if story.status == "published"),
            (story for story in stories if story.status == "hidden"),
            items["topic"],
            items["person"],
            self._addresses,
            withdrawn=(story for story in stories if story.status == "withdrawn"),
        )

    def _measured(self, article: Article) -> Article:
        """Add to a story what its picture's file is."""
        if article.picture is None or article.status == "withdrawn":
            return article
        if not self._inventory.holds(article.picture.path):  # which is a fault by now
            return replace(article, picture=None)
        try:
            measure = self._images.measure(article.picture.path)
        except images.NotAPicture as error:
            problem, _, cure = f'picture "{article.picture.path}" {error}'.rpartition("; ")
            self._note([Misfit(article.source_path, "picture", problem, cure)])
            return replace(article, picture=None)
        return replace(article, picture=replace(article.picture, **asdict(measure)))

    def _edition(self, found: catalog.Catalog, filed: Iterable[Filed]) -> Edition:
        press = theme.press(Path(self.theme), self._site)
        standing = [one.item for one in filed if one.kind == "page"]
        return Edition(
            House(self._site, self._addresses.indexes(), press.card),
            found,
            self._addresses,
            {one.item.source_path: one.text for one in filed},
            tuple(page for page in standing if page.status == "published"),
            tuple(page for page in standing if page.status == "hidden"),
            press,
        )

    def _plan(self, edition: Edition, filed: Iterable[Filed]) -> list[plan.Page]:
        """Plan every file of the site; no two may want one path."""
        for entry in edition.catalog.archive.entries:  # which says no more than its story
            self._digests.know(entry, self._digests.of(entry.article))
        self._withhold(edition.all_articles, filed)
        own = list(pages.pages(edition))
        planned = [
            *own,
            theme.stylesheet(Path(self.theme)),
            *self._drawn(edition),
            *self._copied(),
        ]
        places = moved.places(edition, planned, self._last.holders)
        self._note(places.misfits)
        planned += places.pages(edition)
        if self._ledger:
            leading = lists.redirects(edition)
            self._register = moved.entered(edition, own, places, leading, self._last)
        paths = {page.path for page in planned}
        if len(paths) < len(planned) or paths != self._state.pages.keys() - {MARK}:
            told = {fault.path for fault in self._faults.found}  # equal slugs are a fault by now
            found = (
                proof.placed(one, self.path) for one in proof.clashes(planned, self._inventory)
            )
            with suppress(PathClaimedTwice) if told else nullcontext():
                self._faults.extend(fault for fault in found if fault.path not in told)
        templates = {os.path.splitext(name)[0] for name in self.env.list_templates()}  # noqa: PTH122
        standing = (*edition.standing, *edition.hidden)
        self._note(proof.templates(edition.all_articles, templates))
        self._note(proof.templates(standing, templates))
        return planned

    @cached_property
    def _last(self) -> Register:
        """What the last release had."""
        return registry.read(self._former) if self._former else Register()

    def _copied(self) -> Iterator[plan.Page]:
        """Plan the files that are copied as they are."""
        for content in self.context["staticfiles"]:
            yield writer.copy(
                Path(content.source_path), content.save_as, content.get_relative_source_path()
            )
        for path, place in theme.static_files(Path(self.theme)):
            yield writer.copy(path, place, reader.shown_path(path))

    def _drawn(self, edition: Edition) -> Iterator[plan.Page]:
        """The pictures of stories in every form, and the cards; a theme's own icon stands."""
        yield from pictures.pages(edition.all_articles, self._images.rendition)
        if edition.press is None:
            return
        for page in edition.press.pages(self._images.kept):
            if not Path(self.theme, "static", Path(page.path).name).is_file():
                yield page
        if edition.site.story_cards:
            yield from edition.press.story_pages(edition.all_articles, self._images.kept)

    def _withhold(self, articles: Iterable[Article], filed: Iterable[Filed]) -> None:
        """Copy no file that pages show in other forms, nor one that only what is not seen names.

        A text that links to it has it copied all the same. A camera writes into its files where
        it was; and no page would load them.
        """
        self._withheld = set(chain.from_iterable(map(self._named, self._unseen)))
        held = {article.picture.path for article in articles if article.picture} | self._withheld
        linked = set(map(os.path.normpath, self.context["static_links"]))
        self._faults.extend(self._inventory.strays(held | linked, self._unread))
        for one in filed:
            if one.links:
                linked.update(self._led_to(one.links, one.item.url))
        held -= linked
        files = self.context["staticfiles"]
        files[:] = [file for file in files if file.get_relative_source_path() not in held]

    def _named(self, one: Filed) -> Iterator[str]:
        """The files that an item names which is not seen."""
        if isinstance(one.item, Article) and one.item.picture:
            yield one.item.picture.path
        if one.linked or one.content:
            yield from links.by_path(one.unresolved, one.item.source_path)
            yield from self._led_to(links.within(one.unresolved, self._site), one.item.url)
        else:
            yield from self._led_to(one.links, one.item.url)

    def _led_to(self, found: Iterable[str], url: str) -> Iterator[str]:
        """The files to which links lead that stand in the page at ``url``."""
        for link in found:
            with suppress(ValueError):
                target = links.target(link, url, self._site)
                if target and target.path in self._files:
                    yield self._files[target.path]

    def _shared(self, edition: Edition) -> dict[str, Any]:
        """What any template may refer to."""
        house = edition.house
        return {
            "site": house.site,
            "indexes": house.indexes,
            "masthead": tuple(map(edition.addresses.section, house.site.sections)),
            # Without their texts, which would be in every page's fingerprint.
            "standing": tuple(replace(page, html="") for page in edition.standing),
            "fonts": theme.awaited_fonts(Path(self.theme)),
        }
