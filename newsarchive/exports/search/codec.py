"""Numbers as few bytes, and bytes squeezed as browsers can take them apart."""

import zlib
from array import array
from collections.abc import Sequence
from operator import sub
from sys import byteorder

_FEW = 128  # what seven bits hold


def number(value: int) -> bytes:
    """Write a number in seven bits a byte, the lowest first; the eighth says that more follow."""
    if value < _FEW:
        return bytes((value,))
    out = bytearray()
    while value >= _FEW:
        out.append(value & (_FEW - 1) | _FEW)
        value >>= 7
    out.append(value)
    return bytes(out)


def steps(rising: Sequence[int]) -> bytes:
    """Write rising numbers as the steps between them, the first from nothing."""
    between = [*rising[:1], *map(sub, rising[1:], rising)]
    if max(between, default=0) < _FEW:
        return bytes(between)
    return b"".join(map(number, between))


def steps_apart(rising: Sequence[int]) -> bytes:
    """Write steps of four bytes each: all lowest bytes first, all highest ones at the end."""
    between = array("I", [*rising[:1], *map(sub, rising[1:], rising)])
    if byteorder == "big":
        between.byteswap()
    data = between.tobytes()
    return b"".join(data[place :: between.itemsize] for place in range(between.itemsize))


def squeezed(data: bytes | bytearray) -> bytes:
    """Compress by raw DEFLATE, ``deflate-raw`` to a browser."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    return deflate.compress(data) + deflate.flush()
