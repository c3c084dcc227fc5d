"""A Markdown file becomes HTML and metadata that Pelican can make a content of."""

import logging
import os
import posixpath
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from pelican.contents import Author, Category, Tag
from pelican.readers import BaseReader, Readers
from pelican.utils import slugify

from newsarchive import settings as archive_settings
from newsarchive.article import forms, header, markup, metadata
from newsarchive.build import fingerprint, sources
from newsarchive.errors import ContentFaults, Fault, Faults
from newsarchive.settings import Site
from newsarchive.wire import byline, wirecopy
from newsarchive.wire.importer import cut_at_a_word

logger = logging.getLogger(__name__)

LARGEST = 10_000_000  # bytes of a post
_USUAL = 1 << 16  # bytes, more than most posts have
_ORDINARY = bytes((*b"\t\n", *range(32, 127)))  # what needs no second look in a text

FOLDERS = {"topics": "topic", "people": "person"}


def kind_of(path: str, settings: Mapping[str, Any]) -> str:
    """Tell by its folder below ``content/`` what a file describes."""
    folder = path.partition("/")[0]
    return "page" if folder in settings["PAGE_PATHS"] else FOLDERS.get(folder, "story")


def suffixes(settings: Mapping[str, Any]) -> set[str]:
    """By which suffixes files are posts: Markdown's, and those of readers that a setting adds."""
    added = {suffix for suffix, own in settings["READERS"].items() if own}
    return {*MarkdownReader.file_extensions, *added}


def use(readers: Readers) -> None:
    """Read Markdown the archive's way, and nothing else: other markup would not be sanitised."""
    markdown = MarkdownReader(readers.settings)
    for known in (readers.reader_classes, readers.readers):
        for extension in ("rst", "htm", "html"):
            known.pop(extension, None)
    for extension in markdown.file_extensions:
        readers.reader_classes[extension] = lambda _settings: markdown  # one parser for all
        readers.readers[extension] = markdown


