"""The metadata that the archive knows: what each key takes, and what is said of the rest."""

from datetime import datetime
from textwrap import dedent
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from newsarchive.article import header, metadata
from newsarchive.errors import Faults
from newsarchive.moment import FORMS, Moment
from newsarchive.settings import Site

NEW_YORK = ZoneInfo("America/New_York")
SITE = Site("The Test", timezone=NEW_YORK)
REQUIRED = "Title: A\nDate: 2024-09-30\n"
ID = "urn:uuid:00000000-0000-4000-8000-000000000001"


def read(text: str, kind: str = "story", site: Site = SITE) -> tuple[dict[str, Any], list[str]]:
    """What a header says, and the faults as an editor reads them."""
    faults = Faults()
    lines, _ = header.split(dedent(text), "x.md", faults)
    values = metadata.read(lines, kind, "x.md", site, faults)
    return values, list(map(str, faults.found))


def value(line: str) -> Any:  # noqa: ANN401  # each key has a type of its own
    """What one more line says under the two that every story has."""
    values, faults = read(REQUIRED + line)
    assert faults == []
    return values[line.partition(":")[0].lower()]


def fault(line: str) -> str:
    """What is said of one more line under the two that every story has."""
    _, faults = read(REQUIRED + line)
    assert len(faults) == 1
    return faults[0]


@pytest.mark.parametrize(
    "key",
    [
        *("Category", "Slugline", "Advisory", "Byline", "Dateline", "Source", "Rights"),
        *("Summary", "Credits", "Series", "Picture_alt", "Picture_caption", "Picture_credit"),
        *("Date_note", "Template"),
    ],
)
def test_text_is_kept_verbatim(key: str) -> None:
    """What came with the story, or was written for it, stays as it is."""
    verbatim = '“UNITED NATIONS” (Agency) – a, b; <c> & "d"'
    assert value(f"{key}: {verbatim}") == verbatim


@pytest.mark.parametrize("key", ["Tags", "Authors", "Author"])
def test_names_in_a_list(key: str) -> None:
    """Commas separate names, or semicolons where there are any; each name counts once."""
    assert value(f"{key}: Ada Roe, Bo Doe ,, Ada Roe,") == ("Ada Roe", "Bo Doe")
    assert value(f"{key}: Roe, Ada; Doe, Bo;") == ("Roe, Ada", "Doe, Bo")
    assert value(f"{key}: Ada Roe,\n    Bo Doe") == ("Ada Roe", "Bo Doe")


@pytest.mark.parametrize("key", ["Date", "Modified"])
def test_dates(key: str) -> None:
    """A date without an offset is one of the archive's time zone."""
    values, faults = read(f"Title: A\nDate: 2024-09-29\n{key}: 2024-09-30 14:05")
    assert values[key.lower()] == Moment(datetime(2024, 9, 30, 14, 5, tzinfo=NEW_YORK))
    assert len(faults) == (1 if key == "Date" else 0)


def test_fault_in_a_date() -> None:
    """A date that nobody could read for sure is refused, with the forms that there are."""
    _, faults = read("Title: A\nDate: Friday\n")
    assert faults == [
        f'x.md:2: Date "Friday" is not a date of the archive; write it as {FORMS}',
    ]
    assert fault("Modified: 2024-02-30").endswith("is out of range for month; correct it")


@pytest.mark.parametrize("slug", ["a-ferry-sails", "Ferry_2", "평양-소식", "page-2"])
def test_slug(slug: str) -> None:
    """A slug is made of letters of any script, digits and hyphens."""
    assert value(f"Slug: {slug}") == slug


@pytest.mark.parametrize("slug", ["../etc", "a/b", "/a", "a b", "-a", "a.html", "a%2e", "!!!"])
def test_slug_that_cannot_stand_in_an_address(slug: str) -> None:
    """A slug that would lead elsewhere, or nowhere, is refused."""
    problem = f'Slug "{slug}" cannot stand in an address'
    assert fault(f"Slug: {slug}") == f"x.md:3: {problem}; use letters, digits and hyphens"


def test_reserved_slug() -> None:
    """The word that numbers listings cannot name a story."""
    assert fault("Slug: page") == (
        'x.md:3: Slug "page" is reserved for numbered listings; choose another'
    )


@pytest.mark.parametrize("text", [ID, ID.upper().replace("URN:UUID", "urn:uuid")])
def test_id(text: str) -> None:
    """An id is a UUID as a URN."""
    assert value(f"Id: {text}") == text


@pytest.mark.parametrize(
    "text", [ID.removeprefix("urn:uuid:"), "urn:uuid:1", "urn:isbn:0000000000", f"{ID}:"]
)
def test_what_is_no_id(text: str) -> None:
    """Anything else is refused, and may be left out."""
    assert fault(f"Id: {text}") == (
        f'x.md:3: Id "{text}" is not an id; write urn:uuid: and a UUID, or leave it out'
    )


@pytest.mark.parametrize("language", ["en", "ko", "pt-BR", "zh-Hant-TW"])
def test_language(language: str) -> None:
    """A language is a code as the web writes it."""
    assert value(f"Lang: {language}") == language


