"""References: the posts and files that texts name, and what of these is copied to the site."""

import os
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote

from pelican.contents import Content
from pelican.contents import Page as PelicanPage

from newsarchive import embargo
from newsarchive.article import links, plates, reader, record
from newsarchive.article.article import Article
from newsarchive.build import images
from newsarchive.desk import Filed
from newsarchive.errors import Misfit
from newsarchive.run import Run


def without_picture(run: Run, filed: Iterable[Filed]) -> Iterator[Misfit]:
    """Find stories whose picture was taken away since they were read."""
    for one in filed:
        picture = one.item.picture if isinstance(one.item, Article) else None
        if picture and not one.withdrawn and not run.inventory.holds(picture.path):
            yield Misfit(one.item.source_path, "picture", *reader.no_picture(picture.path))


def with_links(run: Run, filed: Sequence[Filed], unread: AbstractSet[str]) -> Iterator[Filed]:
    """Give texts that name other files a content of Pelican's, which finds those.

    A link to what is not on the site would be dead, and tell of it.
    """
    if not any(one.linked for one in filed):
        yield from filed
        return
    on_site = [one for one in filed if embargo.is_over(one, run.instant, run.settings)]
    posts = run.context["generated_content"]
    posts.update((one.item.source_path, one.item) for one in on_site)
    posts.update(dict.fromkeys(unread, SimpleNamespace(url="")))  # nobody knows where it will be
    linked = {id(one) for one in on_site if one.linked and not one.withdrawn}
    for one in filed:
        yield one._replace(content=_content(run, one)) if id(one) in linked else one


def _content(run: Run, one: Filed) -> Content:
    item = one.item
    save_as = getattr(item, "save_as", f"{item.url}index.html")
    place = {"title": "", "slug": "", "url": item.url, "save_as": save_as}
    path = str(Path(run.path, item.source_path))
    content = PelicanPage(one.text.text, place, run.settings, path, run.context)
    run.context["static_links"] |= content.get_static_links()
    return content


def copy_linked(run: Run) -> None:
    """Have Pelican find the files to which texts link, where they are files of the archive."""
    linked = run.context["static_links"]
    run.context["static_links"] = set(filter(run.inventory.holds, linked))


def resolved(run: Run, filed: Sequence[Filed]) -> list[Filed]:
    """Resolve the links in all texts; what leads nowhere is noted."""
    unfinished = [one for one in filed if one.content and not one.withdrawn]
    pages = [_html(run, one.content) for one in unfinished]
    texts = run.state.keep_texts(pages)
    finished = {
        one.item.source_path: one._replace(text=text, links=links.within(html, run.site))
        for one, text, html in zip(unfinished, texts, pages, strict=True)
    }
    return [
        one._replace(links=()) if one.withdrawn else finished.get(one.item.source_path, one).whole
        for one in filed
    ]


def _html(run: Run, content: Content) -> str:
    html, misfits = record.linked(content, run.site.root)
    run.note(misfits)

    def shown_size(address: str) -> tuple[int, int] | None:
        """The size of a picture inside the text, where that is a file of the site."""
        path = run.copies.get(unquote(address).removeprefix(f"{run.site.root}/"))
        return images.shown_size(Path(run.path, path)) if path else None

    return plates.sized(html, shown_size)


def withheld(run: Run, unseen: Iterable[Filed]) -> set[str]:
    """The files that items name which nobody sees."""
    return {path for one in unseen for path in _named(run, one)}


def _named(run: Run, one: Filed) -> Iterator[str]:
    if isinstance(one.item, Article) and one.item.picture:
        yield one.item.picture.path
    if one.linked or one.content:
        yield from links.by_path(one.unresolved, one.item.source_path)
        yield from _led_to(run, links.within(one.unresolved, run.site), one.item.url)
    else:
        yield from _led_to(run, one.links, one.item.url)


def copied(
    run: Run,
    articles: Iterable[Article],
    filed: Iterable[Filed],
    withheld: AbstractSet[str],
    unread: AbstractSet[str],
) -> list[Content]:
    """The files to be copied: none that pages show in other forms, nor one that is ``withheld``.

    A text that links to it has it copied all the same. A camera writes into its files where
    it was; and no page would load them.
    """
    held = {article.picture.path for article in articles if article.picture} | withheld
    linked = set(map(os.path.normpath, run.context["static_links"]))
    run.faults.extend(run.inventory.strays(held | linked, unread))
    for one in filed:
        if one.links:
            linked.update(_led_to(run, one.links, one.item.url))
    held -= linked
    files = run.context["staticfiles"]
    return [file for file in files if file.get_relative_source_path() not in held]


def _led_to(run: Run, found: Iterable[str], url: str) -> Iterator[str]:
    """The files to which links lead that stand in the page at ``url``."""
    for link in found:
        with suppress(ValueError):
            target = links.target(link, url, run.site)
            if target and target.path in run.copies:
                yield run.copies[target.path]
