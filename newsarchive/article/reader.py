"""Where the archive meets Pelican's reading: files in, Pelican's contents and our Articles out."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from blinker import Signal
from pelican.contents import Article as PelicanArticle
from pelican.contents import Author, Category, Content, SkipStub, Tag
from pelican.contents import Page as PelicanPage
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator
from pelican.plugins import signals
from pelican.readers import BaseReader

from newsarchive import settings as archive_settings
from newsarchive.article import header, markup, metadata
from newsarchive.article.article import Article, Picture
from newsarchive.errors import ContentFaults, Faults
from newsarchive.moment import Moment
from newsarchive.wire import byline, credits, dateline, gazetteer, wirecopy
from newsarchive.wire.contribution import Contribution

FAULTS = "archive_faults"  # where the run's context keeps its Faults


class MarkdownReader(BaseReader):  # type: ignore[misc]
    """Reads a Markdown post with the archive's metadata and markup instead of Pelican's.

    Its name tells Pelican which kind of reader it is. One parser serves all files. Raises
    ContentFaults with everything that is wrong with a file.
    """

    enabled = True
    file_extensions = ("md", "markdown", "mkd", "mdown")

    def __init__(self, settings: dict[str, Any]) -> None:
        super().__init__(settings)
        self._site = archive_settings.read(settings)
        self._markdown = markup.dialect(_markdown_options(settings["MARKDOWN"]))

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Read one file into HTML and the metadata that Pelican makes a content of."""
        faults = Faults()
        path = Path(source_path)
        shown = shown_path(path)
        kind = self._kind(path)
        lines, body = header.split(_decode(path.read_bytes(), shown, faults), shown, faults)
        values = metadata.read(lines, kind, shown, self._site, faults)
        self._check_picture(values, lines, shown, faults)
        faults.raise_if_any()
        values.update(self._address(kind, path.stem))
        return markup.render(self._markdown, body), self._for_pelican(values)

    def _kind(self, path: Path) -> str:
        """Tell by its folder what a file describes."""
        folder = path.relative_to(self.settings["PATH"]).parts[0]
        if folder in self.settings["PAGE_PATHS"]:
            return "page"
        return {"topics": "topic", "people": "person"}.get(folder, "story")

    def _check_picture(
        self, values: dict[str, Any], lines: dict[str, header.Value], path: str, faults: Faults
    ) -> None:
        picture = values.get("picture")
        if picture and not Path(self.settings["PATH"], picture).is_file():
            problem = f'no picture "{picture}" below content/'
            faults.add(path, lines["picture"].line, problem, "put it there, or correct the path")

    def _address(self, kind: str, name: str) -> dict[str, str]:
        """Give a topic or a person the address of its tag or author, by its file's name."""
        prefix = {"topic": "TAG", "person": "AUTHOR"}.get(kind)
        if prefix is None:
            return {}
        url, save_as = (self.settings[f"{prefix}_{form}"] for form in ("URL", "SAVE_AS"))
        return {"slug": name, "url": url.format(slug=name), "save_as": save_as.format(slug=name)}

    def _for_pelican(self, values: dict[str, Any]) -> dict[str, Any]:
        """Put values into the types that Pelican and its plugins expect, ours beside them."""
        names = values.pop("author", ()) or values.get("authors", ())
        if not names:
            names = tuple(part.name for part in byline.parse(values.get("byline", "")))
        moments = {key: values[key] for key in ("date", "modified") if key in values}
        pelicans: dict[str, Any] = {
            **values,
            **{key: moment.value for key, moment in moments.items()},
            "moments": moments,
        }
        if names:
            pelicans["authors"] = [Author(name, self.settings) for name in names]
        if "category" in values:
            pelicans["category"] = Category(values["category"], self.settings)
        if "tags" in values:
            pelicans["tags"] = [Tag(name, self.settings) for name in values["tags"]]
        return pelicans


def _markdown_options(setting: Mapping[str, Any]) -> dict[str, Any]:
    """Name every configured extension, as Pelican's own reader does."""
    extensions = [*setting.get("extensions", ()), *setting.get("extension_configs", {})]
    return {**setting, "extensions": list(dict.fromkeys(extensions))}


def shown_path(path: Path) -> str:
    """Name a file as the person at the keyboard would: from the current folder, if it is below."""
    current = Path.cwd()
    return str(path.relative_to(current) if path.is_relative_to(current) else path)


def _decode(data: bytes, path: str, faults: Faults) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = f"byte {error.start} is not UTF-8 ({error.reason})"
        faults.add(path, line, problem, "save the file as UTF-8")
        raise ContentFaults(faults.found) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for line, character in wirecopy.control_characters(text):
        problem = f"control character U+{ord(character):04X}"
        faults.add(path, line, problem, "take it out of the text")
    return text


