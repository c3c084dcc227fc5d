"""The embargo: what may be seen at the instant of a build, and what not yet."""

from collections.abc import Mapping, Sequence
from math import inf
from typing import Any, NamedTuple

from newsarchive.article.article import Article
from newsarchive.desk import Filed, Item


class Cleared(NamedTuple):
    """The items that are on the site, withdrawn stories among them, and those that nobody sees.

    From ``since`` on and before ``until``, in seconds, it is the same ones.
    """

    filed: Sequence[Filed]
    unseen: Sequence[Filed]
    since: float
    until: float


def cleared(every: Sequence[Filed], instant: float, settings: Mapping[str, Any]) -> Cleared:
    """Tell items that are published, and neither dated ahead nor under embargo, from others."""
    times = [(released(one.item, settings), one) for one in every if one.published]
    filed = [one for time, one in times if time <= instant]
    seen = {id(one) for one in filed if not one.withdrawn}
    return Cleared(
        filed,
        [one for one in every if id(one) not in seen],
        max((time for time, _ in times if time <= instant), default=-inf),
        min((time for time, _ in times if time > instant), default=inf),
    )


def is_over(one: Filed, instant: float, settings: Mapping[str, Any]) -> bool:
    """Tell whether one item is on the site."""
    return one.published and released(one.item, settings) <= instant


def released(item: Item, settings: Mapping[str, Any]) -> float:
    """From when on an item may be seen, in seconds; one that is dated ahead may be, if so set."""
    if not isinstance(item, Article):
        return -inf
    moment = item.embargo if settings["WITH_FUTURE_DATES"] else item.released
    return moment.value.timestamp() if moment else -inf
