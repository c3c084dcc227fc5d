"""Python loads this before all else: folders are listed in the order that LISTING_ORDER names."""

import os
from hashlib import sha256
from typing import Any, Self

ORDERS = {
    "forwards": os.fsencode,
    "backwards": lambda name: bytes(255 - byte for byte in os.fsencode(name)),
    "by chance": lambda name: sha256(os.fsencode(name)).digest(),
}
_order = ORDERS[os.environ["LISTING_ORDER"]]
_listdir, _scandir = os.listdir, os.scandir


def _listed(*folder: str | bytes | os.PathLike[str] | int) -> list[Any]:
    return sorted(_listdir(*folder), key=_order)


class _Scanned:
    def __init__(self, *folder: str | bytes | os.PathLike[str] | int) -> None:
        with _scandir(*folder) as entries:
            self._entries = iter(sorted(entries, key=lambda entry: _order(entry.name)))

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> os.DirEntry[Any]:
        return next(self._entries)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def close(self) -> None:
        pass


os.listdir, os.scandir = _listed, _Scanned
