"""The build of the archive, told in the order in which it happens."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from functools import cached_property, partial
from pathlib import Path
from urllib.parse import unquote

from jinja2 import StrictUndefined
from pelican import Pelican
from pelican.contents import Content
from pelican.contents import Page as PelicanPage
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator
from pelican.log import console
from pelican.readers import Readers
from pelican.writers import Writer

from newsarchive import settings as archive_settings
from newsarchive import theme
from newsarchive.article import header, intake, plates, reader, record
from newsarchive.article.article import Article, Picture, StandingPage
from newsarchive.build import images, plan, writer
from newsarchive.catalog import catalog
from newsarchive.catalog.addresses import Addresses
from newsarchive.catalog.group import Person, Topic
from newsarchive.errors import Fault, Faults, Misfit, PathClaimedTwice
from newsarchive.exports import pages, pictures
from newsarchive.exports.edition import Edition


def check_settings(pelican: Pelican) -> None:
    """Fail before anything is read where a setting is wrong."""
    archive_settings.read(pelican.settings)


def use_reader(readers: Readers) -> None:
    """Read Markdown the archive's way, and nothing else: other markup would not be sanitised."""
    for extension in ("rst", "htm", "html"):
        readers.reader_classes.pop(extension, None)
    markdown = reader.MarkdownReader(readers.settings)
    for extension in markdown.file_extensions:
        readers.reader_classes[extension] = lambda _settings: markdown  # one parser for all


def take_over_stories(generator: ArticlesGenerator) -> None:
    """Read stories the archive's way, and leave their pages to the archive's plan."""
    console.quiet = False  # again, where Pelican builds more than once
    generator.context.setdefault(intake.FAULTS, Faults())
    generator.context["archive_stories"] = generator
    generator.generate_context = partial(intake.read_stories, generator)
    generator.generate_output = _leave_to_the_plan


def take_over_pages(generator: PagesGenerator) -> None:
    """Do the same for the pages that stand beside the stories."""
    generator.context.setdefault(intake.FAULTS, Faults())
    generator.context["archive_pages"] = generator
    generator.generate_context = partial(intake.read_pages, generator)
    generator.generate_output = _leave_to_the_plan


def _leave_to_the_plan(_writer: Writer) -> None:
    """Write nothing: ArchiveGenerator writes every page."""


def generators(_pelican: Pelican) -> type[Generator]:
    """Add the archive's own generator to Pelican's."""
    return ArchiveGenerator


