"""The map of places."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from newsarchive.article.coordinates import Coordinates
from newsarchive.exports import maps
from newsarchive.exports.maps import HEIGHT, NORTH, WIDTH, Spot

HABITABLE = st.builds(Coordinates, st.floats(-55, NORTH), st.floats(-180, 180))
LONDON = Spot("London", "places/london/", 40, Coordinates(51.5, -0.13))


@given(HABITABLE)
def test_whoever_files_does_so_on_the_map(at: Coordinates) -> None:
    """No place that people live in is beyond its edges."""
    x, y = maps.project(at)
    assert 0 <= x <= WIDTH
    assert 0 <= y <= HEIGHT


def test_the_sides_of_the_world_are_where_they_belong() -> None:
    """North is up and east is right; Greenwich is in the middle."""
    x, y = maps.project(LONDON.at)
    assert abs(x - WIDTH / 2) < 1
    assert maps.project(Coordinates(35.7, 139.7))[0] > x
    assert maps.project(Coordinates(-33.9, 151.2))[1] > y


@given(HABITABLE)
def test_a_place_is_in_the_piece_of_the_map_that_is_cut_for_it(at: Coordinates) -> None:
    """At the edges of the map too, over which the piece does not go."""
    piece = maps.near(at)
    assert piece
    (left, top, wide, high), x, y = piece
    assert 0 <= left <= x <= left + wide <= WIDTH
    assert 0 <= top <= y <= top + high <= HEIGHT


def test_a_place_beyond_the_edges_is_on_no_map() -> None:
    """Rather none than a piece of empty sea, or a link that nobody can see."""
    mcmurdo = Coordinates(-77.85, 166.67)
    assert maps.near(mcmurdo) is None
    assert maps.circles([LONDON._replace(at=mcmurdo)]) == ()


def test_more_stories_make_a_larger_circle_below_the_smaller() -> None:
    """By classes; the smallest is drawn last and can be pointed at."""
    spots = [LONDON._replace(name=str(count), stories=count) for count in (1, 4, 5, 20, 100, 900)]
    drawn = maps.circles(spots)
    assert [circle.spot.stories for circle in drawn] == [900, 100, 20, 5, 4, 1]
    radii = [circle.radius for circle in drawn]
    assert radii == sorted(radii, reverse=True)
    assert radii[-1] == radii[-2]


@given(st.lists(HABITABLE, max_size=30))
def test_names_do_not_cover_one_another(points: list[Coordinates]) -> None:
    """However near the places are, each name is where it can be read."""
    spots = [Spot(f"Place {n}", f"{n}/", 50, at) for n, at in enumerate(points)]
    boxes = [
        (*circle.label, len(circle.spot.name) * 7.5)
        for circle in maps.circles(spots)
        if circle.label
    ]
    for (x, y, wide), (other_x, other_y, other_wide) in combinations(boxes, 2):
        apart = (
            abs(y - other_y) >= 13.8 or x + wide <= other_x + 0.2 or other_x + other_wide <= x + 0.2
        )
        assert apart


def test_no_places_make_no_map() -> None:
    """There is nothing to draw."""
    assert maps.circles([]) == ()
