"""The desk: what lies below ``content/`` becomes stories, pages, topics and people.

What was read once is kept, and read again only when its file has changed. A record is all that is
known of an item but its text, as JSON; the text is kept on its own, since few pages need it.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

import msgspec
from pelican.contents import Article as PelicanArticle
from pelican.contents import Content
from pelican.contents import Page as PelicanPage
from pelican.readers import (
    _filter_discardable_metadata,
    default_metadata,
    find_empty_alt,
    parse_path_metadata,
    path_metadata,
)

from newsarchive import settings as archive_settings
from newsarchive.article import links, reader, record
from newsarchive.article.article import Article, StandingPage
from newsarchive.build import fingerprint
from newsarchive.build.fingerprint import Digests
from newsarchive.build.state import Damaged, Source, State, Text
from newsarchive.build.templates import sendable
from newsarchive.catalog.group import Person, Topic
from newsarchive.errors import ContentFaults, Fault
from newsarchive.settings import Site

BATCH = 128  # files that a worker takes at a time

Item: TypeAlias = Article | StandingPage | Topic | Person

KINDS: Mapping[str, type[Any]] = {
    "story": Article,
    "page": StandingPage,
    "topic": Topic,
    "person": Person,
}


class Copy(NamedTuple):
    """What reading a file gave: its digest, a record and a text, or faults.

    A record holds the item, whether its text names other files, what was warned of, and where
    else the text leads on the site.
    """

    path: str
    hash: bytes
    record: bytes = b""
    text: str = ""
    faults: tuple[Fault, ...] = ()


class Filed(NamedTuple):
    """An item that was read, and its text.

    Where the text names other files, ``linked``, a ``content`` of Pelican's finds them; ``links``
    are then known only when it has.
    """

    kind: str
    item: Any
    text: Text
    linked: bool = False
    warnings: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    content: Content | None = None

    @property
    def published(self) -> bool:
        """Whether it is on the site at all; a link to what is not would tell of it."""
        return getattr(self.item, "status", "published") != "draft"

    @property
    def withdrawn(self) -> bool:
        """Whether it is a story of which nothing may be published any more."""
        return getattr(self.item, "status", "") == "withdrawn"

    @property
    def unresolved(self) -> str:
        """Its text as it was read, which names other files in Pelican's way."""
        return str(self.content._content) if self.content else self.text.text  # noqa: SLF001

    @property
    def whole(self) -> "Filed":
        """The same with its text in the item, but for a story, whose text few pages need."""
        if self.kind == "story":
            return self
        return self._replace(item=replace(self.item, html=self.text.text))


class Desk:
    """Who reads: by which settings, below which folder. A worker that is sent one can read too."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        # Whether a story is still under embargo is not the story's, but the build's to say.
        self.settings = {**settings, "WITH_FUTURE_DATES": True}
        self._markdown = reader.MarkdownReader(self.settings)

    def __getstate__(self) -> dict[str, Any]:
        return dict(sendable(self.settings))

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.settings = state
        self._markdown = reader.MarkdownReader(state)

    def read(self, path: str) -> Copy:
        """Read one file, given by its path below ``content/``."""
        kind = reader.kind_of(path, self.settings)
        with _LOG.listening() as warnings:
            try:
                item, text = self._item(path, kind)
            except ContentFaults as error:
                return Copy(path, b"", faults=error.faults)
        linked = "<img" in text or ("<a " in text and ("{" in text or "|" in text))
        found = () if linked else links.within(text, self._site)
        return Copy(path, self._markdown.digest, _encode((item, linked, warnings, found)), text)

    def _item(self, path: str, kind: str) -> tuple[Item, str]:
        """Do what Pelican's ``Readers.read_file`` does, for most stories without its contents."""
        full = f"{self.settings['PATH']}/{path}"
        html, known = self._markdown.post(full, kind)
        if "<img" in html:
            find_empty_alt(html, full)
        if kind != "story":
            return written_up(self._content(PelicanPage, path, html, known), kind, html)
        given = self._given_to_all
        if given is None:
            given = record.plain(self._given(path))
        named = None
        if not self._is_addressed:
            named = self._content(PelicanArticle, path, html, known).url_format
        return record.article({**given, **known}, path, html, self.settings, named)

    def _content(
        self, kind: type[Content], path: str, html: str, known: Mapping[str, Any]
    ) -> Content:
        metadata = {**self._given(path), **self._markdown.for_pelican(known)}
        return kind(html, metadata, self.settings, f"{self.settings['PATH']}/{path}")

    @cached_property
    def _site(self) -> Site:
        return archive_settings.read(self.settings)

    @cached_property
    def _is_addressed(self) -> bool:
        return record.is_addressed(self.settings)

    @cached_property
    def _given_to_all(self) -> dict[str, Any] | None:
        """What settings say of a story that says nothing itself; None where its path counts."""
        by_path = ("FILENAME_METADATA", "PATH_METADATA", "EXTRA_PATH_METADATA")
        if any(map(self.settings.get, (*by_path, "USE_FOLDER_AS_CATEGORY"))):
            return None
        return None if self.settings.get("DEFAULT_DATE") == "fs" else record.plain(self._given(""))

    def _given(self, path: str) -> dict[str, Any]:
        settings, process = self.settings, self._markdown.process_metadata
        return {
            **_filter_discardable_metadata(default_metadata(settings, process)),
            **path_metadata(f"{settings['PATH']}/{path}", path, settings),
            **_filter_discardable_metadata(parse_path_metadata(path, settings, process)),
        }


