"""Tags and the topics behind them."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping

from newsarchive.article.article import Article
from newsarchive.catalog.addresses import can_stand
from newsarchive.catalog.group import Entry, Group, Topic
from newsarchive.catalog.hierarchy import Hierarchy
from newsarchive.errors import Misfit

_PUNCTUATION = re.compile(r"[^\w\s]+|_+")


def of_tags(
    articles: Iterable[Article], known: Mapping[str, Topic], plain: Callable[[str], Topic]
) -> tuple[dict[str, Topic], list[Misfit]]:
    """Find the topic of every tag; a tag that no topic file names gets a ``plain`` one.

    Two tags that differ by case, punctuation or a final *s* alone are a fault unless one topic
    names both; so are two that would have one address.
    """
    topics = dict(known)
    folded = {fold(name): name for name in known}
    by_slug = {topic.slug.casefold(): topic for topic in known.values()}
    misfits = []
    for article in articles:
        for tag in article.tags:
            if tag in topics:
                continue
            topic = topics[tag] = plain(tag)
            twin = folded.setdefault(fold(tag), tag)
            other = by_slug.setdefault(topic.slug.casefold(), topic)
            if wrong := _wrong(topic, twin, other):
                misfits.append(Misfit(article.source_path, "tags", *wrong))
    return topics, misfits


def _wrong(topic: Topic, twin: str, other: Topic) -> tuple[str, str] | None:
    """Say why a tag cannot be a topic of its own, if it cannot, and what to do."""
    if not can_stand(topic.slug):
        cure = "name it in a topic file, whose own name is the address"
        return f'tag "{topic.name}" has no address of its own', cure
    cure = "write both the same, or list one as the other's alias in a topic file"
    if twin != topic.name:
        return f'tag "{topic.name}" is hardly to be told from "{twin}"', cure
    if other is not topic:
        return f'tag "{topic.name}" would have the address of "{other.name}"', cure
    return None


def fold(name: str) -> str:
    """A name without what does not tell it from another: case, punctuation, a final *s*."""
    folded = _PUNCTUATION.sub("", unicodedata.normalize("NFKC", name).casefold()).strip()
    return folded.removesuffix("s") or name


def groups(
    stories: Iterable[Entry], topics: Mapping[str, Topic], hierarchy: Hierarchy
) -> list[Group]:
    """Group stories, oldest first, by topic and by all topics above it, in each once."""
    named = {topic.slug: topic for topic in topics.values()}
    entries: dict[str, list[Entry]] = {slug: [] for slug in named}
    places = {
        tag: (topic.slug, *hierarchy.ancestry.get(topic.slug, ())) for tag, topic in topics.items()
    }
    for entry in stories:
        for slug in {slug for tag in entry.article.tags for slug in places[tag]}:
            entries[slug].append(entry)
    return [
        Group("topic", topic.name, slug, topic.url, tuple(entries[slug]), (topic,))
        for slug, topic in sorted(named.items())
    ]
