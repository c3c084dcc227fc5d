"""The stories that all peers build: those at hand, or made-up ones of the same shape.

Made-up stories have the lengths, tags, sections and days of the Reuters-21578 collection, and words
that mean nothing. They are the same on every machine.
"""

import re
import shutil
import tarfile
from bisect import bisect
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random

COUNT = 21_578
SEED = 21_578
# Words in a story and in a headline: the shortest, each twentieth of the way, the longest.
WORDS = (
    *(0, 15, 17, 25, 35, 44, 51, 59, 67, 75, 82, 89, 95, 103, 121, 150, 177, 208, 275, 398),
    780,  # the longest has 1,668, but most of the last twentieth is far from it
)
HEADLINE = (1, 4, 5, 6, 6, 6, 6, 6, 7, 7, 7, 7, 7, 7, 8, 8, 8, 9, 9, 11, 26)
PARAGRAPH = 24  # words
TAGS = (1862, 7004, 9010, 1977, 890, 381, 182, 93, 66, 33, 30, 30, 20)  # stories with 0, 1, … tags
TAG_NAMES, TAG_FALL = 445, 1.35  # how many, and how their use falls from one to the next
SECTION_NAMES, SECTION_FALL = 83, 1.6
DAYS = 58
CODED = 0.08  # of paragraphs, with a company's code after the first word
DATELINED = 0.88  # of stories
AGENCY = "Agency"

FIELD = re.compile(r"^(\w+): *(.*)$", re.MULTILINE)


def lay_out(folder: Path, corpus: Path | None, count: int = COUNT) -> None:
    """Write stories as ``YYYY/MM/DD/slug.md``: those of an archive or a folder, or made-up ones."""
    if corpus is None:
        for name, text in made_up(count):
            _write(folder / name, text)
    elif corpus.is_dir():
        shutil.copytree(corpus, folder)
    else:
        with tarfile.open(corpus) as packed:
            packed.extractall(folder, filter="data")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def fields(text: str) -> dict[str, str]:
    """Read a story's metadata."""
    return dict(FIELD.findall(text.partition("\n\n")[0]))


def stories(folder: Path) -> list[Path]:
    """Find the stories below a folder, in an order that holds."""
    return sorted(folder.rglob("*.md"))


def sections(folder: Path, most: int) -> list[str]:
    """Name the sections that have the most stories."""
    read = (fields(path.read_text(encoding="utf-8")) for path in stories(folder))
    return [name for name, _ in Counter(known["Category"] for known in read).most_common(most)]


def multiply(folder: Path, target: Path, times: int) -> None:
    """Write a set's stories that many times over, each time a year later."""
    for path in stories(folder):
        name, text = path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")
        for years in range(times):
            _write(target / shifted(name, years, "/"), shifted(text, years, "-"))


def shifted(text: str, years: int, separator: str) -> str:
    """Move a story's name or text to a later year, and keep it apart from what it was."""
    pattern = rf"(\d{{4}}){separator}(\d\d){separator}(\d\d)"

    def later(found: re.Match[str]) -> str:
        day = "28" if found[2] + found[3] == "0229" else found[3]
        return separator.join((str(int(found[1]) + years), found[2], day))

    if not years:
        return text
    if separator == "/":
        return re.sub(pattern, later, text, count=1).replace(".md", f"-{years}.md")
    header, blank, body = text.partition("\n\n")
    header = re.sub(rf"(?<=^Date: ){pattern}", later, header, flags=re.MULTILINE)
    header = re.sub(r"^(Slug: .*)$", rf"\1-{years}", header, flags=re.MULTILINE)
    return header + blank + body


def made_up(count: int) -> Iterator[tuple[str, str]]:
    """Make stories, each with the name of its file."""
    dice = Random(SEED)  # noqa: S311  # always the same, and no secret
    words = _vocabulary(dice, 3000)
    tags = _falling(TAG_FALL, TAG_NAMES)
    named = _falling(SECTION_FALL, SECTION_NAMES)
    amounts = list(accumulate(TAGS))
    for number in range(1, count + 1):
        headline = [_pick(dice, words) for _ in range(_quantile(dice, HEADLINE))]
        wanted = bisect(amounts, dice.random() * amounts[-1])
        chosen: dict[str, None] = {}
        while len(chosen) < wanted:
            chosen[words[bisect(tags, dice.random() * tags[-1])]] = None
        # The days are spread over most of a year, and the first are the busiest.
        day = date(2001, 1, 1) + timedelta(days=5 * int(DAYS * dice.random() ** 1.5))
        slug = f"{'-'.join(headline)}-{number}"
        place = f"{_pick(dice, words).upper()}, {day:%B} {day.day} -"
        minute = int(dice.random() * 24 * 60)
        header = {
            "Title": " ".join(headline).upper(),
            "Date": f"{day} {minute // 60:02}:{minute % 60:02}",
            "Slug": slug,
            "Tags": ", ".join(chosen),
            "Dateline": place if dice.random() < DATELINED else "",
            "Authors": AGENCY,
            "Category": words[-1 - bisect(named, dice.random() * named[-1])],
        }
        lines = "".join(f"{key}: {value}\n" for key, value in header.items())
        yield f"{day:%Y/%m/%d}/{slug}.md", f"{lines}\n{_text(dice, words)}\n"


def _vocabulary(dice: Random, count: int) -> list[str]:
    """Make words of up to three syllables, none of them like another but for its last letter.

    None is "page", which an archive keeps for its numbered pages.
    """
    words: dict[str, None] = {}
    while len(words) < count:
        syllables = (
            _pick(dice, "bcdfghklmnprtv") + _pick(dice, "aeiou")
            for _ in range(1 + int(3 * dice.random()))
        )
        words["".join(syllables)] = None
        words.pop("page", None)
    return list(words)


def _falling(fall: float, count: int) -> list[float]:
    """Sum up how often each of so many names is used, the first the most."""
    return list(accumulate(rank**-fall for rank in range(1, count + 1)))


def _pick(dice: Random, words: list[str] | str) -> str:
    return words[int(dice.random() * len(words))]


def _quantile(dice: Random, marks: tuple[int, ...]) -> int:
    """Draw a number that is as often small or large as ``marks`` say."""
    step, part = divmod(dice.random() * (len(marks) - 1), 1)
    low, high = marks[int(step) : int(step) + 2]
    return round(low + (high - low) * part)


def _text(dice: Random, words: list[str]) -> str:
    """Make paragraphs of a sentence each."""
    left, paragraphs = _quantile(dice, WORDS), []
    while left > 0:
        first, *others = (_pick(dice, words) for _ in range(min(left, PARAGRAPH)))
        left -= 1 + len(others)
        code = rf"\<{first[:3].upper()}\>"
        coded = (code,) if dice.random() < CODED else ()
        paragraphs.append(f"{' '.join((first.capitalize(), *coded, *others))}.")
    return "\n\n".join(paragraphs)
