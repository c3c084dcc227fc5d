"""The record of a story is made of Pelican's content, once every plugin has seen it."""

import posixpath
import re
from collections.abc import Mapping
from functools import cache
from html import unescape
from itertools import chain
from string import Formatter
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from pelican.contents import Article as PelicanArticle
from pelican.contents import Content

from newsarchive.article import markup
from newsarchive.article.article import Article, Picture
from newsarchive.article.metadata import MOMENTS
from newsarchive.errors import Misfit
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


def known_of(content: PelicanArticle) -> dict[str, Any]:
    """What is known of one of Pelican's stories, as ``article`` takes it."""
    known = dict(content.metadata)
    for key in ("title", "slug", "lang", "status", "template", "category", "authors", "tags"):
        known[key] = getattr(content, key, ())
    for key in ("url", "save_as"):
        if (given := getattr(content, f"override_{key}", None)) is not None:
            known[key] = str(given)
    return plain(known)


def plain(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Metadata in Pelican's types becomes what the archive's reader would have given."""
    known = {
        key.lower() if key.lower() in _IN_ANY_CASE else key: value
        for key, value in metadata.items()
        if key not in MOMENTS
    }
    known |= known.pop("moments", {})
    if "author" in known:
        known.setdefault("authors", [known.pop("author")])
    for key in known.keys() & {"authors", "tags"}:
        known[key] = tuple(part.name for part in known[key])
    if "category" in known:
        known["category"] = known["category"].name
    return known


# What a key of a setting's metadata says in capitals too, as in Pelican.
_IN_ANY_CASE = {"title", "slug", "lang", "status", "template"}


def article(
    known: Mapping[str, Any],
    path: str,
    html: str,
    settings: Mapping[str, Any],
    named: Mapping[str, Any] | None = None,
) -> tuple[Article, str]:
    """Make a story's record of its metadata, and apart from it the text, dateline run in.

    ``path`` is the file's below ``content/``; ``named`` is what the form of an address may name,
    where that is more than ``NAMES``.
    """
    leader = dateline.parse(known["dateline"]) if "dateline" in known else None
    authors = known.get("authors") or ((settings["AUTHOR"],) if "AUTHOR" in settings else ())
    source = known.get("source") or (leader.agency if leader else "") or _agency(authors)
    html = markup.run_in(html, known.get("dateline", ""))
    slug, date = known["slug"], known["date"]
    usual = settings["DEFAULT_LANG"].lower()
    language = known.get("lang", usual)
    prefix = "ARTICLE_" if language == usual else "ARTICLE_LANG_"
    url, save_as = _form(settings[f"{prefix}URL"]), _form(settings[f"{prefix}SAVE_AS"])
    named = named or {"slug": slug, "date": date.value, "lang": language}
    story = Article(
        id=known.get("id") or uuid5(NAMESPACE_URL, f"newsarchive:story:{slug}").urn,
        slug=slug,
        headline=known["title"],
        date=date,
        modified=known.get("modified"),
        embargo=known.get("embargo"),
        withdrawn=known.get("withdrawn"),
        url=known["url"] if "url" in known else url.format_map(named),
        save_as=known["save_as"] if "save_as" in known else save_as.format_map(named),
        source_path=path,
        html="",
        lead=markup.lead(html),
        section=known["category"],
        tags=known.get("tags", ()),
        status=known.get("status", "published"),
        authors=authors,
        contributions=_contributions(known, authors, source),
        dateline=leader,
        source=source,
        language=language,
        picture=_picture(known),
        supplied=known.get("supplied", ()),
        aliases=tuple(_file(alias, save_as, named) for alias in known.get("aliases", ())),
        template=known.get("template", "article"),
        **{key: known.get(key, "") for key in _VERBATIM},
    )
    return story, html


NAMES = {"slug", "date", "lang"}  # of a story, in the form of its address


def is_addressed(settings: Mapping[str, Any]) -> bool:
    """Tell whether the addresses of stories are made of ``NAMES`` alone."""
    kinds = ("URL", "SAVE_AS", "LANG_URL", "LANG_SAVE_AS")
    parts = (Formatter().parse(str(settings[f"ARTICLE_{kind}"])) for kind in kinds)
    return {name for _, name, _, _ in chain.from_iterable(parts) if name} <= NAMES


@cache
def _form(setting: object) -> str:
    """The form of an address without ``strftime``, which takes longer than all the rest."""
    form = str(setting)
    if "{{" in form:  # which are braces of the address
        return form
    for directive, part in (("%Y", ".year"), ("%m", ".month:02"), ("%d", ".day:02")):
        form = form.replace(f"{{date:{directive}}}", f"{{date{part}}}")
    return form


def _file(alias: str, form: str, named: Mapping[str, Any]) -> str:
    """Where the file stood that is named by a former address, or by a former slug."""
    if alias.startswith("/"):
        return alias.removeprefix("/")
    return form.format_map({**named, "slug": alias})


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
