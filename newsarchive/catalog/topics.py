"""Tags and the topics behind them."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from newsarchive.catalog.addresses import can_stand
from newsarchive.catalog.group import Entries, Group, Listed, Topic
from newsarchive.catalog.hierarchy import Hierarchy
from newsarchive.catalog.roll import Roll
from newsarchive.errors import Misfit


class Tagged(NamedTuple):
    """Stories with the same tags: the slugs of all topics that they are about, their places."""

    slugs: AbstractSet[str]
    places: Sequence[int]


_PUNCTUATION = re.compile(r"[^\w\s]+|_+")


def of_tags(
    roll: Roll, known: Mapping[str, Topic], plain: Callable[[str], Topic]
) -> tuple[dict[str, Topic], list[Misfit]]:
    """Find the topic of every tag; a tag that no topic file names gets a ``plain`` one.

    Two tags that differ by case, punctuation or a final *s* alone are a fault unless one topic
    names both; so are two that would have one address.
    """
    topics = dict(known)
    folded = {fold(name): name for name in known}
    by_slug = {topic.slug.casefold(): topic for topic in known.values()}
    misfits = []
    for number, tags in enumerate(roll.tags.values):
        for tag in tags:
            if tag in topics:
                continue
            topic = topics[tag] = plain(tag)
            twin = folded.setdefault(fold(tag), tag)
            other = by_slug.setdefault(topic.slug.casefold(), topic)
            if wrong := _wrong(topic, twin, other):
                misfits.append(Misfit(roll.first(roll.tags, number), "tags", *wrong))
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


def tagged(roll: Roll, topics: Mapping[str, Topic], hierarchy: Hierarchy) -> list[Tagged]:
    """Find the topics of every list of tags, and all topics above those."""
    slugs = {
        tag: (topic.slug, *hierarchy.ancestry.get(topic.slug, ())) for tag, topic in topics.items()
    }
    return [
        Tagged({slug for tag in tags for slug in slugs[tag]}, places)
        for tags, places in zip(roll.tags.values, roll.tags.places(roll.listed), strict=True)
    ]


def groups(stories: Listed, tagged: Iterable[Tagged], topics: Mapping[str, Topic]) -> list[Group]:
    """Group stories by topic."""
    named = {topic.slug: topic for topic in topics.values()}
    parts: dict[str, list[Sequence[int]]] = {slug: [] for slug in named}
    for slugs, places in tagged:
        for slug in slugs:
            parts[slug].append(places)
    return [
        Group("topic", topic.name, slug, topic.url, Entries(stories, parts[slug]), (topic,))
        for slug, topic in sorted(named.items())
    ]
