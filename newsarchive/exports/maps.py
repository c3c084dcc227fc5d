"""A map of the places that stories came from, as an SVG drawing that stands in the page.

The world lies in Šavrič's and Patterson's Natural Earth projection, as in
``theme/static/land.svg``, which ``tools/outlines`` draws.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from math import radians
from typing import NamedTuple

from newsarchive.article.coordinates import Coordinates

WIDTH, HEIGHT = 1000, 440
NEAR_WIDTH, NEAR_HEIGHT = 240, 110  # of the piece that a place's own page shows
NORTH = 84  # degrees; further north and south of the map nobody files
OF_A_PLACE = (1, 5, 20, 100, 500)  # the fewest stories of each size of circle
_RADII = (3.5, 5, 7, 10, 14)
_NAMED = 16  # places at most, the largest, whose names stand on the map
_LETTER, _LINE = 7.5, 14  # how wide and high a letter of a name is, at most


class Spot(NamedTuple):
    """A place that the map may show."""

    name: str
    url: str
    stories: int
    at: Coordinates


class Circle(NamedTuple):
    """A place on the map; ``label`` says where its name begins, if there is room for it."""

    spot: Spot
    x: float
    y: float
    radius: float
    label: tuple[float, float] | None = None


class Near(NamedTuple):
    """A piece of the map, by its left, top, width and height, and the place in it."""

    box: tuple[float, float, float, float]
    x: float
    y: float


def project(at: Coordinates) -> tuple[float, float]:
    """Where a point of the earth is on the map, in its units, to the right and down."""
    east, north = _projected(at)
    (edge, _), (_, top) = _projected(Coordinates(0, 180)), _projected(Coordinates(NORTH, 0))
    scale = WIDTH / 2 / edge
    return round(WIDTH / 2 + east * scale, 1), round((top - north) * scale, 1)


def _projected(at: Coordinates) -> tuple[float, float]:
    east, north = radians(at.longitude), radians(at.latitude)
    two = north * north
    four = two * two
    narrowed = four * (-0.013791 + four * (0.003971 * two - 0.001529 * four))
    raised = two * (0.015085 + four * (-0.044475 + 0.028874 * two - 0.005916 * four))
    return east * (0.8707 - 0.131979 * two + narrowed), north * (1.007226 + raised)


def near(at: Coordinates) -> Near | None:
    """Cut the piece around a place, which lies in the middle but at the edges of the map.

    What is beyond them, as a station in Antarctica is, has none.
    """
    x, y = project(at)
    if not _is_drawn(y):
        return None
    left = min(max(x - NEAR_WIDTH / 2, 0), WIDTH - NEAR_WIDTH)
    top = min(max(y - NEAR_HEIGHT / 2, 0), HEIGHT - NEAR_HEIGHT)
    return Near((round(left, 1), round(top, 1), NEAR_WIDTH, NEAR_HEIGHT), x, y)


def _is_drawn(y: float) -> bool:
    return 0 <= y <= HEIGHT


def circles(spots: Iterable[Spot]) -> tuple[Circle, ...]:
    """Draw the places on the map, the smallest last and so on top; the largest bear their names."""
    drawn = []
    for spot in sorted(spots, key=lambda spot: (-spot.stories, spot.name)):
        x, y = project(spot.at)
        if _is_drawn(y):
            radius = _RADII[bisect_right(OF_A_PLACE, spot.stories) - 1]
            drawn.append(Circle(spot, x, y, radius))
    return (*_named(drawn), *drawn[_NAMED:])


def _named(drawn: list[Circle]) -> Iterator[Circle]:
    """Give the largest circles names that cover neither one another nor a large circle."""
    taken = [
        (one.x - one.radius, one.y - one.radius, one.x + one.radius, one.y + one.radius)
        for one in drawn[:_NAMED]
    ]
    for one in drawn[:_NAMED]:
        wide, gap = _LETTER * len(one.spot.name), one.radius + 3
        for x in (one.x + gap, one.x - gap - wide):
            box = (x, one.y - _LINE / 2, x + wide, one.y + _LINE / 2)
            if x >= 0 and x + wide <= WIDTH and not any(_meet(box, other) for other in taken):
                taken.append(box)
                one = one._replace(label=(round(x, 1), round(one.y + _LINE / 3, 1)))  # noqa: PLW2901
                break
        yield one


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