@pytest.mark.parametrize("text", ["English", "../etc", "en_US", "e", '"', "en-"])
def test_what_is_no_language(text: str) -> None:
    """Anything else is refused."""
    problem = f'Lang "{text}" is not a language'
    assert fault(f"Lang: {text}") == f"x.md:3: {problem}; write a code such as en or pt-BR"


@pytest.mark.parametrize("key", ["Url", "Save_as", "Picture"])
def test_path(key: str) -> None:
    """A path leads below its folder."""
    assert value(f"{key}: a/b..c/d.html") == "a/b..c/d.html"


@pytest.mark.parametrize("key", ["Url", "Save_as", "Picture"])
@pytest.mark.parametrize("path", ["../a", "a/../../b", "/a", "..", "a\\..\\b", "../output-evil/a"])
def test_path_that_leads_out(key: str, path: str) -> None:
    """Nothing is read or written outside."""
    problem = f'{key} "{path}" leads out of its folder'
    assert fault(f"{key}: {path}") == f"x.md:3: {problem}; write a path below it"


@pytest.mark.parametrize("status", ["published", "draft", "hidden", "Draft"])
def test_status(status: str) -> None:
    """A story is published, a draft or hidden."""
    assert value(f"Status: {status}") == status.lower()


def test_unknown_status() -> None:
    """A status that would make the story vanish is refused."""
    cure = "write one of published, draft, hidden, withdrawn"
    assert fault("Status: embargoed") == f'x.md:3: Status "embargoed" is not a status; {cure}'


def test_a_page_is_never_withdrawn() -> None:
    """A page that stands beside the stories is taken out, or hidden."""
    _, faults = read("Title: A\nStatus: withdrawn", "page")
    cure = "write one of published, draft, hidden"
    assert faults == [f'x.md:2: Status "withdrawn" is not a status; {cure}']


def test_withdrawn() -> None:
    """A withdrawn story says so, and since when."""
    values, faults = read(f"{REQUIRED}Status: withdrawn\nWithdrawn: 2024-10-02 08:00")
    assert faults == []
    assert values["status"] == "withdrawn"
    assert values["withdrawn"] == Moment(datetime(2024, 10, 2, 8, tzinfo=NEW_YORK))


def test_half_a_withdrawal() -> None:
    """Neither half is taken for the other: a story may not vanish, nor stay, by mistake."""
    assert fault("Status: withdrawn") == "x.md:3: no Withdrawn; add a Withdrawn: line with the date"
    assert fault("Withdrawn: 2024-10-02") == (
        "x.md:3: Withdrawn is given, but the story is not withdrawn; "
        "write Status: withdrawn, or take it out"
    )
    _, faults = read(f"{REQUIRED}Status: draft\nWithdrawn: 2024-10-02")
    assert len(faults) == 1


@pytest.mark.parametrize("key", ["Date", "Modified", "Embargo", "Withdrawn"])
def test_what_is_no_date(key: str) -> None:
    """Every date has the archive's forms, and one that is none is told by its line."""
    _, faults = read(f"Title: A\n{key}: Friday\n")
    assert f'x.md:2: {key} "Friday" is not a date of the archive; write it as {FORMS}' in faults


@pytest.mark.parametrize(
    ("alias", "file"),
    [
        ("old-slug", "old-slug"),
        ("/2024/09/29/old-slug/", "/2024/09/29/old-slug/index.html"),
        ("/2024/09/29/old-slug", "/2024/09/29/old-slug/index.html"),
        ("/2024/09/29/old-slug/index.html", "/2024/09/29/old-slug/index.html"),
        ("/news/1.html", "/news/1.html"),
        ("/news/1.php", "/news/1.php/index.html"),
        ("/%D8%B9/a%20b/", "/ع/a b/index.html"),
    ],
)
def test_alias(alias: str, file: str) -> None:
    """A former slug stays one; of a former address, the place of its file is kept."""
    assert value(f"Aliases: {alias}") == (file,)


@pytest.mark.parametrize(
    "alias",
    [
        *("https://example.org/a/", "//example.org/a/", "2024/09/29/a/", "/a//b/", "/", "/a/?b=c"),
        *("/a/#b", "/../a/", "/a/../../b/", "/%2e%2e/a/", "/./a/", "/.git/", "/a\\b/", "/a%00/"),
    ],
)
def test_what_is_no_alias(alias: str) -> None:
    """An address that leads out of the site, or that no file can have, is refused."""
    cure = "write a slug, or an address from the site's root such as /2024/09/30/old-slug/"
    problem = f'x.md:3: Aliases "{alias}" is not an address of this site; {cure}'
    assert fault(f"Aliases: {alias}") == problem


def test_alias_that_is_no_slug() -> None:
    """What holds no slash is a slug, of which the same is asked as of a new one."""
    assert fault("Aliases: old slug").startswith('x.md:3: Aliases "old slug" cannot stand in an')
    assert fault(f"Aliases: /{'a' * 241}/").endswith("too long for a file's name; take it out")


