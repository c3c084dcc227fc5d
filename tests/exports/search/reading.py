"""A reader of the index, written from docs/search.md and not from what writes it."""

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Index:
    """A shard: of each term and each pair's number the stories by theirs.

    With a term is its weight, with a pair whether it is in the headline.
    """

    head: Mapping[str, Any]
    terms: Mapping[str, Mapping[int, int]]
    pairs: Mapping[int, Mapping[int, bool]]
    results: list[list[str]]
    sizes: list[int]  # of all blocks, before they were compressed

    @property
    def addresses(self) -> list[str]:
        """Where each story is."""
        return [address for address, *_ in self.results]

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
    for kind in ("sizes", "pairs", "results"):
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
    pairs: dict[int, dict[int, bool]] = {}
    for number, block in enumerate(blocks["pairs"]):
        for value in _steps(block, number * 2**28 // len(blocks["pairs"])):
            pairs.setdefault(value >> 12, {})[value // 2 % 2**11] = bool(value % 2)
    results = [result for block in blocks["results"] for result in json.loads(block)]
    return Index(
        head, terms, pairs, results, [len(one) for each in blocks.values() for one in each]
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
        known = last.encode("utf-16-le")[: 2 * common].decode("utf-16-le")
        last = known + bytes(next(rest) for _ in range(length)).decode()
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
    shown = (part for result in index.results for part in result)
    return "\n".join((json.dumps(index.head), *index.terms, *shown))
