"""What a topic's page says of other topics."""

from collections.abc import Iterable, Mapping
from typing import Any

from newsarchive.catalog.catalog import Catalog
from newsarchive.catalog.group import Count, Group, Topic
from newsarchive.exports.edition import Crumb

MOST_PAIRS = 12  # that a topic's page names: those asked for, then those with the most stories

_NONE: Mapping[str, Any] = {"broader": (), "narrower": (), "related": (), "pairs": ()}


def beside(catalog: Catalog) -> dict[str, Mapping[str, Any]]:
    """By a topic's slug, or a pair's, the topics above, below and beside it and its pairs.

    Only those below and the pairs come with their numbers: of the others a story may be none of
    the topic's own.
    """
    hierarchy = catalog.hierarchy
    counts = {group.slug: group.count for group in catalog.topics}
    pairs = _by_topic(catalog.pairs)
    found = dict.fromkeys((pair.slug for pair in catalog.pairs), _NONE)
    for slug in counts:
        found[slug] = {
            "broader": _names(hierarchy.broader.get(slug, ())),
            "narrower": tuple(counts[topic.slug] for topic in hierarchy.narrower.get(slug, ())),
            "related": _names(hierarchy.related.get(slug, ())),
            "pairs": tuple(pairs.get(slug, ())[:MOST_PAIRS]),
        }
    return found


def _by_topic(pairs: Iterable[Group]) -> dict[str, list[Count]]:
    found: dict[str, list[Count]] = {}
    for pair in sorted(pairs, key=_rank):
        for topic in pair.topics:
            found.setdefault(topic.slug, []).append(pair.count)
    return found


def _rank(pair: Group) -> tuple[bool, int, str]:
    return not pair.followed, -len(pair.entries), pair.name


def _names(topics: Iterable[Topic]) -> tuple[Crumb, ...]:
    return tuple((topic.name, topic.url) for topic in topics)
