"""The roll: every story once, oldest first, by what tells where it belongs.

What many stories have in common, such as their tags, stands there once: groups are made by looking
at every set of tags, and not at every story.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from newsarchive.article.article import Article
from newsarchive.moment import Moment
from newsarchive.wire.contribution import Contribution

Value = TypeVar("Value", bound=Hashable)


class Row(NamedTuple):
    """What the roll says of one story, by whose file it goes."""

    path: str
    id: str
    slug: str
    date: Moment
    tags: tuple[str, ...]
    section: str
    makers: tuple[Contribution, ...]
    places: tuple[str, ...]
    source: str

    @classmethod
    def of(cls, article: Article, *, listed: bool) -> "Row":
        """The row of a story; one in no list is found by neither its place nor its source."""
        return cls(
            article.source_path,
            article.id,
            article.slug,
            article.date,
            article.tags,
            article.section,
            article.contributions,
            article.dateline.places if listed and article.dateline else (),
            article.source if listed else "",
        )


def _order(row: Row) -> tuple[object, str]:
    return row.date.value, row.slug


class Gone(NamedTuple):
    """A story that was withdrawn, whose slug and id nobody else may take."""

    path: str
    id: str
    slug: str


@dataclass(frozen=True, slots=True)
class Column(Generic[Value]):
    """What every story has of one kind: each value once, and its number for each story."""

    values: list[Value]
    of: list[int]

    @classmethod
    def holding(cls, cells: Iterable[Value]) -> "Column[Value]":
        """Make a column of what each story has."""
        numbers: dict[Value, int] = {}
        of = [numbers.setdefault(cell, len(numbers)) for cell in cells]
        return cls(list(numbers), of)

    @property
    def cells(self) -> Iterator[Value]:
        """What each story has."""
        return map(self.values.__getitem__, self.of)

    def places(self, stories: int) -> list[list[int]]:
        """The first so many stories by their places, apart by their values."""
        found: list[list[int]] = [[] for _ in self.values]
        for place, number in enumerate(self.of[:stories]):
            found[number].append(place)
        return found


@dataclass(frozen=True, slots=True)
class Roll:
    """All stories in columns: those ``listed``, oldest first, then others to which nothing leads.

    ``withdrawn`` ones are in none.
    """

    listed: int
    paths: list[str]
    ids: list[str]
    slugs: list[str]
    dates: list[Moment]
    tags: Column[tuple[str, ...]]
    sections: Column[str]
    makers: Column[tuple[Contribution, ...]]
    places: Column[tuple[str, ...]]
    sources: Column[str]
    withdrawn: list[Gone] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        listed: Iterable[Article],
        hidden: Iterable[Article] = (),
        withdrawn: Iterable[Article] = (),
    ) -> "Roll":
        """Call the roll; those listed stand in their order."""
        gone = [Gone(story.source_path, story.id, story.slug) for story in withdrawn]
        rows = [Row.of(story, listed=True) for story in listed]
        return cls._of(rows, (Row.of(story, listed=False) for story in hidden), gone)

    @classmethod
    def _of(cls, listed: list[Row], hidden: Iterable[Row], withdrawn: list[Gone]) -> "Roll":
        columns: list[list[Any]] = list(map(list, zip(*listed, *hidden, strict=True)))
        paths, ids, slugs, dates, *others = columns or [[] for _ in Row._fields]
        tags, sections, makers, places, sources = map(Column.holding, others)
        return cls(
            len(listed),
            paths,
            ids,
            slugs,
            dates,
            tags,
            sections,
            makers,
            places,
            sources,
            withdrawn,
        )

    @property
    def rows(self) -> list[Row]:
        """The stories, each in its row, in the same order."""
        columns = (self.tags, self.sections, self.makers, self.places, self.sources)
        cells = (column.cells for column in columns)
        parts = (self.paths, self.ids, self.slugs, self.dates, *cells)
        return list(map(Row._make, zip(*parts, strict=True)))

    def changed(
        self,
        gone: Collection[str],
        listed: Iterable[Article],
        hidden: Iterable[Article] = (),
        withdrawn: Iterable[Article] = (),
    ) -> "Roll":
        """The roll without some stories, by their files, and with others."""
        rows = [row for row in self.rows if row.path not in gone]
        before = self.listed - sum(path in gone for path in self.paths[: self.listed])
        now = Roll.of(listed, hidden, withdrawn)
        return self._of(
            sorted([*rows[:before], *now.rows[: now.listed]], key=_order),
            sorted([*rows[before:], *now.rows[now.listed :]]),
            [*(one for one in self.withdrawn if one.path not in gone), *now.withdrawn],
        )

    def first(self, column: Column[Value], number: int) -> str:
        """The file of the first story that has a value, by its number in the column."""
        return self.paths[column.of.index(number)]
