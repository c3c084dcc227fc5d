"""A reader of the index, written from docs/search.md and not from what writes it."""

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Index:
    """A shard: of each term the stories by number with its weight, of each pair's number those."""

    head: Mapping[str, Any]
    terms: Mapping[str, Mapping[int, int]]
    pairs: Mapping[int, set[int]]
    addresses: list[str]
    sizes: list[int]  # of all blocks, before they were compressed

    def has(self, word: str) -> list[str]:
        """The addresses of the stories with a term."""
        return [self.addresses[story] for story in self.terms.get(word, {})]

    def beside(self, one: str, other: str) -> list[str]:
        """The addresses of the stories in which two words stand side by side."""
        pair = (zlib.crc32(one.encode()) * 31 + zlib.crc32(other.encode())) % 2**16
        return [self.addresses[story] for story in sorted(self.pairs.get(pair, ()))]


def read(data: bytes) -> Index:
    """Take a shard apart, whole."""
    assert data[:4] == b"NAS1"
    place = 8 + int.from_bytes(data[4:8], "little")
    head = json.loads(zlib.decompress(data[8:place], -15))
    token = bytes.fromhex(head["token"])
    blocks: dict[str, list[bytes]] = {}
    for kind in ("sizes", "pairs", "addresses"):
        blocks[kind] = []
        for size in head[kind]:
            assert data[place : place + 4] == token
            blocks[kind].append(zlib.decompress(data[place + 4 : place + size], -15))
            place += size
    assert place == len(data)
    terms: dict[str, Mapping[int, int]] = {}
    for first, block in zip(head["terms"], blocks["sizes"], strict=True):
        found = dict(_terms(block))
        assert next(iter(found)).startswith(first)
        terms |= found
    pairs: dict[int, set[int]] = {}
    for number, block in enumerate(blocks["pairs"]):
        for value in _steps(block, number * 2**27 // len(blocks["pairs"])):
            pairs.setdefault(value >> 11, set()).add(value % 2**11)
    addresses = [line for block in blocks["addresses"] for line in block.decode().split("\n")]
    return Index(
        head, terms, pairs, addresses, [len(one) for each in blocks.values() for one in each]
    )


def _terms(block: bytes) -> Iterator[tuple[str, Mapping[int, int]]]:
    rest = iter(block)

    def number() -> int:
        value = shift = 0
        for byte in rest:
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7
        raise StopIteration

    last = ""
    while True:
        try:
            common = number()
        except (StopIteration, RuntimeError):
            return
        length = number()
        last = last[:common] + bytes(next(rest) for _ in range(length)).decode()
        story, stories = 0, []
        for _ in range(number()):
            story += number()
            stories.append(story)
        yield last, {story: next(rest) for story in stories}


def _steps(block: bytes, value: int) -> Iterator[int]:
    count = len(block) // 4
    for at in range(count):
        value += int.from_bytes(block[at::count], "little")
        yield value


def said(path: Path) -> str:
    """All words that a file of the index holds, for a canary to be looked for."""
    index = read(path.read_bytes())
    return "\n".join((json.dumps(index.head), *index.terms, *index.addresses))
