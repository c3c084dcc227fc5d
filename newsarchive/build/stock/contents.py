"""Pelican's contents, quicker: the same answers, each worked out once while nothing can change."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from os.path import abspath, normpath
from typing import Any

from pelican import contents, urlwrappers
from pelican.settings import DEFAULT_CONFIG

# While pages are rendered, and nobody but templates is at work, this is set to some object.
_quiet: ContextVar["Quiet | None"] = ContextVar("quiet", default=None)

_NOTHING = (object(), None)
_LINKS = DEFAULT_CONFIG["INTRASITE_LINK_REGEX"]


class Quiet:
    """A time in which nothing changes."""


@contextmanager
def quiet(time: Quiet) -> Iterator[None]:
    """Let contents keep what they work out, for as long as nothing can change."""
    token = _quiet.set(time)
    try:
        yield
    finally:
        _quiet.reset(token)


def is_quiet() -> bool:
    """Whether nothing can change."""
    return _quiet.get() is not None


def _once(base: type, name: str) -> property:
    """A property of ``base`` that is worked out once while all is quiet."""
    place = f"_once_{name}"

    def get(self: Any) -> Any:  # noqa: ANN401  # any content, any value
        now = _quiet.get()
        if now is None:
            return getattr(base, name).fget(self)
        when, value = getattr(self, place, _NOTHING)
        if when is not now:
            value = getattr(base, name).fget(self)
            setattr(self, place, (now, value))
        return value

    return property(get)


class _Linking(contents.Content):  # type: ignore[misc]
    """What all contents do more often than they need to."""

    def get_relative_source_path(self, source_path: str | None = None) -> str | None:
        """Where the source is below the content's folder."""
        path, root = source_path or self.source_path, self.settings["PATH"]
        if path and path.startswith(folder := _normal(root)) and normpath(path) == path:
            return str(path)[len(folder) :]
        return super().get_relative_source_path(source_path)  # type: ignore[no-any-return]

    def get_static_links(self) -> set[str]:
        """The files that the text links to."""
        return super().get_static_links() if self._may_link(self._content) else set()

    def _update_content(self, content: str, siteurl: str) -> str:
        if content and not self._may_link(content):
            return content
        return super()._update_content(content, siteurl)  # type: ignore[no-any-return]

    def _may_link(self, text: str) -> bool:
        return "{" in text or "|" in text or self.settings["INTRASITE_LINK_REGEX"] != _LINKS


@lru_cache(maxsize=8)
def _normal(root: str) -> str:
    folder = abspath(root)  # noqa: PTH100  # as Pelican does, which follows no links
    return folder if folder.endswith("/") else f"{folder}/"


class Article(_Linking, contents.Article):  # type: ignore[misc]
    """An article of Pelican's."""

    url = _once(contents.Article, "url")
    save_as = _once(contents.Article, "save_as")


class Page(_Linking, contents.Page):  # type: ignore[misc]
    """A page of Pelican's."""

    url = _once(contents.Page, "url")
    save_as = _once(contents.Page, "save_as")


class _Wrapper(urlwrappers.URLWrapper):  # type: ignore[misc]
    """A name with an address; equal, as in Pelican, to any of its kind with that slug."""

    # Beside the dictionary, which Pelican fills addresses from.
    __slots__ = ("_once_page_name", "_once_save_as", "_once_url")

    kind: type = urlwrappers.URLWrapper

    url = _once(urlwrappers.URLWrapper, "url")
    save_as = _once(urlwrappers.URLWrapper, "save_as")
    page_name = _once(urlwrappers.URLWrapper, "page_name")

    __hash__ = urlwrappers.URLWrapper.__hash__

    def __eq__(self, other: object) -> bool:
        if isinstance(other, self.kind):
            return bool((self._slug or self.slug) == (other._slug or other.slug))  # type: ignore[attr-defined]
        return super().__eq__(other)  # type: ignore[no-any-return]

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __lt__(self, other: object) -> bool:
        if isinstance(other, self.kind):
            return bool(self.slug < other.slug)  # type: ignore[attr-defined]
        return super().__lt__(other)  # type: ignore[no-any-return]


class Category(_Wrapper, urlwrappers.Category):  # type: ignore[misc]
    """A category of Pelican's."""

    kind = urlwrappers.Category


class Tag(_Wrapper, urlwrappers.Tag):  # type: ignore[misc]
    """A tag of Pelican's."""

    kind = urlwrappers.Tag


class Author(_Wrapper, urlwrappers.Author):  # type: ignore[misc]
    """An author of Pelican's."""

    kind = urlwrappers.Author