class MarkdownReader(BaseReader):  # type: ignore[misc]
    """Reads a Markdown post with the archive's metadata and markup instead of Pelican's.

    Its name tells Pelican which kind of reader it is. One parser serves all files. Raises
    ContentFaults with everything that is wrong with a file. ``digest`` is that of the file that
    was read last.
    """

    digest = b""
    enabled = True
    file_extensions = ("md", "markdown", "mkd", "mdown")

    # Pelican makes readers for each of its generators, and most builds read nothing.
    @cached_property
    def _site(self) -> Site:
        return archive_settings.read(self.settings)

    @cached_property
    def _dialect(self) -> markup.Dialect:
        return markup.dialect(_markdown_options(self.settings["MARKDOWN"]), self._site.root)

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Read one file into HTML and the metadata that Pelican makes a content of."""
        kind = kind_of(source_path.removeprefix(f"{self.settings['PATH']}/"), self.settings)
        html, values = self.post(source_path, kind)
        return html, self.for_pelican(values)

    def post(self, source_path: str, kind: str) -> tuple[str, dict[str, Any]]:
        """Read one file into HTML and the values of its metadata."""
        faults = Faults()
        shown = shown_path(source_path)
        data = _bytes(source_path, shown)
        self.digest = fingerprint.of_bytes(data)
        text = _text(data, shown, faults)
        lines, body = header.split(text, shown, faults)
        values = metadata.read(lines, kind, shown, self._site, faults)
        self._check_picture(values, lines, shown, faults)
        if kind in {"topic", "person"}:
            values.update(self._address(kind, Path(source_path).stem, shown, faults))
        faults.raise_if_any()
        if kind == "story" and not body.strip():
            logger.warning("%s: the story has no text", shown)
        if "slug" not in values:
            values["slug"] = self._slug(values)
        values.update(_place(values))
        if names := values.pop("author", ()) or values.get("authors") or _signed(values):
            values["authors"] = names
        return self._render(body, shown, text), values

    def _render(self, body: str, path: str, post: str) -> str:
        """Turn a text into HTML; it stands in a ``post``, below the metadata."""
        cure = "simplify it, or split the story in two"
        try:
            return markup.render(self._dialect, body)
        except markup.Refused as refusal:
            problem, _, cure = str(refusal).rpartition("; ")
            words = refusal.words
        except RecursionError:
            problem, words = "the text is nested too deep", ""
        except Exception as error:  # noqa: BLE001  # of a parser with extensions, whatever they do
            problem, words = f"the text cannot be read ({error!r})", ""
        del self._dialect  # in which a broken-off text may have left anything
        above = post.count("\n") - body.count("\n")
        found = re.search(rf"(?<!\w){re.escape(words[:40])}", body)
        line = above + body.count("\n", 0, found.start() if found else 0) + 1
        raise ContentFaults([Fault(path, line, problem, cure)])

    def _check_picture(
        self, values: dict[str, Any], lines: dict[str, header.Value], path: str, faults: Faults
    ) -> None:
        picture = values.get("picture")
        if values.get("status") == "withdrawn":
            return  # its picture may well have been taken away with it
        if picture and not sources.is_within(self.settings["PATH"], posixpath.normpath(picture)):
            faults.add(path, lines["picture"].line, *no_picture(picture))

    def _address(self, kind: str, name: str, path: str, faults: Faults) -> dict[str, str]:
        """Give a topic or a person the address of its tag or author, by its file's name."""
        try:
            forms.check_slug(name)
        except ValueError as error:
            problem, _, cure = f"the file's name {error}".rpartition("; ")
            faults.add(path, 1, problem, cure)
        prefix = {"topic": "TAG", "person": "AUTHOR"}[kind]
        url, save_as = (self.settings[f"{prefix}_{form}"] for form in ("URL", "SAVE_AS"))
        return {"slug": name, "url": url.format(slug=name), "save_as": save_as.format(slug=name)}

    def _slug(self, values: dict[str, Any]) -> str:
        """Derive a slug from the title as Pelican does, short enough for a disk and never empty."""
        slug: str = slugify(
            values["title"],
            regex_subs=self.settings["SLUG_REGEX_SUBSTITUTIONS"],
            preserve_case=self.settings["SLUGIFY_PRESERVE_CASE"],
            use_unicode=self.settings["SLUGIFY_USE_UNICODE"],
        )
        if slug in {"", "page"}:
            known = values.get("id") or uuid5(NAMESPACE_URL, f"{values['title']}").urn
            slug = known.removeprefix("urn:uuid:")
        return cut_at_a_word(slug, forms.LONGEST_SLUG)

    def for_pelican(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Put values into the types that Pelican and its plugins expect, ours beside them."""
        moments = {key: values[key] for key in metadata.MOMENTS if key in values}
        pelicans: dict[str, Any] = {
            **values,
            **{key: moment.value for key, moment in moments.items()},
            "moments": moments,
        }
        if "authors" in values:
            pelicans["authors"] = [Author(name, self.settings) for name in values["authors"]]
        if "category" in values:
            pelicans["category"] = Category(values["category"], self.settings)
        if "tags" in values:
            pelicans["tags"] = [Tag(name, self.settings) for name in values["tags"]]
        return pelicans


def no_picture(path: str) -> tuple[str, str]:
    """Say what is wrong with a story whose picture is not there, and the cure."""
    return f'no picture "{path}" below content/', "put it there, or correct the path"


def _signed(values: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(part.name for part in byline.parse(values.get("byline", "")))


def _place(values: Mapping[str, Any]) -> dict[str, str]:
    """Complete an address of a page's own: where it is written, or where that is found."""
    if "save_as" in values and "url" not in values:
        return {"url": values["save_as"].removesuffix("index.html")}
    if "url" in values and "save_as" not in values:
        url = values["url"]
        return {"save_as": f"{url}index.html" if url.endswith("/") else url}
    return {}


def _markdown_options(setting: Mapping[str, Any]) -> dict[str, Any]:
    """Name every configured extension, as Pelican's own reader does."""
    extensions = [*setting.get("extensions", ()), *setting.get("extension_configs", {})]
    return {**setting, "extensions": list(dict.fromkeys(extensions))}


def shown_path(path: str | Path) -> str:
    """Name a file as the person at the keyboard would: from the current folder, if it is below."""
    return str(path).removeprefix(f"{os.getcwd()}/")  # noqa: PTH109  # a tenth of the time, once a post


def _bytes(file: str, path: str) -> bytes:
    try:
        descriptor = os.open(file, os.O_RDONLY)  # in half the time that Path or open() takes
        try:
            data = b""
            while len(data) <= LARGEST and (part := os.read(descriptor, _USUAL)):
                data += part
        finally:
            os.close(descriptor)
    except OSError as error:
        problem = f"the file cannot be read ({error.strerror})"
        fault = Fault(path, 1, problem, "make it readable, or take it out")
        raise ContentFaults([fault]) from None
    if len(data) > LARGEST:
        problem = f"the file has more than {LARGEST // 1_000_000} million bytes"
        raise ContentFaults([Fault(path, 1, problem, "split the story in two")])
    return data


def _text(data: bytes, path: str, faults: Faults) -> str:
    if not data.translate(None, _ORDINARY):
        return data.decode()  # in a third of the time
    try:
        text = data.decode().removeprefix("\ufeff")
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
