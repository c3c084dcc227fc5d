"""Feeds: a group's newest stories as Atom, RSS 2.0 and JSON Feed 1.1."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from feedgenerator import Atom1Feed, Rss201rev2Feed

from newsarchive.article.article import Article
from newsarchive.catalog.group import Entries, Group
from newsarchive.exports import pictures
from newsarchive.exports.address import address
from newsarchive.exports.authors import authors_of
from newsarchive.settings import Site

# Where the feeds of each kind of group stand; a day, a month or a year has none to follow.
FOLDERS = {
    "topic": "tag",
    "pair": "tag",
    "section": "section",
    "person": "people",
    "place": "places",
}

# The group that the front's feed follows, for what needs to know where that feed is.
EVERYTHING = Group("archive", "", "", "", Entries())

NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # when a feed without stories last changed


class Paths(NamedTuple):
    """Where a feed's three files stand, relative to the site's root."""

    atom: str
    rss: str
    json: str


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says, whatever its format.

    ``id`` is permanent: it survives a change of address (see ``permanent_id``). ``url`` is the
    page that the feed follows, relative to the site's root; ``base`` the stem of the feed's files
    (see ``paths``). ``articles`` stand newest first and are all that the feed holds, each with
    its text in ``texts``, or with that of its own where there are none.
    """

    id: str
    title: str
    url: str
    base: str
    articles: tuple[Article, ...]
    site: Site
    description: str = ""
    texts: tuple[str, ...] = ()

    @property
    def items(self) -> Iterator[tuple[Article, str]]:
        """The stories with their texts."""
        return zip(
            self.articles, self.texts or (story.html for story in self.articles), strict=True
        )

    @property
    def updated(self) -> datetime:
        """The newest change of a story, so that an untouched feed keeps its bytes."""
        return max((article.changed.value for article in self.articles), default=NEVER)


def has_feed(group: Group) -> bool:
    """Tell whether a group can be followed."""
    return group.followed and (group.kind in FOLDERS or group.kind == EVERYTHING.kind)


def permanent_id(kind: str, slug: str) -> str:
    """The id of the feed of a kind of group: ``urn:uuid:…`` made of its kind and slug alone."""
    return uuid5(NAMESPACE_URL, f"newsarchive:{kind}:{slug}").urn


def paths(base: str) -> Paths:
    """The files of the feed with this stem: ``feeds/tag/north-korea.atom.xml`` and so on."""
    stem = f"feeds/{base}"
    return Paths(f"{stem}.atom.xml", f"{stem}.rss.xml", f"{stem}.json")


def base_of(group: Group) -> str:
    """The stem of the files of the feed that follows a group (see ``paths``)."""
    return "all" if group.kind == "archive" else f"{FOLDERS[group.kind]}/{group.slug}"


def feed_of(group: Group, site: Site) -> Feed:
    """The feed that follows a group's page: its newest stories, ``site.feed_items`` at most."""
    whole = group.kind == "archive"
    newest = group.entries[-site.feed_items :][::-1]
    return Feed(
        id=permanent_id(group.kind, group.slug),
        title=site.name if whole else f"{group.name} — {site.name}",
        url=group.url,
        base=base_of(group),
        articles=tuple(entry.article for entry in newest),
        site=site,
        description=site.subtitle if whole else _introduction(group),
    )


def _introduction(group: Group) -> str:
    """The topic's summary; a pair of topics has none of its own."""
    return group.topics[0].summary if group.kind == "topic" and group.topics else ""


def atom(feed: Feed) -> str:
    """The feed as Atom (RFC 4287)."""
    return _document(_Atom, feed, paths(feed.base).atom, feed.description)


def rss(feed: Feed) -> str:
    """The feed as RSS 2.0, which demands a description: the title where there is none."""
    return _document(_Rss, feed, paths(feed.base).rss, feed.description or feed.title)


def json_feed(feed: Feed) -> str:
    """The feed as JSON Feed 1.1."""
    site = feed.site
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": address(feed.url, site),
        "feed_url": address(paths(feed.base).json, site),
        "description": feed.description,
        "authors": [{"name": site.keeper}],
        "language": site.language,
        "items": [_json_item(article, text, site) for article, text in feed.items],
    }
    if not feed.description:
        del document["description"]
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"


