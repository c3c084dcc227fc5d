"""A shard: the index of some stories that follow one another, as one file that is read in parts.

docs/search.md describes the file, ``theme/static/search.js`` reads it.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from os.path import commonprefix
from typing import NamedTuple
from zlib import crc32

from newsarchive.article.article import Article
from newsarchive.build import fingerprint
from newsarchive.build.state import Text
from newsarchive.exports.search import codec
from newsarchive.exports.search.words import key, plain, words

BITS = 11  # of a story's number within its shard
SIZE = 1 << BITS  # stories in a full shard
MARK = b"NAS1"
TOKEN = 4  # bytes in front of each block that tell its shard, as it was made, from every other
HEADLINE = 4  # a word of the headline counts as so many more
MOST_WEIGHT = 15
BLOCK = 1_400  # bytes of a block before it is compressed
PAIRS = 700  # in a block at most, of a usual shard
RESULTS = 8  # in a block
PAIR_BITS = 16  # of the number that stands for two words side by side
SIGN = "#"  # before what is no word but filters: ``#topic:north-korea``


@dataclass(frozen=True, slots=True)
class Slugs:
    """What stories are filtered by: kind, name in the story, slug; of a topic several rows."""

    rows: tuple[tuple[str, str, str], ...] = ()


def shard(articles: Sequence[Article], texts: Sequence[Text], slugs: Slugs) -> bytes:
    """Index stories, oldest first; ``slugs`` are of what they name."""
    told = [_told(article, text) for article, text in zip(articles, texts, strict=True)]
    terms = _postings(told)
    for term, stories in _filters(articles, slugs).items():
        terms[term] = [story << 4 for story in stories]
    firsts, term_blocks = _term_blocks(terms)
    pairs = _pairs(told)
    parts = {"sizes": term_blocks, "pairs": _pair_blocks(pairs), "results": _results(articles)}
    facts = {"stories": len(articles), "months": _months(articles), "terms": firsts}
    return _bound(facts, parts)


class _Told(NamedTuple):
    """The words of a story: of the headline, and of each part of the rest."""

    headline: list[str]
    parts: tuple[list[str], ...]


def _told(article: Article, text: Text) -> _Told:
    rest = (article.summary, article.byline, article.credits)
    body = words(plain(text.text))
    return _Told(words(article.headline), (*(words(part) for part in rest if part), body))


def _postings(told: Sequence[_Told]) -> dict[str, list[int]]:
    """Find the stories of each word, and how much it weighs in each: its number and its weight.

    The weight is that of BM25 but for the rarity of the word, which nobody knows before all
    shards are asked. What is said at all weighs something.
    """
    postings: dict[str, list[int]] = defaultdict(list)
    lengths = [sum(map(len, story.parts)) + len(story.headline) for story in told]
    usual = sum(lengths) / len(lengths) or 1
    for number, (story, length) in enumerate(zip(told, lengths, strict=True)):
        counts = Counter(story.parts[-1])
        for part in story.parts[:-1]:
            counts.update(part)
        for word in story.headline:
            counts[word] += 1 + HEADLINE
        half = 1.2 * (0.25 + 0.75 * length / usual)  # as often, it has half of its weight
        weighed = [
            number << 4 | max(1, int(MOST_WEIGHT * count / (count + half) + 0.5))
            for count in range(max(counts.values(), default=0) + 1)
        ]
        for word, count in counts.items():
            postings[word].append(weighed[count])
    return postings


def _filters(articles: Sequence[Article], slugs: Slugs) -> Mapping[str, list[int]]:
    """Find the stories of each topic, section, person, place and agency."""
    slugs_of: dict[tuple[str, str], list[str]] = defaultdict(list)
    for kind, name, slug in slugs.rows:
        slugs_of[kind, name].append(slug)
    found: dict[str, list[int]] = defaultdict(list)
    for number, article in enumerate(articles):
        for kind, name in named(article):
            for slug in filter(None, slugs_of.get((kind, name)) or (key(name),)):
                stories = found[f"{SIGN}{kind}:{slug}"]
                if stories[-1:] != [number]:
                    stories.append(number)
    return found


def named(article: Article) -> Iterator[tuple[str, str]]:
    """What stories are filtered by, kind and name, as the story has it."""
    for tag in article.tags:
        yield "topic", tag
    yield "section", article.section
    for part in article.contributions:
        yield "person", part.name
    if article.dateline:
        for place in article.dateline.places:
            yield "place", place
    if article.source:
        yield "agency", article.source


def _term_blocks(terms: Mapping[str, list[int]]) -> tuple[list[str], list[bytes]]:
    """Write terms by the alphabet, as JavaScript sorts; of each block the first words' beginning.

    A term is what it has in common with the one before, the rest, and its stories.
    """
    firsts, blocks = [], []
    block, last = bytearray(), ""
    for term in sorted(terms, key=_in_javascript):
        if not block:
            firsts.append(_beginning(last, term))
            last = ""
        common = _in_common(last, term)
        rest = term[len(common) :].encode()
        postings = terms[term]
        stories = [posting >> 4 for posting in postings]
        weights = bytes([posting & MOST_WEIGHT for posting in postings])
        block += codec.number(len(_in_javascript(common)) // 2)
        block += codec.number(len(rest))
        block += rest
        block += codec.number(len(stories))
        block += codec.steps(stories)
        block += weights
        last = term
        if len(block) >= BLOCK:
            blocks.append(bytes(block))
            block = bytearray()
    if block:
        blocks.append(bytes(block))
    return firsts, blocks


def _in_javascript(term: str) -> bytes:
    return term.encode("utf-16-be")


def _in_common(last: str, term: str) -> str:
    return commonprefix((last, term))  # noqa: RUF071  # letter by letter


def _beginning(last: str, term: str) -> str:
    """As much of a term as tells it from the one before."""
    return term[: len(_in_common(last, term)) + 1]


def _pairs(told: Sequence[_Told]) -> list[int]:
    """Find which two words stand side by side in which stories, and where in the headline.

    That is one number: of both words, of the story, and a bit for the headline. Few pairs share
    theirs, and of these nearly none is in a story that has all pairs of a phrase; the page of the
    story tells.
    """
    hashes = _Hashes()
    found: list[int] = []
    for number, story in enumerate(told):
        pairs: set[int] = set()
        for part in story.parts:
            pairs.update(hashes.pairs(part, number))
        headline = set(hashes.pairs(story.headline, number))
        found += pairs - headline
        found += [pair | 1 for pair in headline]
    found.sort()
    return found


class _Hashes(dict[str, int]):
    def __missing__(self, word: str) -> int:
        self[word] = code = crc32(word.encode())
        return code

    def pairs(self, said: Sequence[str], story: int) -> list[int]:
        codes = [self[word] for word in said]
        place = story << 1
        return [(one * 31 + other & 0xFFFF) << BITS + 1 | place for one, other in pairwise(codes)]


def _pair_blocks(pairs: Sequence[int]) -> list[bytes]:
    """Cut pairs by the first bits of their numbers, into blocks of a power of two in number."""
    bits = 0
    while bits < PAIR_BITS and len(pairs) > PAIRS << bits:
        bits += 1
    blocks: list[list[int]] = [[] for _ in range(1 << bits)]
    shift = PAIR_BITS + BITS + 1 - bits
    for pair in pairs:
        blocks[pair >> shift].append(pair)
    return [
        codec.steps_apart([pair - (place << shift) for pair in block])
        for place, block in enumerate(blocks)
    ]


def _results(articles: Sequence[Article]) -> list[bytes]:
    """Write what a reader sees of each story that is found, before its page is asked."""
    results = [_result(article) for article in articles]
    return [
        json.dumps(results[start : start + RESULTS], ensure_ascii=False).encode()
        for start in range(0, len(results), RESULTS)
    ]


def _result(article: Article) -> Sequence[str]:
    """The address, the headline, its language, the date twice, then where from and what is ours."""
    date = article.date
    places = article.dateline.places if article.dateline else ()
    supplied = f"{article.supplied_words} supplied" if article.supplied else ""
    notes = filter(None, ("/".join(places) or article.section, supplied))
    return article.url, article.headline, article.language, date.iso, date.words, " · ".join(notes)


def _months(articles: Sequence[Article]) -> list[tuple[int, int]]:
    """The months in which stories are, as numbers like 198703, each with its first story."""
    found: dict[int, int] = {}
    for number, article in enumerate(articles):
        day = article.date.value
        found.setdefault(day.year * 100 + day.month, number)
    return list(found.items())


def _bound(facts: Mapping[str, object], parts: Mapping[str, list[bytes]]) -> bytes:
    """Put a shard together: mark, length of the header, header, blocks."""
    every = [block for blocks in parts.values() for block in blocks]
    said = [json.dumps(facts).encode(), *every]
    token = fingerprint.of_bytes(b"".join(said))[:TOKEN]
    packed = {
        name: [token + codec.squeezed(block) for block in blocks] for name, blocks in parts.items()
    }
    sizes = {name: list(map(len, blocks)) for name, blocks in packed.items()}
    header = {"token": token.hex(), **facts, **sizes}
    compact = json.dumps(header, ensure_ascii=False, separators=(",", ":"))
    head = codec.squeezed(compact.encode())
    bodies = [block for blocks in packed.values() for block in blocks]
    return b"".join((MARK, len(head).to_bytes(4, "little"), head, *bodies))
