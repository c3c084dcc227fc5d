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


PLAIN = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(), st.binary(), st.dates(), st.datetimes()
)
VALUES = st.recursive(
    PLAIN,
    lambda parts: st.one_of(
        st.lists(parts, max_size=3),
        st.lists(parts, max_size=3).map(tuple),
        st.dictionaries(st.text(max_size=3), parts, max_size=3),
        st.builds(Berth, parts, parts),
    ),
    max_leaves=6,
)


@given(VALUES)
def test_equal_values_have_equal_digests(value: object) -> None:
    """Whatever object they are, and in whichever build."""
    other = eval(repr(value), {"Berth": Berth, "datetime": __import__("datetime")})  # noqa: S307
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
