"""All that the pages of one build are made from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from newsarchive.article.article import Article, StandingPage
from newsarchive.build.state import Text
from newsarchive.catalog.addresses import Addresses, Indexes
from newsarchive.catalog.catalog import Catalog
from newsarchive.catalog.group import Person, Place, Topic
from newsarchive.exports import pictures
from newsarchive.exports.card import Press
from newsarchive.exports.pictures import Image
from newsarchive.moment import Moment
from newsarchive.settings import Site

Named = TypeVar("Named", Topic, Person, Place)
_UNPRINTED: Mapping[type, Mapping[str, Any]] = {
    Topic: {
        **dict.fromkeys(("aliases", "pairs", "broader", "related"), ()),
        "summary": "",
        "html": "",
        "coordinates": None,
    },
    Person: {"html": ""},
    Place: {"topic": None},
}
Crumb = tuple[str, str]  # a name and the address of its page


@dataclass(frozen=True, slots=True)
class House:
    """What any page may say of the archive itself; ``card`` stands for its pages elsewhere."""

    site: Site
    indexes: Indexes
    card: Image | None = None

    def trail(self, *crumbs: Crumb) -> tuple[Crumb, ...]:
        """The way from the front to a page."""
        return ((self.site.name, ""), *crumbs)


@dataclass(frozen=True, slots=True)
class Edition:
    """The catalog and what surrounds it; to ``hidden`` pages nothing leads.

    ``texts`` finds a story's text by the path of its source. ``press`` prints the cards that stand
    for pages elsewhere; without one there are none.
    """

    house: House
    catalog: Catalog
    addresses: Addresses
    texts: Mapping[str, Text]
    standing: tuple[StandingPage, ...] = ()
    hidden: tuple[StandingPage, ...] = ()
    press: Press | None = None
    _topics: dict[tuple[str, ...], tuple[Topic, ...]] = field(default_factory=dict)
    _places: dict[tuple[str, ...], tuple[tuple[str, Place], ...]] = field(default_factory=dict)
    _named: dict[int, Any] = field(default_factory=dict)

    @property
    def site(self) -> Site:
        """The archive as a place on the web."""
        return self.house.site

    @property
    def all_articles(self) -> tuple[Article, ...]:
        """Every story that has a page, those to which nothing leads at the end."""
        return (*self.catalog.articles, *self.catalog.unlisted)

    def topics_of(self, article: Article) -> tuple[Topic, ...]:
        """A story's topics, each once, in the order of its tags."""
        known = self._topics.get(article.tags)
        if known is None:
            topics = (self._name(self.catalog.topic_of[tag]) for tag in article.tags)
            known = tuple({topic.slug: topic for topic in topics}.values())
            self._topics[article.tags] = known
        return known

    def people_of(self, article: Article) -> tuple[tuple[str, Person], ...]:
        """Whom a story names in its byline, its credits and its rights, with every spelling."""
        known = self.catalog.person_of
        names = (*(part.name for part in article.contributions), *article.authors)
        return tuple(
            (name, self._name(known[name]))
            for name in dict.fromkeys((*names, article.rights_holder))
            if name in known
        )

    def places_of(self, article: Article) -> tuple[tuple[str, Place], ...]:
        """Where a story was filed, as its dateline has it; of a hidden one no list would know."""
        if article.dateline is None or article.status == "hidden":
            return ()
        names = article.dateline.places
        known = self._places.get(names)
        if known is None:
            place_of = self.catalog.place_of
            known = tuple((name, self._name(place_of[name])) for name in names)
            self._places[names] = known
        return known

    def _name(self, known: Named) -> Named:
        """A topic, person or place as stories name it: without what they do not print of it.

        It is the same object each time.
        """
        named: Named | None = self._named.get(id(known))
        if named is None:
            unprinted = _UNPRINTED[type(known)]
            named = self._named[id(known)] = replace(known, **unprinted)
        return named

    def changed(self, articles: Iterable[Article]) -> Moment | None:
        """When the newest of some stories changed; only a site with a sitemap needs to know."""
        if not self.site.address:
            return None
        return max((article.changed for article in articles), default=None)

    def image_of(self, article: Article) -> Image | None:
        """What stands for a story where it is shared: its picture, else a card."""
        if article.picture:
            return pictures.image(article.picture)
        if self.press and self.site.story_cards:
            return self.press.card_of(article)
        return self.house.card
