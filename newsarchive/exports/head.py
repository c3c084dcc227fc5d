"""What stands in a page's head."""

from typing import NamedTuple

from newsarchive.build.templates import printed
from newsarchive.exports import headmeta, structured
from newsarchive.exports.edition import Crumb, House
from newsarchive.exports.feeds import Feed


class Head(NamedTuple):
    """A page's title, links and metadata; ``structured`` is safe to stand in a script element."""

    title: str
    links: tuple[headmeta.Link, ...] = ()
    metas: tuple[headmeta.Meta, ...] = ()
    structured: str = ""

    @property
    def tags(self) -> str:
        """The metadata as HTML, a line each; a template takes ten times as long to print them."""
        rows = [
            f'<meta {attribute}="{key}" content="{printed(content)}">'
            for attribute, key, content in self.metas
        ]
        return "\n".join(rows)


def page_head(  # noqa: PLR0913  # what a head can say
    title: str,
    url: str,
    description: str,
    house: House,
    *,
    feed: Feed | None = None,
    trail: tuple[Crumb, ...] = (),
    data: tuple[structured.Data, ...] = (),
) -> Head:
    """Make the head of any page that is not a story."""
    site = house.site
    crumbs = (structured.breadcrumbs(trail, site),) if trail else ()
    return Head(
        title=title,
        links=(
            *headmeta.canonical(url, site),
            *(headmeta.feed_links(feed) if feed else ()),
            headmeta.touch_icon(site),
        ),
        metas=headmeta.page_meta(title, description, url, site, house.card),
        structured=structured.script_text(*data, *crumbs) if data or crumbs else "",
    )
