"""The contact sheet: every picture with its caption, by site and kind of page."""

import os
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader


class Picture(NamedTuple):
    """A picture of the page of a kind at an address, on a medium."""

    kind: str
    address: str
    medium: str
    path: Path


class Group(NamedTuple):
    """All pictures of one site."""

    title: str
    pictures: Sequence[Picture]

    @property
    def rows(self) -> list[list[Picture]]:
        """The pictures of each page together."""
        pages = groupby(self.pictures, key=lambda picture: picture.address)
        return [list(pictures) for _, pictures in pages]


def write(folder: Path, groups: Sequence[Group]) -> Path:
    """Write the sheet into a folder above the pictures, and tell where it is."""
    templates = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
    path = folder / "index.html"
    text = templates.get_template("sheet.html").render(groups=groups, folder=folder)
    path.write_text(text, encoding="utf-8")
    return Path(os.path.relpath(path))
