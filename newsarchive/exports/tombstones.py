"""What stands where a withdrawn story was: that it was withdrawn, and when, and nothing of it."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from newsarchive.article.article import Article
from newsarchive.build.plan import Page
from newsarchive.exports import headmeta
from newsarchive.exports.edition import Crumb, Edition
from newsarchive.exports.head import Head
from newsarchive.moment import Moment
from newsarchive.settings import Site


def pages(edition: Edition, places: Iterable[tuple[str, Article]]) -> Iterator[Page]:
    """Plan the tombstones of withdrawn stories at the paths where they were.

    Each leads on to the other stories of its day, if there are any. Nothing of the story is among
    the values, so that no theme can print it.
    """
    days = {
        day.url for year in edition.catalog.years for month in year.parts for day in month.parts
    }
    for path, article in places:
        url = edition.addresses.period("day", article.date.value.date())
        day = (article.date.day, url) if url in days else None
        values = partial(_values, edition.site, article.withdrawn, day)
        yield Page(path, values, "withdrawn", article.source_path)


def _values(site: Site, withdrawn: Moment | None, day: Crumb | None) -> Mapping[str, Any]:
    head = Head(
        f"Story withdrawn — {site.name}",
        links=(headmeta.touch_icon(site),),
        metas=(("name", "robots", "noindex"),),
    )
    return {"head": head, "withdrawn": withdrawn, "day": day}
