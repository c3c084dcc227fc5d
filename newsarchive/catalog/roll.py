"""The roll: every story once, oldest first, by what tells where it belongs.

What many stories have in common, such as their tags, stands there once: groups are made by looking
at every set of tags, and not at every story.
"""

from bisect import bisect, insort
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from newsarchive.article.article import Article
from newsarchive.moment import Moment
from newsarchive.wire.contribution import Contribution

Value = TypeVar("Value", bound=Hashable)


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

    def picked(self, other: "Column[Value]", places: Collection[int]) -> "Column[Value]":
        """What the stories in some places have; another column's places follow on this one's."""
        values = list(dict.fromkeys((*self.values, *other.values)))
        numbers = {value: number for number, value in enumerate(values)}
        of = [*self.of, *(numbers[other.values[number]] for number in other.of)]
        found = list(map(of.__getitem__, places))
        used = {number: new for new, number in enumerate(dict.fromkeys(found))}
        return Column([values[number] for number in used], list(map(used.__getitem__, found)))

    def places(self, stories: int) -> list[list[int]]:
        """The first so many stories by their places, apart by their values."""
        found: list[list[int]] = [[] for _ in self.values]
        for place, number in enumerate(self.of[:stories]):
            found[number].append(place)
        return found


@dataclass(frozen=True, slots=True)
class Roll:
    """All stories in columns: those ``listed``, oldest first, then others to which nothing leads.

    ``makers`` are people, ``names`` those of authors and holders of rights, who may be none.
    ``withdrawn`` stories are in no column.
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
    names: Column[tuple[str, ...]]
    withdrawn: list[Gone] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        listed: Collection[Article],
        hidden: Iterable[Article] = (),
        withdrawn: Iterable[Article] = (),
    ) -> "Roll":
        """Call the roll; those listed stand in their order."""
        every = [*listed, *hidden]
        found = every[: len(listed)]  # by their places and sources, as others are not
        apart = len(every) - len(found)
        places = [story.dateline.places if story.dateline else () for story in found]
        return cls(
            len(found),
            [story.source_path for story in every],
            [story.id for story in every],
            [story.slug for story in every],
            [story.date for story in every],
            Column.holding([story.tags for story in every]),
            Column.holding([story.section for story in every]),
            Column.holding([story.contributions for story in every]),
            Column.holding([*places, *((),) * apart]),
            Column.holding([*(story.source for story in found), *("",) * apart]),
            Column.holding([(*story.authors, story.rights_holder) for story in every]),
            [Gone(story.source_path, story.id, story.slug) for story in withdrawn],
        )

    def changed(
        self,
        gone: Collection[str],
        listed: Collection[Article],
        hidden: Iterable[Article] = (),
        withdrawn: Iterable[Article] = (),
    ) -> "Roll":
        """The roll without some stories, by their files, and with others."""
        now = Roll.of(listed, hidden, withdrawn)
        paths, slugs = [*self.paths, *now.paths], [*self.slugs, *now.slugs]
        ids, dates = [*self.ids, *now.ids], [*self.dates, *now.dates]
        stay = [place for place, path in enumerate(self.paths) if path not in gone]
        new = range(len(self.paths), len(paths))
        own = stay[: bisect(stay, self.listed - 1)]
        places = own.copy()
        for place in new[: now.listed]:
            insort(places, place, key=lambda one: (dates[one].value, slugs[one]))
        count = len(places)
        apart = [*stay[len(own) :], *new[now.listed :]]
        places += sorted(apart, key=paths.__getitem__)
        return Roll(
            count,
            list(map(paths.__getitem__, places)),
            list(map(ids.__getitem__, places)),
            list(map(slugs.__getitem__, places)),
            list(map(dates.__getitem__, places)),
            self.tags.picked(now.tags, places),
            self.sections.picked(now.sections, places),
            self.makers.picked(now.makers, places),
            self.places.picked(now.places, places),
            self.sources.picked(now.sources, places),
            self.names.picked(now.names, places),
            [*(one for one in self.withdrawn if one.path not in gone), *now.withdrawn],
        )

    @property
    def in_lists(self) -> list[str]:
        """The files of those listed."""
        return self.paths[: self.listed]

    def first(self, column: Column[Value], number: int) -> str:
        """The file of the first story that has a value, by its number in the column."""
        return self.paths[column.of.index(number)]