class ArchiveGenerator(Generator):  # type: ignore[misc]
    """Reads topics and people beside the stories, then plans and writes the whole site."""

    def generate_context(self) -> None:
        """Read what describes topics and people; Pelican has read stories and pages before."""
        self._site = archive_settings.read(self.settings)
        self._images = images.Store(
            archive_settings.cache(self.settings) / "pictures", Path(self.path)
        )
        self._addresses = Addresses(self.settings)
        self._topics = self._read("topics")
        self._people = self._read("people")

    def generate_output(self, _writer: Writer) -> None:
        """Assemble the catalog, plan the pages, and write them unless anything is wrong."""
        faults: Faults = self.context[intake.FAULTS]
        faults.raise_if_any()
        found, misfits = self._assemble()
        faults.extend(map(self._place, misfits))
        edition = self._edition(found)
        faults.raise_if_any()
        planned = [*pages.pages(edition), theme.stylesheet(Path(self.theme)), *self._drawn(edition)]
        clashes = plan.clashes([*planned, *self._copied()])
        if clashes:
            raise PathClaimedTwice("\n".join(map(str, clashes)))
        self._keep_originals(edition.all_articles)
        self._give_to_templates(edition)
        for name in sorted({page.template for page in planned if page.template}):
            self.get_template(name)  # so that a mistake in one stops the build before it writes
        written = writer.write(planned, Path(self.output_path), self.get_template)
        self._report(len(found.articles) + len(found.unlisted), written)

    def _report(self, stories: int, files: int) -> None:
        """Say in one line what was built; Pelican's own line counts what it has left to us."""
        count = "1 story" if stories == 1 else f"{stories:,} stories"
        hint = "" if self._site.address else "; make serve shows it"
        place = reader.shown_path(Path(self.output_path))
        console.print(f"Built {count}, {files:,} files in {place}/{hint}", highlight=False)
        console.quiet = True

    def _read(self, folder: str) -> list[Content]:
        return intake.read_contents(self, self.get_files([folder]), PelicanPage)

    def _assemble(self) -> tuple[catalog.Catalog, list[Misfit]]:
        stories = self.context["archive_stories"]
        return catalog.assemble(
            map(self._article, stories.articles),
            map(self._article, stories.hidden_articles),
            map(self._topic, self._topics),
            map(self._person, self._people),
            self._addresses,
        )

    def _html(self, content: Content) -> str:
        """A content's text with its links resolved; what leads nowhere is noted."""
        html, misfits = record.linked(content, self._site.root)
        self.context[intake.FAULTS].extend(map(self._place, misfits))
        return plates.sized(html, self._shown_size)

    def _shown_size(self, address: str) -> tuple[int, int] | None:
        """The size of a picture inside a text, where that is a file of the site."""
        url = unquote(address).removeprefix(f"{self._site.root}/")
        return images.shown_size(Path(self.path, self._files[url])) if url in self._files else None

    @cached_property
    def _files(self) -> dict[str, str]:
        """Where the files that Pelican copies come from, by their addresses."""
        files = self.context["static_content"].values()
        return {unquote(file.url): file.get_relative_source_path() for file in files}

    def _article(self, content: Content) -> Article:
        article = record.article(content, self._html(content))
        return self._measured(article, article.picture) if article.picture else article

    def _measured(self, article: Article, picture: Picture) -> Article:
        """Add to a story what its picture's file is."""
        try:
            measure = self._images.measure(picture.path)
        except images.NotAPicture as error:
            problem, _, cure = f'picture "{picture.path}" {error}'.rpartition("; ")
            misfit = Misfit(article.source_path, "picture", problem, cure)
            self.context[intake.FAULTS].extend([self._place(misfit)])
            return article
        return replace(article, picture=replace(picture, **asdict(measure)))

    def _topic(self, content: Content) -> Topic:
        known = content.metadata
        return Topic(
            slug=content.slug,
            name=content.title,
            url=content.url,
            aliases=known.get("aliases", ()),
            pairs=known.get("pairs", ()),
            summary=known.get("summary", ""),
            html=self._html(content),
            source_path=content.get_relative_source_path(),
        )

    def _person(self, content: Content) -> Person:
        return Person(
            slug=content.slug,
            name=content.title,
            url=content.url,
            spellings=content.metadata.get("spellings", ()),
            html=self._html(content),
            source_path=content.get_relative_source_path(),
        )

    def _place(self, misfit: Misfit) -> Fault:
        """Find the line of a misfit, which only the file itself tells."""
        path = Path(self.path, misfit.source_path)
        text = path.read_text(encoding="utf-8-sig")
        lines, _ = header.split(text, "", Faults())
        line = lines[misfit.key].line if misfit.key in lines else 1
        if misfit.key not in lines and misfit.key in text:
            line = text.count("\n", 0, text.index(misfit.key)) + 1
        return Fault(reader.shown_path(path), line, misfit.problem, misfit.cure)

    def _edition(self, found: catalog.Catalog) -> Edition:
        standing = self.context["archive_pages"]
        return Edition(
            self._site,
            found,
            self._addresses,
            self._addresses.indexes(),
            tuple(map(self._standing, standing.pages)),
            tuple(map(self._standing, standing.hidden_pages)),
            theme.press(Path(self.theme), self._site),
        )

    def _standing(self, content: Content) -> StandingPage:
        return StandingPage(
            title=content.title,
            url=content.url,
            save_as=content.save_as,
            source_path=content.get_relative_source_path(),
            html=self._html(content),
            summary=content.metadata.get("summary", ""),
            template=content.template,
        )

    def _copied(self) -> Iterable[plan.Page]:
        """The files that Pelican copies, which no page may take the place of."""
        for content in self.context["static_content"].values():
            yield plan.Page(content.save_as, source=content.get_relative_source_path())
        for path, place in theme.static_files(Path(self.theme)):
            yield plan.Page(place, source=reader.shown_path(path))

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

    def _keep_originals(self, articles: Iterable[Article]) -> None:
        """Copy no file that pages show in other forms, unless a text links to it.

        A camera writes into its files where it was; and no page would load them.
        """
        pictured = {article.picture.path for article in articles if article.picture}
        pictured -= {os.path.normpath(path) for path in self.context["static_links"]}
        files = self.context["staticfiles"]
        files[:] = [file for file in files if file.get_relative_source_path() not in pictured]

    def _give_to_templates(self, edition: Edition) -> None:
        """Put what every page may print where templates find it; escape it, and miss nothing."""
        self.env.autoescape = True
        self.env.undefined = StrictUndefined
        self.env.globals.update(
            site=edition.site,
            indexes=edition.indexes,
            masthead=tuple(map(edition.addresses.section, edition.site.sections)),
            standing=edition.standing,
            fonts=theme.awaited_fonts(Path(self.theme)),
        )
