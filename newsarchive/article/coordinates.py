"""Where on the earth a place is."""

from typing import NamedTuple


class Coordinates(NamedTuple):
    """A point in degrees, north and east of zero."""

    latitude: float
    longitude: float


FURTHEST = Coordinates(90, 180)  # from zero, either way
