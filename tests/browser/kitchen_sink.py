"""A site made up to hold everything that a page may have to bear."""

import struct
import zlib
from datetime import date, timedelta
from pathlib import Path
from textwrap import dedent

SECTIONS = ("World", "Business", "Science", "Sport", "Arts", "Opinion", "Health", "Weather")
PAGE_OF_STORIES = 50
STORIES = 3 * PAGE_OF_STORIES + 5  # enough for two numbered pages below the newest
FIRST_DAY = date(1987, 2, 26)
REPORTERS = ("Ada Quill", "Bruno Salt", "Cora Whitcombe-Featherstonehaugh", "Dara Ó Briain")
LONG_HEADLINE = (
    "Harbour master says that the works on the outer breakwater, which were to end in spring, will "
    "end in autumn, while the ministry says that they have ended, and the contractor that they "
    "have yet to begin"
)
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
NINE = (
    "Ada Quill, Bruno Salt, Cora Whitcombe-Featherstonehaugh, Dara Ó Briain, Émile Hölderlin, "
    "Fatima al-Rashid, Gwen Llewellyn, Hiroko Nakamura and Ilse van der Meer"
)


def write(content: Path) -> None:
    """Write the whole content folder of the site."""
    for number in range(1, STORIES + 1):
        _write(content, *_harbour_story(number))
    for slug, text in SPECIAL.items():
        _write(content, f"articles/1991/12/31/{slug}.md", text)
    for path, text in STANDING.items():
        _write(content, path, text)
    picture = content / "images/breakwater.png"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(png(640, 360))


def _write(content: Path, name: str, text: str) -> None:
    path = content / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dedent(text).lstrip(), encoding="utf-8")


def _harbour_story(number: int) -> tuple[str, str]:
    day = FIRST_DAY + timedelta(days=11 * number - number % 3)
    reporter = REPORTERS[number % len(REPORTERS)]
    tags = "Harbour works, Shipping" if number % 4 == 0 else "Harbour works"
    text = f"""
        Title: Story {number} of the harbour works
        Date: {day}
        Slug: harbour-works-{number}
        Category: {SECTIONS[number % len(SECTIONS)]}
        Tags: {tags}
        Byline: By {reporter}
        Dateline: PORTHAVEN (Tidewater) –
        Source: Tidewater
        Credits: (Reporting by {reporter}; Editing by Ilse van der Meer)

        The harbour works went on for week {number} on Thursday, and the harbour master counted
        {number * 3} barges in the outer basin.

        “We are not yet done,” he said.
        """
    return f"articles/{day:%Y/%m/%d}/harbour-works-{number}.md", text