def read_stories(generator: ArticlesGenerator) -> None:
    """Do what ``ArticlesGenerator.generate_context`` does, in linear time, with every fault kept.

    Pelican's own way logs a post that it cannot read and publishes the site without it; and it
    looks every story up in a list once a period.
    """
    contents = read_contents(
        generator,
        generator.get_files(
            generator.settings["ARTICLE_PATHS"], exclude=generator.settings["ARTICLE_EXCLUDES"]
        ),
        PelicanArticle,
        (signals.article_generator_preread, signals.article_generator_context),
    )
    contents.sort(key=lambda content: (content.date, content.slug), reverse=True)
    generator.articles = [story for story in contents if story.status == "published"]
    generator.hidden_articles = [story for story in contents if story.status == "hidden"]
    generator.drafts = [story for story in contents if story.status == "draft"]
    signals.article_generator_pretaxonomy.send(generator)
    for story in generator.articles:
        generator.categories[story.category].append(story)
        for tag in getattr(story, "tags", ()):
            generator.tags[tag].append(story)
        for author in getattr(story, "authors", ()):
            generator.authors[author].append(story)
    generator.dates = list(generator.articles)
    generator.categories = sorted(generator.categories.items())
    generator.authors = sorted(generator.authors.items())
    generator._update_context(  # noqa: SLF001  # what Pelican's own generators call
        ("articles", "drafts", "hidden_articles", "dates", "tags", "categories", "authors")
    )
    signals.article_generator_finalized.send(generator)


def read_pages(generator: PagesGenerator) -> None:
    """Do what ``PagesGenerator.generate_context`` does, with every fault kept."""
    contents = read_contents(
        generator,
        generator.get_files(
            generator.settings["PAGE_PATHS"], exclude=generator.settings["PAGE_EXCLUDES"]
        ),
        PelicanPage,
        (signals.page_generator_preread, signals.page_generator_context),
    )
    generator.pages = [page for page in contents if page.status == "published"]
    generator.hidden_pages = [page for page in contents if page.status == "hidden"]
    generator.draft_pages = [page for page in contents if page.status == "draft"]
    generator._update_context(("pages", "hidden_pages", "draft_pages"))  # noqa: SLF001  # as above
    signals.page_generator_finalized.send(generator)


def read_contents(
    generator: Generator,
    paths: set[str],
    content_class: type[Content],
    told: tuple[Signal | None, Signal | None] = (None, None),
) -> list[Content]:
    """Read files, in the order of their names; what is wrong goes to the run's Faults."""
    contents = []
    for path in sorted(paths):
        try:
            content = generator.readers.read_file(
                base_path=generator.path,
                path=path,
                content_class=content_class,
                context=generator.context,
                preread_signal=told[0],
                preread_sender=generator,
                context_signal=told[1],
                context_sender=generator,
            )
        except ContentFaults as error:
            generator.context[FAULTS].extend(error.faults)
            continue
        if not isinstance(content, SkipStub):
            contents.append(content)
            generator.add_source_path(content)
            generator.add_static_links(content)
    return contents


def article(content: PelicanArticle, root: str) -> Article:
    """Make the record of a story out of Pelican's content, links in its text resolved.

    ``root`` is the path that links begin with, ``Site.root``.
    """
    known = content.metadata
    moments: dict[str, Moment] = known["moments"]
    leader = dateline.parse(known["dateline"]) if "dateline" in known else None
    authors = tuple(author.name for author in getattr(content, "authors", ()))
    source = known.get("source") or (leader.agency if leader else "") or _agency(authors)
    html = content.get_content(root)
    return Article(
        id=known.get("id") or uuid5(NAMESPACE_URL, f"newsarchive:story:{content.slug}").urn,
        slug=content.slug,
        headline=content.title,
        date=moments["date"],
        modified=moments.get("modified"),
        url=content.url,
        save_as=content.save_as,
        source_path=content.get_relative_source_path(),
        html=markup.run_in(html, known.get("dateline", "")),
        lead=markup.lead(html),
        section=content.category.name,
        tags=tuple(tag.name for tag in getattr(content, "tags", ())),
        status=content.status,
        authors=authors,
        contributions=_contributions(known, authors, source),
        dateline=leader,
        source=source,
        language=content.lang,
        picture=_picture(known),
        supplied=known.get("supplied", ()),
        template=content.template,
        **{key: known.get(key, "") for key in _VERBATIM},
    )


_VERBATIM = (
    *("summary", "slugline", "advisory", "byline", "credits"),
    *("source_url", "rights", "series", "date_note"),
)


def _agency(authors: tuple[str, ...]) -> str:
    return next(filter(gazetteer.is_agency, authors), "")


def _contributions(
    known: Mapping[str, Any], authors: tuple[str, ...], source: str
) -> tuple[Contribution, ...]:
    """Tell who did what; an organisation that signs a story is its source, not a person."""
    written = byline.parse(known.get("byline", ""))
    if not written:
        written = tuple(Contribution(name, "Byline") for name in authors)
    signed = credits.parse(known["credits"]) if "credits" in known else ()
    parts = (*written, *signed)
    return tuple(
        part for part in parts if part.name != source and not gazetteer.is_agency(part.name)
    )


def _picture(known: Mapping[str, Any]) -> Picture | None:
    if "picture" not in known:
        return None
    return Picture(
        url=known["picture"],
        alternative=known.get("picture_alt", ""),
        caption=known.get("picture_caption", ""),
        credit=known.get("picture_credit", ""),
    )