def read(desk: Desk, paths: Sequence[str]) -> list[Copy]:
    """Read files; the work of one batch."""
    return [desk.read(path) for path in paths]


_encode = msgspec.json.Encoder().encode


class _Log(logging.Handler):
    """Collects what is logged while a file is read: a worker has no console of its own."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._found.append(record.getMessage())

    @contextmanager
    def listening(self) -> Iterator[list[str]]:
        """Take all warnings for as long as this lasts, and nobody else."""
        root = logging.getLogger()
        usual, root.handlers, self._found = root.handlers, [self], []
        try:
            yield self._found
        finally:
            root.handlers = usual


_LOG = _Log()


def keep(state: State, looks: Mapping[str, str], copies: Iterable[Copy]) -> None:
    """Keep what was read for the next build; ``looks`` are the signatures of the files."""
    good = [copy for copy in copies if not copy.faults]
    texts = state.keep_texts(copy.text for copy in good)
    state.keep_sources(
        (
            Source(copy.path, looks[copy.path], copy.hash, text.key, fingerprint.of_bytes(record)),
            record,
        )
        for copy, text in zip(good, texts, strict=True)
        for record in (copy.record,)
    )


def filed(
    state: State,
    settings: Mapping[str, Any],
    digests: Digests,
    wanted: Collection[str] | None = None,
) -> Iterator[Filed]:
    """Every item that is kept, or those ``wanted``, in the order of the paths.

    Records are made known to ``digests``. Raises Damaged where one is none.
    """
    file = str(state.file)
    for source, kept in state.records(wanted):
        kind = reader.kind_of(source.path, settings)
        try:
            item, linked, warnings, found = _DECODERS[kind](kept)
        except msgspec.DecodeError as error:
            raise Damaged(str(error)) from error
        text = Text(source.text, file)
        digests.know(item, source.seal)
        digests.know(text, source.text)
        yield Filed(kind, item, text, linked, warnings, found)


_DECODERS = {
    kind: msgspec.json.Decoder(tuple[item, bool, tuple[str, ...], tuple[str, ...]]).decode  # type: ignore[valid-type]
    for kind, item in KINDS.items()
}


def written_up(content: Content, kind: str, html: str) -> tuple[Item, str]:
    """Make of Pelican's content an item without its text, and the text."""
    if kind == "story":
        known, path = record.known_of(content), content.get_relative_source_path()
        return record.article(known, path, html, content.settings, content.url_format)
    return _MAKERS[kind](content), html


def _topic(content: Content) -> Topic:
    known = content.metadata
    return Topic(
        slug=content.slug,
        name=content.title,
        url=content.url,
        aliases=known.get("aliases", ()),
        pairs=known.get("pairs", ()),
        summary=known.get("summary", ""),
        kind=known.get("kind", "subject"),
        broader=known.get("broader", ()),
        related=known.get("related", ()),
        media_topic=known.get("media_topic", ""),
        wikidata=known.get("wikidata", ""),
        coordinates=known.get("coordinates"),
        source_path=content.get_relative_source_path(),
    )


def _person(content: Content) -> Person:
    return Person(
        slug=content.slug,
        name=content.title,
        url=content.url,
        spellings=content.metadata.get("spellings", ()),
        source_path=content.get_relative_source_path(),
    )


def _standing(content: Content) -> StandingPage:
    return StandingPage(
        title=content.title,
        url=content.url,
        save_as=content.save_as,
        source_path=content.get_relative_source_path(),
        html="",
        summary=content.metadata.get("summary", ""),
        template=content.template,
        status=content.status,
    )


_MAKERS: Mapping[str, Callable[[Content], Item]] = {
    "page": _standing,
    "topic": _topic,
    "person": _person,
}
