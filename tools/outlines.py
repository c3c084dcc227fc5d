"""Draw the outlines of the world's land, ``theme/static/land.svg``, for the map of places.

Run by hand, as ``python -m tools.outlines``, after a change of the projection, never by a build.
The outlines are Natural Earth's at 1:110,000,000, as npm's ``world-atlas`` has them.
"""

import json
import subprocess
import tarfile
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

from newsarchive.article.coordinates import Coordinates
from newsarchive.exports.maps import HEIGHT, NORTH, WIDTH, project

PACKAGE = "world-atlas@2.0.2"
CACHE = Path(".cache/outlines")
DRAWING = Path("theme/static/land.svg")
SOUTH = -60  # degrees, below which there is but Antarctica
LEAST = 0.7  # units of the map, by which the corners of a coast stand apart
HEAD = f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">
<!-- Made with Natural Earth (public domain), 1:110m land, as npm's {PACKAGE} (ISC) has it; drawn by
tools/outlines.py in the Natural Earth projection. -->
"""

Point = tuple[float, float]


def main() -> None:
    """Fetch the outlines and draw them."""
    CACHE.mkdir(parents=True, exist_ok=True)
    command = ["npm", "pack", "--silent", PACKAGE]
    packed = subprocess.run(command, cwd=CACHE, check=True, capture_output=True, text=True)  # noqa: S603  # our own command
    with tarfile.open(CACHE / packed.stdout.strip()) as archive:
        file = archive.extractfile("package/land-110m.json")
        atlas = json.load(file) if file else {}
    path = "".join(map(_ring, _coasts(atlas)))
    DRAWING.write_text(f'{HEAD}<path id="land" d="{path}"/>\n</svg>\n', encoding="utf-8")


def _coasts(atlas: dict[str, Any]) -> Iterator[list[Point]]:
    """The closed coasts of a TopoJSON atlas, as (longitude, latitude), Antarctica's left out."""
    arcs = [_arc(steps, atlas["transform"]) for steps in atlas["arcs"]]
    for shape in atlas["objects"]["land"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for ring in (ring for polygon in polygons for ring in polygon):
            coast = [point for at in ring for point in (arcs[at] if at >= 0 else arcs[~at][::-1])]
            if max(latitude for _, latitude in coast) > SOUTH:
                yield from _cut(coast)


def _cut(coast: list[Point]) -> Iterator[list[Point]]:
    """Cut a coast at the edges of the map: what goes beyond one goes on at the other."""
    unwound = [coast[0]]
    for longitude, latitude in coast[1:]:
        turns = round((unwound[-1][0] - longitude) / 360)
        unwound.append((longitude + 360 * turns, latitude))
    for turn in (-360, 0, 360):
        cut = [(max(-180, min(180, east + turn)), north) for east, north in unwound]
        if len({east for east, _ in cut}) > 1:
            yield cut


def _arc(steps: list[list[int]], transform: dict[str, list[float]]) -> list[Point]:
    (wide, high), (west, south) = transform["scale"], transform["translate"]
    columns, rows = map(accumulate, zip(*steps, strict=True))
    return [(x * wide + west, y * high + south) for x, y in zip(columns, rows, strict=True)]


def _ring(coast: list[Point]) -> str:
    """Draw a coast, without corners that nobody could tell apart; one of no size is none."""
    corners: list[Point] = []
    for longitude, latitude in coast:
        x, y = project(Coordinates(min(latitude, NORTH), longitude))
        if not corners or max(abs(x - corners[-1][0]), abs(y - corners[-1][1])) >= LEAST:
            corners.append((x, y))
    if len(corners) <= 2:  # noqa: PLR2004  # a line
        return ""
    (x, y), *others = corners
    lines = []
    for right, down in others:
        lines.append(f"{_number(right - x)},{_number(down - y)}".replace(",-", "-"))
        x, y = right, down
    return f"M{corners[0][0]},{corners[0][1]}l{' '.join(lines)}z"


def _number(value: float) -> str:
    """Write a number as short as SVG reads it: ``-.8``."""
    text = f"{value:.1f}".removesuffix(".0")
    return text.replace("0.", ".") if abs(value) < 1 else text


if __name__ == "__main__":
    main()
