"""The record of a story is made of Pelican's content, once every plugin has seen it."""

import posixpath
import re
from collections.abc import Mapping
from functools import cache
from html import unescape
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from pelican.contents import Article as PelicanArticle
from pelican.contents import Content

from newsarchive.article import markup
from newsarchive.article.article import Article, Picture
from newsarchive.errors import Misfit
from newsarchive.moment import Moment
from newsarchive.wire import byline, credits, dateline, gazetteer
from newsarchive.wire.contribution import Contribution

# Pelican leaves a link that it cannot resolve as it was, but for a host in front.
_DANGLING = re.compile(
    r'(?:href|src)="(?://[^"/]*/?)?([{|](?:filename|static|attach|index)[}|][^"]*)"'
)
# A host or a scheme in one of Pelican's links would stay there when the link is resolved.
_PELICANS = re.compile(r'(?:href|src)="([{|][^"]*?[|}])([^"]*)"')
_DOUBLED = re.compile(r"([;?#].*)\1$")  # of such a link Pelican repeats what follows the path


def linked(content: Content, root: str) -> tuple[str, list[Misfit]]:
    """Resolve the links in a content's text, and tell which lead nowhere.

    ``root`` is the path that links begin with, ``Site.root``.
    """
    read, html = content._content, content.get_content(root)  # noqa: SLF001  # links unresolved
    if "{" not in read and "|" not in read:
        return html, []
    dangling = (_DOUBLED.sub(r"\1", unescape(link)) for link in _DANGLING.findall(html))
    outside = (
        unescape(link + rest)
        for link, rest in _PELICANS.findall(read)
        if markup.is_elsewhere(unescape(rest))
    )
    return html, [
        Misfit(
            content.get_relative_source_path(),
            link,
            f"link {link} leads nowhere",
            "correct it, or take it out",
        )
        for link in dict.fromkeys((*dangling, *outside))
    ]


def article(content: PelicanArticle, html: str) -> tuple[Article, str]:
    """Make a story's record of Pelican's content, and apart from it the text, dateline run in."""
    known = content.metadata
    moments: dict[str, Moment] = known["moments"]
    leader = dateline.parse(known["dateline"]) if "dateline" in known else None
    authors = tuple(author.name for author in getattr(content, "authors", ()))
    source = known.get("source") or (leader.agency if leader else "") or _agency(authors)
    html = markup.run_in(html, known.get("dateline", ""))
    url = _address(content, "url")
    story = Article(
        id=known.get("id") or uuid5(NAMESPACE_URL, f"newsarchive:story:{content.slug}").urn,
        slug=content.slug,
        headline=content.title,
        date=moments["date"],
        modified=moments.get("modified"),
        embargo=moments.get("embargo"),
        withdrawn=moments.get("withdrawn"),
        url=url,
        save_as=_address(content, "save_as", url),
        source_path=content.relative_source_path,
        html="",
        lead=markup.lead(html),
        section=content.category.name,
        tags=tuple(tag.name for tag in getattr(content, "tags", ())),
        status=content.status,
        authors=authors,
        contributions=_contributions(known, authors, source),
        dateline=leader,
        source=source,
        language=content.lang,
        picture=_picture(known),
        supplied=known.get("supplied", ()),
        aliases=tuple(_file(content, alias) for alias in known.get("aliases", ())),
        template=content.template,
        **{key: known.get(key, "") for key in _VERBATIM},
    )
    return story, html


def _address(content: PelicanArticle, key: str, url: str = "") -> str:
    """Pelican's address of a story, ``url`` or ``save_as``; only what its form names is looked up.

    Pelican's own way works everything out for each that any form could name. Where a story is
    saved is most often said by its ``url`` already.
    """
    given = getattr(content, f"override_{key}", None)
    if given is not None:
        return str(given)
    prefix = "ARTICLE_" if content.in_default_lang else "ARTICLE_LANG_"
    form = str(content.settings[f"{prefix}{key.upper()}"])
    known = url and getattr(content, "override_url", None) is None
    if known and form == f"{content.settings[f'{prefix}URL']}index.html":
        return f"{url}index.html"
    return _quicker(form).format_map(_Named(content))


@cache
def _quicker(form: str) -> str:
    """The form of an address without ``strftime``, which takes longer than all the rest."""
    for directive, part in (("%Y", ".year"), ("%m", ".month:02"), ("%d", ".day:02")):
        form = form.replace(f"{{date:{directive}}}", f"{{date{part}}}")
    return form


def _file(content: PelicanArticle, alias: str) -> str:
    """Where the file stood that is named by a former address, or by a former slug."""
    if alias.startswith("/"):
        return alias.removeprefix("/")
    prefix = "ARTICLE_" if content.in_default_lang else "ARTICLE_LANG_"
    form = str(content.settings[f"{prefix}SAVE_AS"])
    named = _Named(content)
    named["slug"] = alias
    return _quicker(form).format_map(named)


class _Named(dict[str, Any]):
    """What the form of an address may name of a story."""

    def __init__(self, content: PelicanArticle) -> None:
        super().__init__(slug=content.slug, date=content.date, lang=content.lang)
        self._content = content

    def __missing__(self, name: str) -> object:
        return self._content.url_format[name]


_VERBATIM = (
    *("summary", "slugline", "advisory", "byline", "credits"),
    *("source_url", "rights", "series", "date_note"),
)


def _agency(authors: tuple[str, ...]) -> str:
    return next(filter(gazetteer.is_agency, authors), "")


def _contributions(
    known: Mapping[str, Any], authors: tuple[str, ...], source: str
) -> tuple[Contribution, ...]:
    """Tell who did what; an organisation that signs a story is its source, not a person."""
    signatures = byline.parse(known["byline"]) if "byline" in known else ()
    named = {part.name: part for part in signatures}
    written = (named.get(name) or Contribution(name, "Byline") for name in authors)
    signed = credits.parse(known["credits"]) if "credits" in known else ()
    parts = (*written, *signed)
    return tuple(
        part for part in parts if part.name != source and not gazetteer.is_agency(part.name)
    )


def _picture(known: Mapping[str, Any]) -> Picture | None:
    if "picture" not in known:
        return None
    return Picture(
        path=posixpath.normpath(known["picture"]),
        alternative=known.get("picture_alt", ""),
        caption=known.get("picture_caption", ""),
        credit=known.get("picture_credit", ""),
    )