SPECIAL = {
    "long-headline": f"""
        Title: {LONG_HEADLINE}
        Slug: long-headline
        Date: 1991-12-31T23:45-05:00
        Modified: 1991-12-31T23:59-05:00
        Category: World
        Tags: Harbour works, Shipping, Outer breakwater, Ministry of waterways and inland navigation
        Advisory: (Corrects spelling in paragraph 3)
        Summary: The standfirst says in one sentence what three parties say in three.
        Byline: By {NINE}
        Dateline: PORTHAVEN/SAINT-GERMAIN-DES-EAUX, Dec. 31 (Tidewater) –
        Source: Tidewater
        Source_url: https://example.com/{"a-very-long-address-" * 6}
        Credits: (Reporting by {NINE}; Additional reporting by Juan Núñez; Editing by Kit Moor)

        A first paragraph that has a two-city dateline run in to it.

        A second with a word that no line holds: {LONG_WORD}.
        """,
    "every-element": f"""
        Title: Every element that a text may have
        Slug: every-element
        Date: 1991-12-31
        Category: Business
        Tags: Harbour works
        Byline: By Ada Quill

        A paragraph with *emphasis*, **strength**, `code`, [a link](https://example.com/), an
        address as it stands, <https://example.com/{"x" * 90}>, and a note.[^1]

        ## A heading within the text

        > A quotation that stands apart.

        - An item
        - Another, with a list of its own
            1. First
            2. Second

        ### A lower heading

        | Berth | Vessel | Flag | Tonnage | Draught | Master | Cargo | Cleared |
        |:------|--------|:----:|--------:|--------:|--------|-------|---------|
        | 1 | Perseverance | NO | 12,400 | 7.25 | Halvorsen | Refrigerated timber | Tuesday |
        | 2 | Konstantinoupoli | GR | 128,000 | 14.5 | Papadopoulos | Containers | Wednesday |

            A block as it was typed, with a line that is much too long for any telephone to hold.

        Term
        :   What it means.

        ![A breakwater]({{static}}/images/breakwater.png)

        ---

        [^1]: The note itself.
        """,
    "picture": """
        Title: A story with a picture
        Slug: picture
        Date: 1991-12-31
        Category: Arts
        Tags: Harbour works
        Picture: images/breakwater.png
        Picture_alt: A breakwater at low tide
        Picture_caption: The outer breakwater at low tide on Thursday.
        Picture_credit: Tidewater/Bruno Salt
        Dateline: PORTHAVEN, Dec. 31 (Tidewater) –

        The picture was taken on Thursday.
        """,
    "supplied": """
        Title: Harbour master counts barges
        Slug: supplied
        Date: 1991-12-31
        Category: Opinion
        Tags: Harbour works
        Supplied: title, date, summary
        Date_note: The copy bears no date. The barges it counts lay there on the last of 1991.
        Summary: What the archive says of it.

        The harbour master counted barges.
        """,
    "withdrawn": """
        Title: Harbour master lost
        Slug: withdrawn
        Date: 1991-12-31
        Category: World
        Status: withdrawn
        Withdrawn: 1992-01-02

        He was not.
        """,
    "same-day": """
        Title: The breakwater stands on the last day of another year
        Date: 1990-12-31
        Category: Weather

        The weather was fair.
        """,
    "arabic": """
        Title: أعمال الميناء تستمر حتى الخريف
        Date: 1991-12-31
        Lang: ar
        Category: World
        Tags: Harbour works
        Byline: فاطمة الراشد
        Summary: قال مدير الميناء إن الأعمال لم تنته بعد.

        قال مدير الميناء يوم الخميس إن الأعمال في الحاجز الخارجي ستستمر حتى الخريف.
        """,
    "japanese": """
        Title: 港湾工事は秋まで続く見通し、港長が木曜日に語る
        Date: 1991-12-31
        Lang: ja
        Category: World
        Tags: Harbour works

        港長は木曜日、外側の防波堤の工事は秋まで続くと述べた。「まだ終わっていない」と港長は語った。
        """,
}
STANDING = {
    "topics/harbour-works.md": """
        Title: Harbour works
        Aliases: Port works, Works at the harbour
        Pairs: Shipping

        What has been reported of the works, from [the first
        story]({filename}/articles/1987/03/08/harbour-works-1.md) on.
        """,
    "topics/shipping.md": """
        Title: Shipping
        Broader: Trade by sea
        Related: Harbour works
        """,
    "topics/trade-by-sea.md": """
        Title: Trade by sea
        """,
    "topics/porthaven.md": """
        Title: Porthaven
        Kind: place
        Coordinates: 53.5, -0.1

        A port that was made up.
        """,
    "topics/saint-germain.md": """
        Title: Saint-Germain-des-Eaux
        Kind: place
        Coordinates: 48.9, 2.1

        A spa that was made up.
        """,
    "people/ada-quill.md": """
        Title: Ada Quill
        Spellings: Ada Quil, A. Quill

        Reported from Porthaven.
        """,
    "pages/about.md": """
        Title: About
        Summary: What this archive keeps.

        An archive that was made up.
        """,
}


def png(width: int, height: int) -> bytes:
    """Draw a grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    size = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x88" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