def test_source_url() -> None:
    """Where a story was first published is a full address."""
    assert value("Source_url: https://example.org/a?b=c") == "https://example.org/a?b=c"


@pytest.mark.parametrize(
    "text", ["example.org/a", "/a", "javascript:alert(1)", "https:///a", "http://["]
)
def test_what_is_no_web_address(text: str) -> None:
    """A reader is sent to no other kind of address."""
    problem = f'Source_url "{text}" is not a web address'
    assert fault(f"Source_url: {text}") == f"x.md:3: {problem}; write it in full, with https://"


def test_supplied() -> None:
    """The archive says which fields it had to write itself."""
    assert value("Supplied: Title, date, summary") == ("title", "date", "summary")


def test_what_the_archive_cannot_supply() -> None:
    """A byline, say, is the copy's own or none."""
    assert fault("Supplied: title, byline") == (
        'x.md:3: Supplied "byline" cannot be supplied by the archive; '
        "name any of title, date, summary"
    )


@pytest.mark.parametrize(
    ("key", "nearest"),
    [
        *(("Catgory", "Category"), ("Tag", "Tags"), ("Titel", "Title"), ("Auther", "Author")),
        *(("sourceurl", "Source_url"), ("DATELINES", "Dateline"), ("Modifed", "Modified")),
    ],
)
def test_unknown_key_names_the_nearest(key: str, nearest: str) -> None:
    """A mistyped key is a fault that says which key was meant."""
    assert fault(f"{key}: x") == (
        f'x.md:3: "{key.lower()}" is not a metadata key; '
        f"write {nearest}, or list it in NEWSARCHIVE_EXTRA_METADATA"
    )


def test_lead_that_looks_like_a_key() -> None:
    """Prose that opens with a word and a colon is no metadata."""
    assert fault("BEIJING: The ferry sailed.") == (
        'x.md:3: "beijing" is not a metadata key; '
        "put a blank line above the text, or list the key in NEWSARCHIVE_EXTRA_METADATA"
    )


def test_keys_of_other_plugins() -> None:
    """A key that the settings list passes as text."""
    site = Site("The Test", extra_metadata=("mood",))
    values, faults = read(f"{REQUIRED}Mood: calm", site=site)
    assert values["mood"] == "calm"
    assert faults == []


@pytest.mark.parametrize("field", [field for field in metadata.STORY if not field.required])
def test_empty_optional_field_counts_as_absent(field: metadata.Field) -> None:
    """A key without a value says nothing, and is no fault."""
    values, faults = read(f"{REQUIRED}{field.name}:")
    assert set(values) == {"title", "date"}
    assert faults == []


def test_missing_title_and_date() -> None:
    """A story without a required key is a fault, which says what to add."""
    cures = ["no Title; add a Title: line", "no Date; add a Date: line"]
    assert read("Slug: a")[1] == [f"x.md:1: {cure}" for cure in cures]
    assert read("Slug: a\nDate:\nTitle:\n")[1] == [f"x.md:3: {cures[0]}", f"x.md:2: {cures[1]}"]


@pytest.mark.parametrize("kind", ["page", "topic", "person"])
def test_missing_title_of_what_is_no_story(kind: str) -> None:
    """Whatever has a page has a title; only a story needs a date."""
    assert read("Summary:" if kind != "person" else "Spellings:", kind)[1] == [
        "x.md:1: no Title; add a Title: line"
    ]


def test_every_fault_in_one_run() -> None:
    """All that is wrong with a header is said at once, each on its line with its cure."""
    _, faults = read("""\
        Date: 31 Foobar
        Slug: a/b
        Colour: red
        Status: gone
        Status: draft
        Supplied: everything
        """)
    assert sorted(int(fault.split(":")[1]) for fault in faults) == [1, 1, 2, 3, 5, 6]
    assert all("; " in fault for fault in faults)


@pytest.mark.parametrize(
    ("kind", "key", "names"),
    [
        ("topic", "Aliases", ("DPRK", "N. Korea")),
        ("topic", "Pairs", ("Ferries", "Harbours")),
        ("person", "Spellings", ("Ada Row", "A. Roe")),
    ],
)
def test_what_topics_and_people_are_called(kind: str, key: str, names: tuple[str, ...]) -> None:
    """Names of a topic or a person stand in a list."""
    values, faults = read(f"Title: A\n{key}: {', '.join(names)}", kind)
    assert values[key.lower()] == names
    assert faults == []


def test_keys_of_another_kind() -> None:
    """A story has no spellings, a person no date."""
    assert '"spellings" is not a metadata key' in fault("Spellings: Ada Row")
    assert '"date" is not a metadata key' in read("Title: A\nDate: 2024-09-30", "person")[1][0]


@pytest.mark.parametrize("kind", metadata.KINDS)
def test_fields_are_told_apart(kind: str) -> None:
    """No kind knows a key twice, and each says what it means in a sentence."""
    fields = metadata.KINDS[kind]
    assert len({field.name.lower() for field in fields}) == len(fields)
    assert all(field.meaning.endswith(".") for field in fields)
