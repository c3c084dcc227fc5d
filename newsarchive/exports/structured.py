"""Structured data: a story and the pages that list it in schema.org's words, as JSON-LD."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from newsarchive.article.article import Article, Picture
from newsarchive.catalog.group import Person, Place, Topic
from newsarchive.exports import pictures
from newsarchive.exports.address import address
from newsarchive.exports.authors import authors_of
from newsarchive.settings import Site

Data = dict[str, Any]

# A topic's kind in schema.org's words.
THINGS = {
    "place": "Place",
    "person": "Person",
    "organisation": "Organization",
    "subject": "Thing",
}

# Inside <script> a "<" may end the data or open a comment, and both separators are line ends
# to old scripts. None of these stands in JSON outside a text, where an escape means the same.
_UNSAFE = "<>&\u2028\u2029"

_encode = msgspec.json.Encoder().encode


def news_article(
    article: Article,
    topics: Sequence[Topic],
    people: Mapping[str, Person],
    places: Mapping[str, Place],
    site: Site,
) -> Data:
    """All that is known of a story, as a NewsArticle; what is not known has no key.

    ``topics`` are what the story is about; ``people`` finds a person under every spelling,
    ``places`` a place.
    """
    url = address(article.url, site)
    return _known(
        "NewsArticle",
        headline=article.headline,
        url=url,
        mainEntityOfPage={"@type": "WebPage", "@id": url},
        identifier=article.id,
        datePublished=article.date.iso,
        dateModified=article.modified.iso if article.modified else "",
        author=[_author(name, article, people, site) for name in authors_of(article)],
        **_contributors(article, people, site),
        publisher=_organization(site.keeper),
        sourceOrganization=_organization(article.source),
        copyrightHolder=_rights_holder(article, people, site),
        creditText=article.credits,
        correction=_correction(article),
        isBasedOn=article.source_url,
        dateline=article.dateline.text if article.dateline else "",
        locationCreated=_places(article, places, site),
        articleSection=article.section,
        keywords=list(article.tags),
        about=[_thing(topic, site) for topic in topics],
        description=article.standfirst,
        abstract=article.summary,
        image=_image(article.picture, site) if article.picture else None,
        inLanguage=article.language,
        isAccessibleForFree=True,
    )


def breadcrumbs(items: Iterable[tuple[str, str]], site: Site) -> Data:
    """The way to a page from the front, as (name, url) pairs, outermost first."""
    steps = [
        _known("ListItem", position=position, name=name, item=address(url, site))
        for position, (name, url) in enumerate(items, 1)
    ]
    return _known("BreadcrumbList", itemListElement=steps)


def collection_page(  # noqa: PLR0913
    name: str,
    url: str,
    description: str,
    site: Site,
    *,
    about: Topic | None = None,
    articles: Sequence[Article] = (),
) -> Data:
    """A page that lists stories; ``articles`` are those on it, in its order."""
    listed = [
        {
            "@type": "ListItem",
            "position": position,
            "name": article.headline,
            "url": address(article.url, site),
        }
        for position, article in enumerate(articles, 1)
    ]
    return _known(
        "CollectionPage",
        name=name,
        url=address(url, site),
        description=description,
        about=_thing(about, site) if about else None,
        mainEntity=_known("ItemList", itemListElement=listed) if listed else None,
        isPartOf=website(site),
        inLanguage=site.language,
    )


def website(site: Site) -> Data:
    """The archive itself."""
    return _known(
        "WebSite",
        name=site.name,
        url=address("", site),
        description=site.subtitle,
        publisher=_organization(site.keeper),
        inLanguage=site.language,
    )


def script_text(*objects: Data) -> str:
    """The objects as one graph, safe to stand as it is in a script element for JSON-LD."""
    graph = {"@context": "https://schema.org", "@graph": objects}
    text = str(_encode(graph), "utf-8")
    for sign in _UNSAFE:  # str.translate takes ten times as long
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text + "\n"


def _known(kind: str, **fields: object) -> Data:
    """An object of a type, without the keys for which there is nothing to say."""
    return {"@type": kind} | {key: value for key, value in fields.items() if value}


def _organization(name: str) -> Data | None:
    return {"@type": "Organization", "name": name} if name else None


def _person(name: str, people: Mapping[str, Person], site: Site) -> Data:
    person = people.get(name)
    return _known("Person", name=name, url=address(person.url, site) if person else "")


def _author(name: str, article: Article, people: Mapping[str, Person], site: Site) -> Data:
    if name == article.source:
        return _known("Organization", name=name)
    return _person(name, people, site)


def _contributors(
    article: Article, people: Mapping[str, Person], site: Site
) -> dict[str, list[Data]]:
    """Editors and contributors from the credits, each once and none who is an author already.

    Two spellings are one person where ``people`` says so; nothing is guessed beyond that.
    """

    def who(name: str) -> str:
        return people[name].slug if name in people else name

    seen = {who(name) for name in article.authors}
    found: dict[str, list[Data]] = {"editor": [], "contributor": []}
    for contribution in article.contributions:
        if contribution.role == "Byline" or who(contribution.name) in seen:
            continue
        seen.add(who(contribution.name))
        part = "editor" if "editing" in contribution.role.casefold() else "contributor"
        found[part].append(_person(contribution.name, people, site))
    return found


def _rights_holder(article: Article, people: Mapping[str, Person], site: Site) -> Data | None:
    holder = article.rights_holder
    if holder != article.source and (holder in article.authors or holder in people):
        return _person(holder, people, site)
    return _organization(holder)


def _correction(article: Article) -> Data | None:
    """The note to editors, where it says that this version corrects an earlier one."""
    corrects = "correct" in article.advisory.casefold()
    return _known("CorrectionComment", text=article.advisory) if corrects else None


def _places(article: Article, places: Mapping[str, Place], site: Site) -> list[Data]:
    """Where the story was filed, in the case in which the copy has it."""
    return [
        _known("Place", name=name, url=address(places[name].url, site) if name in places else "")
        for name in (article.dateline.places if article.dateline else ())
    ]


def _thing(topic: Topic, site: Site) -> Data:
    """What a topic is, and the same thing elsewhere."""
    known = (
        (topic.wikidata, "https://www.wikidata.org/entity/"),
        (topic.media_topic, "http://cv.iptc.org/newscodes/mediatopic/"),
    )
    same = [f"{there}{identifier}" for identifier, there in known if identifier]
    thing = {"@type": THINGS[topic.kind], "name": topic.name, "url": address(topic.url, site)}
    return {**thing, "sameAs": same} if same else thing


def _image(picture: Picture, site: Site) -> Data:
    image = pictures.image(picture)
    return _known(
        "ImageObject",
        url=address(image.path, site),
        width=image.width,
        height=image.height,
        description=image.alternative,
        caption=picture.caption,
        creditText=picture.credit,
    )
