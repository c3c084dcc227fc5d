"""Make-up: what is on the site becomes a catalog, an edition and a plan of its pages."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from pelican.contents import Content

from newsarchive import desk, registry, theme
from newsarchive.article import reader
from newsarchive.article.article import Article
from newsarchive.build import images, writer
from newsarchive.build.fingerprint import Digests
from newsarchive.build.plan import Page
from newsarchive.catalog import catalog
from newsarchive.catalog.catalog import Catalog
from newsarchive.desk import Filed
from newsarchive.errors import Misfit
from newsarchive.exports import moved, pages, pictures, renamed
from newsarchive.exports.edition import Edition, House
from newsarchive.registry import Register
from newsarchive.retelling import Retelling
from newsarchive.run import Run


def assembled(run: Run, filed: Iterable[Filed]) -> tuple[Catalog, list[Misfit]]:
    """Group what is on the site, and tell what does not fit together."""
    items: dict[str, list[Any]] = {kind: [] for kind in desk.KINDS}
    for one in filed:
        items[one.kind].append(one.item)
    stories = [measured(run, story) for story in items["story"]]
    return catalog.assemble(
        (story for story in stories if story.status == "published"),
        (story for story in stories if story.status == "hidden"),
        items["topic"],
        items["person"],
        run.addresses,
        withdrawn=(story for story in stories if story.status == "withdrawn"),
    )


def measured(run: Run, article: Article) -> Article:
    """Add to a story what its picture's file is."""
    if article.picture is None or article.status == "withdrawn":
        return article
    if not run.inventory.holds(article.picture.path):  # which is a fault by now
        return replace(article, picture=None)
    try:
        measure = run.images.measure(article.picture.path)
    except images.NotAPicture as error:
        problem, _, cure = f'picture "{article.picture.path}" {error}'.rpartition("; ")
        run.note([Misfit(article.source_path, "picture", problem, cure)])
        return replace(article, picture=None)
    return replace(article, picture=replace(article.picture, **asdict(measure)))


def edition(run: Run, found: Catalog, filed: Iterable[Filed]) -> Edition:
    """Put together all that pages are made from."""
    press = theme.press(run.theme, run.site)
    standing = [one.item for one in filed if one.kind == "page"]
    return Edition(
        House(run.site, run.addresses.indexes(), press.card),
        found,
        run.addresses,
        {one.item.source_path: one.text for one in filed},
        tuple(page for page in standing if page.status == "published"),
        tuple(page for page in standing if page.status == "hidden"),
        press,
    )


def shared(run: Run, edition: Edition) -> dict[str, Any]:
    """What any template may refer to."""
    house = edition.house
    return {
        "site": house.site,
        "indexes": house.indexes,
        "masthead": tuple(map(edition.addresses.section, house.site.sections)),
        # Without their texts, which would be in every page's fingerprint.
        "standing": tuple(replace(page, html="") for page in edition.standing),
        "fonts": theme.awaited_fonts(run.theme),
    }


@dataclass(frozen=True, slots=True)
class Plan:
    """The pages to be made: of all the site, or those that print the texts which have changed.

    ``copied`` are the files that are published as they are; ``register`` is what a whole plan
    publishes, where somebody keeps account of that. The texts of stories ``elsewhere``, by the
    paths of their sources, are in feeds under former addresses too.
    """

    pages: Sequence[Page]
    copied: Sequence[Content]
    register: Register | None = None
    elsewhere: AbstractSet[str] = frozenset()


def plan_of_texts(run: Run, edition: Edition, retold: Retelling) -> Plan:
    """Plan the pages that print the texts of some stories; all else stands as it is."""
    planned = list(pages.retold(edition, retold.stories, retold.feeds, retold.shards))
    return Plan(planned, run.context["staticfiles"])


def plan(run: Run, edition: Edition, copied: Sequence[Content], digests: Digests) -> Plan:
    """Plan every file of the site; no two may want one path."""
    for entry in edition.catalog.archive.entries:  # which says no more than its story
        digests.know(entry, digests.of(entry.article))
    own = list(pages.pages(edition))
    planned = [
        *own,
        theme.stylesheet(run.theme),
        *_drawn(run, edition),
        *_copies(run, copied),
    ]
    last = registry.read(run.former) if run.former else Register()
    places = moved.places(edition, planned, last.holders)
    run.note(places.misfits)
    planned += places.pages(edition)
    former = renamed.former(edition, planned, last)
    going_on = list(former.pages(edition))
    planned += going_on
    register = None
    if run.ledger:
        led = (*pages.redirects(edition), *former.moved)
        register = moved.entered(edition, [*own, *going_on], places, led, last)
    return Plan(planned, copied, register, former.told)


def _drawn(run: Run, edition: Edition) -> Iterator[Page]:
    """The pictures of stories in every form, and the cards; a theme's own icon stands."""
    yield from pictures.pages(edition.all_articles, run.images.rendition)
    if edition.press is None:
        return
    for page in edition.press.pages(run.images.kept):
        if not Path(run.theme, "static", Path(page.path).name).is_file():
            yield page
    if edition.site.story_cards:
        yield from edition.press.story_pages(edition.all_articles, run.images.kept)


def _copies(run: Run, copied: Iterable[Content]) -> Iterator[Page]:
    """Files as they are: the archive's and the theme's."""
    for content in copied:
        source = content.get_relative_source_path()
        yield writer.copy(Path(content.source_path), content.save_as, source)
    for path, place in theme.static_files(run.theme):
        yield writer.copy(path, place, reader.shown_path(path))


def used(run: Run, edition: Edition, plan: Plan) -> list[str]:
    """The files below ``content/``, no posts, that pages are made from or that are copied."""
    pictures = {article.picture.path for article in edition.all_articles if article.picture}
    copied = {file.source_path for file in plan.copied}
    return sorted({*copied, *(str(Path(run.path, path)) for path in pictures)})
