"""What a topic's page says of other topics."""

from collections.abc import Iterable, Mapping
from typing import Any

from newsarchive.catalog.catalog import Catalog
from newsarchive.catalog.group import Topic
from newsarchive.exports.edition import Crumb

_NONE: Mapping[str, Any] = {"broader": (), "narrower": (), "related": (), "place": None}


def beside(catalog: Catalog) -> dict[str, Mapping[str, Any]]:
    """By a topic's slug, or a pair's, the topics above, below and beside it, and the place.

    Only those below come with their numbers: of the others a story may be none of the topic's own.
    """
    hierarchy = catalog.hierarchy
    counts = {group.slug: group.count for group in catalog.topics}
    places = {place.slug: (place.name, place.url) for place in catalog.places if place.topics}
    found = dict.fromkeys((pair.slug for pair in catalog.pairs), _NONE)
    for slug in counts:
        found[slug] = {
            "broader": _names(hierarchy.broader.get(slug, ())),
            "narrower": tuple(counts[topic.slug] for topic in hierarchy.narrower.get(slug, ())),
            "related": _names(hierarchy.related.get(slug, ())),
            "place": places.get(slug),
        }
    return found


def _names(topics: Iterable[Topic]) -> tuple[Crumb, ...]:
    return tuple((topic.name, topic.url) for topic in topics)
