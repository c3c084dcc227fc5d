"""Thirty stories of a coast that was made up: what an archive holds after its first weeks.

Of each, thirty.txt has a line with the moment, section, topics and place, and a line each for the
headline, the first sentence and, where it has one, the standfirst.
"""

from collections.abc import Sequence
from pathlib import Path

from newsarchive.moment import MONTHS

SECTIONS = ("World", "Business", "Science", "Sport", "Arts")
REPORTERS = ("Ada Quill", "Bruno Salt", "Cora Whitcombe-Featherstonehaugh", "Dara Ó Briain")
# What the stories go on with, each from another on.
PARAGRAPHS = """\
“We are not yet done,” the harbour master said. “We have not been done since I came here, and I
came here when the old king was on the coins.”

The figure compares with 140 in the same week of last year, and with 95 in the year before that,
when the inner basin was dry for a month.

Nobody at the ministry could be reached for comment. A clerk who answered the telephone said that
everybody had gone to look at the water.

Those who had come to watch stayed until the lamps were lit. Some had brought chairs.

The matter is before the district court, which is to hear it on the first working day after the
spring tides. Lawyers for both sides said that they expected to win.

An inquiry set up after the floods had warned of it in its third volume, on a page that the
inquiry’s own index does not list.
"""
STANDING = {
    "topics/porthaven.md": "Title: Porthaven\nKind: place\nCoordinates: 54.6, -3.5\n",
    "topics/lower-march.md": "Title: Lower March\nKind: place\nCoordinates: 52.1, 4.8\n",
    "topics/upper-march.md": "Title: Upper March\nKind: place\nCoordinates: 47.6, 9.2\n",
    "topics/shipping.md": "Title: Shipping\n",
    "topics/ministry-of-waterways.md": "Title: Ministry of waterways\n",
    "topics/harbour-works.md": """\
Title: Harbour works
Aliases: Port works
Pairs: Shipping, Ministry of waterways

What has been reported of the outer breakwater, from the day when its end was first announced.
""",
    "pages/about.md": """\
Title: About
Summary: What this archive keeps.

The coast’s stories, as the agency sent them.
""",
}


def write(content: Path) -> None:
    """Write the whole content folder of the site."""
    paragraphs = PARAGRAPHS.split("\n\n")
    stories = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").split("\n\n")
    for number, story in enumerate(stories, 1):
        day = story[:10].replace("-", "/")
        _write(content / f"articles/{day}/coast-{number}.md", _post(story, number, paragraphs))
    for name, text in STANDING.items():
        _write(content / name, text)


def _post(story: str, number: int, paragraphs: Sequence[str]) -> str:
    told, headline, first, *standfirst = story.strip().split("\n")
    moment, section, topics, place = told.split(" | ")
    reporter, editor = (REPORTERS[at % len(REPORTERS)] for at in (number, number + 1))
    fields = {
        "Title": headline,
        "Date": moment,
        "Category": section,
        "Tags": topics,
        "Summary": "".join(standfirst),
        "Byline": f"By {reporter}",
        "Dateline": f"{place}, {_day(moment)} (Tidewater) –",
        "Source": "Tidewater",
        "Credits": f"(Reporting by {reporter}; Editing by {editor})",
    }
    header = "\n".join(f"{key}: {value}" for key, value in fields.items() if value)
    more = (paragraphs[at % len(paragraphs)] for at in range(number, number + 2 + number % 5))
    return "\n\n".join((header, first, *more))


def _day(moment: str) -> str:
    return f"{MONTHS[int(moment[5:7]) - 1]} {int(moment[8:10])}"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
