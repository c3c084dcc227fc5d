"""Digests tell values from one another, and refuse what they cannot see into."""

from collections import namedtuple
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from operator import itemgetter
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsarchive.build.fingerprint import Digests


@dataclass(frozen=True)
class Berth:
    """A value with two parts."""

    quay: object
    number: object = 0


@dataclass(frozen=True)
class Wharf:
    """Holds words and numbers alone."""

    name: str
    depth: int = 0
    boats: tuple["Wharf", ...] = ()


PLAIN = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(), st.binary(), st.dates(), st.datetimes()
)
ANY_TEXT = st.text(st.characters(), max_size=4)  # names of files that are no text too
WHARVES = st.recursive(
    st.builds(Wharf, ANY_TEXT, st.integers()),
    lambda parts: st.builds(Wharf, ANY_TEXT, st.integers(), st.tuples(parts) | st.just(())),
)
VALUES = st.recursive(
    PLAIN,
    lambda parts: st.one_of(
        st.lists(parts, max_size=3),
        st.lists(parts, max_size=3).map(tuple),
        st.dictionaries(st.text(max_size=3), parts, max_size=3),
        st.builds(Berth, parts, parts | WHARVES),
    ),
    max_leaves=6,
)


@given(VALUES)
def test_equal_values_have_equal_digests(value: object) -> None:
    """Whatever object they are, and in whichever build."""
    other = eval(repr(value), {"Berth": Berth, "Wharf": Wharf, "datetime": __import__("datetime")})  # noqa: S307
    assert Digests().of(value) == Digests().of(other)
    digests = Digests()
    assert digests.of(value) == digests.of(value) == digests.of(other)


@given(VALUES, VALUES)
@example("None", None)
@example("''", "")
@example("int 1", 1)
@example(True, 1)  # noqa: FBT003  # a value like any other
def test_different_values_have_different_digests(first: object, second: object) -> None:
    """Kinds that Python takes for equal, such as 1 and True, are printed otherwise."""
    same = repr(first) == repr(second)
    digests = Digests()
    assert (digests.of(first) == digests.of(second)) == same


def test_a_value_inside_is_told(tmp_path: Path) -> None:
    """However deep it is, and whatever holds it."""
    holders: list[Callable[[object], object]] = [
        lambda value: (value,),
        lambda value: [value],
        lambda value: {"key": value},
        lambda value: {value},
        Berth,
        lambda value: partial(itemgetter, value) if value else partial(str, value),
        lambda value: partial(str, key=value),
        lambda value: namedtuple("Row", "cell")(str(value)),  # noqa: PYI024
        lambda value: tmp_path / str(value),
        lambda value: datetime(2024, 1, int(str(value)) + 1, tzinfo=UTC),
        lambda value: date(2024, 1, int(str(value)) + 1),
        closing_over,
        lambda value: Sailor(str(value)).sail,
    ]
    for hold in holders:
        assert Digests().of(hold(1)) == Digests().of(hold(1))
        assert Digests().of(hold(1)) != Digests().of(hold(2))


def closing_over(value: object) -> Callable[[], object]:
    """Make functions that differ by what they hold alone."""
    return lambda: value


@dataclass(frozen=True)
class Sailor:
    """Has a method."""

    name: str

    def sail(self) -> str:
        """Be bound."""
        return self.name


def defaulting(value: object) -> Callable[..., object]:
    """Make functions that differ by a default alone."""
    return lambda given=value: given


def test_functions_are_told_by_what_they_hold() -> None:
    """A default too, and not by what they are called."""
    assert Digests().of(defaulting(1)) == Digests().of(defaulting(1))
    assert Digests().of(defaulting(1)) != Digests().of(defaulting(2))
    assert Digests().of(closing_over) != Digests().of(defaulting)


def test_a_function_that_holds_itself() -> None:
    """It has a digest all the same."""

    def sail(times: int) -> int:
        return sail(times - 1) if times else 0

    assert Digests().of(sail) == Digests().of(sail)


@pytest.mark.parametrize(
    "value",
    [object(), iter(()), [object()], closing_over(object()), {"key": object()}],
    ids=["object", "iterator", "list", "function", "mapping"],
)
def test_what_cannot_be_seen_into(value: object) -> None:
    """It is refused, each time; or counts as new each time."""
    digests = Digests()
    for _ in "ab":
        with pytest.raises(TypeError, match="cannot be told"):
            digests.of(value)
    assert digests.seen(value) != digests.seen(value)


def test_a_call_is_told_from_another() -> None:
    """By its function, its arguments, their names, and what stands before it."""
    calls = [partial(str, 1), partial(str, 2), partial(int, 1), partial(int, x=1), partial(str)]
    digests = Digests()
    found = {digests.of_call(head, call) for head in (b"a", b"b") for call in calls}
    assert len(found) == 2 * len(calls)


@dataclass(frozen=True)
class Quay:
    """Holds the same as a wharf, and what holds more."""

    name: str
    depth: int = 0
    boats: tuple[Wharf, ...] = ()
    keeper: Sailor = Sailor("Ada")


@dataclass(frozen=True)
class Bow:
    """Holds what may hold it."""

    name: str
    sterns: tuple["Stern", ...] = ()


@dataclass(frozen=True)
class Stern:
    """Holds what may hold it."""

    name: str
    bows: tuple[Bow, ...] = ()


def test_kinds_that_hold_one_another() -> None:
    """They are told apart like any other."""
    values = [Bow("a"), Bow("b"), Bow("a", (Stern("a"),)), Stern("a"), Stern("a", (Bow("a"),))]
    assert len({Digests().of(value) for value in values}) == len(values)


def test_plain_values_are_told_apart() -> None:
    """By each of their parts, however deep, and by their kind."""
    wharves = [
        *(Wharf("A"), Wharf("B"), Wharf("A", 1), Wharf("A", 0, (Wharf("A"),)), Wharf("\udce9")),
        *(Wharf("A", 0, (Wharf("A", 1),)), Wharf("A", 0, (Wharf("A"), Wharf("A")))),
        *(Quay("A"), Quay("A", 0, (), Sailor("Bo")), Quay("A", 0, (Wharf("A"),)), Quay("\udce9")),
    ]
    assert len({Digests().of(wharf) for wharf in wharves}) == len(wharves)
    assert Digests().of(Wharf("A", 0, (Wharf("A"),))) == Digests().of(wharves[3])