def _json_item(article: Article, text: str, site: Site) -> dict[str, Any]:
    item = {
        "id": article.id,
        "url": address(article.url, site),
        "title": article.headline,
        "summary": article.standfirst,
        "image": address(pictures.image(article.picture).path, site) if article.picture else "",
        "date_published": article.date.timestamp,
        "date_modified": article.modified.timestamp if article.modified else "",
        "authors": [{"name": name} for name in authors_of(article)],
        "tags": _categories(article),
        "language": article.language,
    }
    known = {key: value for key, value in item.items() if value}
    # Required even where a story has no text.
    return known | {"content_html": _with_full_links(text, site)}


class _Dated:
    """Dates a feed by its stories; feedgenerator dates an empty one by the clock."""

    feed: dict[str, Any]

    def latest_post_date(self) -> datetime:
        updated: datetime = self.feed["updated"]
        return updated


class _Atom(_Dated, Atom1Feed):  # type: ignore[misc]
    """Adds what feedgenerator's Atom lacks: several authors, the language, a plain summary."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:  # noqa: ANN401
        super().add_item_elements(handler, item)
        for name in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")
        if item["standfirst"]:
            handler.addQuickElement("summary", item["standfirst"])


class _Rss(_Dated, Rss201rev2Feed):  # type: ignore[misc]
    """Adds what feedgenerator's RSS lacks: several authors and the whole text."""

    def rss_attributes(self) -> dict[str, str]:
        namespaces = {
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
        }
        return {**super().rss_attributes(), **namespaces}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:  # noqa: ANN401
        super().add_item_elements(handler, item)
        for name in item["authors"]:
            handler.addQuickElement("dc:creator", name)
        if item["standfirst"]:
            # Readers take a description for HTML, so plain text is escaped once more.
            handler.addQuickElement("description", html.escape(item["standfirst"], quote=False))
        handler.addQuickElement("content:encoded", item["content"])


def _document(kind: type[_Atom | _Rss], feed: Feed, path: str, description: str) -> str:
    site = feed.site
    writer = kind(
        title=feed.title,
        link=address(feed.url, site),
        description=description,
        language=site.language,
        author_name=site.keeper,
        feed_url=address(path, site),
        feed_guid=feed.id,
        updated=feed.updated,
    )
    for article, content in feed.items:
        writer.add_item(**_item(article, content, site))
    text: str = writer.writeString("utf-8")
    return text + "\n"


def _item(article: Article, text: str, site: Site) -> dict[str, Any]:
    return {
        "title": article.headline,
        "link": address(article.url, site),
        "description": None,  # would be taken for HTML: the formats above write the standfirst
        "standfirst": article.standfirst,
        "content": _with_full_links(text, site),
        "unique_id": article.id,
        "unique_id_is_permalink": False,
        "pubdate": article.date.value,
        "updateddate": article.changed.value,
        "authors": authors_of(article),
        "categories": _categories(article),
        "item_copyright": article.rights_holder or None,
        "language": article.language,
    }


def _categories(article: Article) -> list[str]:
    """The story's section and tags, each once."""
    return [word for word in dict.fromkeys((article.section, *article.tags)) if word]


# A tag as a sanitiser writes it: quotes are double, and text holds no bare "<".
_TAG = re.compile(r'<[a-zA-Z][^<>"]*(?:"[^"]*"[^<>"]*)*>')
_ROOTED = re.compile(r'(?<=\s)(href|src)="(?=/(?!/))')


def _with_full_links(text: str, site: Site) -> str:
    """The text with links that start at the site's root made whole, for readers elsewhere."""
    if '="/' not in text or not site.address:
        return text  # nearly every story
    origin = site.address.removesuffix(site.root)

    def whole(tag: re.Match[str]) -> str:
        return _ROOTED.sub(rf'\1="{origin}', tag[0])

    return _TAG.sub(whole, text)
