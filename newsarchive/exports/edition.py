"""All that the pages of one build are made from."""

from collections.abc import Iterable
from dataclasses import dataclass

from newsarchive.article.article import Article, StandingPage
from newsarchive.catalog.addresses import Addresses, Indexes
from newsarchive.catalog.catalog import Catalog
from newsarchive.catalog.group import Topic
from newsarchive.exports import pictures
from newsarchive.exports.card import Press
from newsarchive.exports.pictures import Image
from newsarchive.settings import Site

Crumb = tuple[str, str]  # a name and the address of its page


@dataclass(frozen=True, slots=True)
class Edition:
    """The catalog and what surrounds it; to ``hidden`` pages nothing leads.

    ``press`` prints the cards that stand for pages elsewhere; without one there are none.
    """

    site: Site
    catalog: Catalog
    addresses: Addresses
    indexes: Indexes
    standing: tuple[StandingPage, ...] = ()
    hidden: tuple[StandingPage, ...] = ()
    press: Press | None = None

    @property
    def all_articles(self) -> tuple[Article, ...]:
        """Every story that has a page, those to which nothing leads at the end."""
        return (*self.catalog.articles, *self.catalog.unlisted)

    def topics_of(self, article: Article) -> tuple[Topic, ...]:
        """A story's topics, each once, in the order of its tags."""
        topics = (self.catalog.topic_of[tag] for tag in article.tags)
        return tuple({topic.slug: topic for topic in topics}.values())

    def day_url(self, article: Article) -> str:
        """The page of the day on which a story was published."""
        return self.addresses.period("day", article.date.value)

    def image_of(self, article: Article | None) -> Image | None:
        """What stands for a page where it is shared: a story's picture, else a card."""
        if article and article.picture:
            return pictures.image(article.picture)
        if article and self.press and self.site.story_cards:
            return self.press.card_of(article)
        return self.press.card if self.press else None

    def trail(self, *crumbs: Crumb) -> tuple[Crumb, ...]:
        """The way from the front to a page."""
        return ((self.site.name, ""), *crumbs)


def span(articles: Iterable[Article]) -> str:
    """Say from when to when stories reach: ``1987``, ``1987–2024`` or nothing."""
    years = [article.date.value.year for article in articles]
    if not years:
        return ""
    first, last = min(years), max(years)
    return str(first) if first == last else f"{first}–{last}"
