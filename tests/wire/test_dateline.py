"""Datelines as agencies print them are read, and what only looks like one is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.wire import dateline
from newsarchive.wire.dateline import Dateline

LEADERS = [
    ("UNITED NATIONS (Reuters) \u2013", ("UNITED NATIONS",), "Reuters", ""),
    ("GENEVA(Reuters) -", ("GENEVA",), "Reuters", ""),
    ("SEOUL/UNITED NATIONS (Reuters) -", ("SEOUL", "UNITED NATIONS"), "Reuters", ""),
    ("SEOUL, Dec 13 (Reuters) -", ("SEOUL",), "Reuters", "Dec 13"),
    ("WAUKEE, Iowa (Reuters) -", ("WAUKEE, Iowa",), "Reuters", ""),
    ("GROSSETO, Italy (AP) --", ("GROSSETO, Italy",), "AP", ""),
    ("BEIRUT, Lebanon, June 2 \u2014", ("BEIRUT, Lebanon",), "", "June 2"),
    ("CHARLOTTE, N.C., March 23 -", ("CHARLOTTE, N.C.",), "", "March 23"),
    ("CHICAGO, Feb 26 -", ("CHICAGO",), "", "Feb 26"),
    ("SAN LEANDRO, Calif., March 6 -", ("SAN LEANDRO, Calif.",), "", "March 6"),
    ("Calgary, Alberta, March 16 -", ("Calgary, Alberta",), "", "March 16"),
    ("WINSTON-SALEM, N.C. -", ("WINSTON-SALEM, N.C.",), "", ""),
    ("ST. LOUIS -", ("ST. LOUIS",), "", ""),
    ("KANSAS CITY, Mo. -", ("KANSAS CITY, Mo.",), "", ""),
    ("BEIJING -", ("BEIJING",), "", ""),
    ("S\u00c3O PAULO (Reuters) -", ("S\u00c3O PAULO",), "Reuters", ""),
    ("BUDAPEST, April 7, Reuter -", ("BUDAPEST",), "Reuter", "April 7"),
    ("ABOARD AIR FORCE ONE (Reuters) -", ("ABOARD AIR FORCE ONE",), "Reuters", ""),
    ("(Reuters) -", (), "Reuters", ""),
]


@pytest.mark.parametrize(("leader", "places", "agency", "day"), LEADERS)
def test_dateline(leader: str, places: tuple[str, ...], agency: str, day: str) -> None:
    """Alone or in front of a paragraph, a dateline says where, who and when."""
    assert dateline.parse(leader) == Dateline(leader, places, agency, day)
    assert dateline.split(f"{leader} The text goes on - and on.") == (
        leader,
        " The text goes on - and on.",
    )


@pytest.mark.parametrize("dash", ["-", "--", "\u2013", "\u2014"])
def test_every_dash(dash: str) -> None:
    """Hyphens, en dashes and em dashes end a dateline."""
    assert dateline.split(f"SEOUL (Reuters) {dash} North") == (f"SEOUL (Reuters) {dash}", " North")
    assert dateline.split(f"SEOUL, Dec 13 {dash} North") == (f"SEOUL, Dec 13 {dash}", " North")


def test_gap_after_the_dash_stays_with_the_text() -> None:
    """No blank is lost and none is made up."""
    assert dateline.split("GENEVA (Reuters) -Two") == ("GENEVA (Reuters) -", "Two")
    assert dateline.split("GENEVA (Reuters) -  Two") == ("GENEVA (Reuters) -", "  Two")


def test_sentence_about_a_listed_city_counts_as_filed_there() -> None:
    """What reads as a dateline is taken for one."""
    paragraph = "BEIJING - the Chinese capital - is cold."
    assert dateline.split(paragraph) == ("BEIJING -", " the Chinese capital - is cold.")


@pytest.mark.parametrize(
    "paragraph",
    [
        "",
        "No dateline at all.",
        "NATO - led by the United States - met on Monday.",
        "He said - quietly - that it was over.",
        "(totals - in mln dlrs)",
        "Seoul - the capital - is cold.",
        "WHEAT - Chicago futures rose.",
        "LONDON, March 23-25 conference dates were set.",
        "LONDON-PARIS trains stood still.",
        "The U.N. (United Nations) - founded in 1945 - met.",
        "OPEN P SETT APR7 -- 12.30",
        "omaha, april 7 - Clear/45 degrees -",
        "- said the minister",
    ],
)
def test_no_dateline(paragraph: str) -> None:
    """Without agency or day, only a city in capitals that is known is a place."""
    assert dateline.split(paragraph) == ("", paragraph)


@pytest.mark.parametrize(
    "text",
    [
        "(totals -",
        "us 7.8015 -",
        "Federal Express Corp -",
        "MAR8 -- --",
        "COPPER GRADE A -",
        "--",
        "",
    ],
)
def test_dateline_field_without_a_place(text: str) -> None:
    """A field that holds something else keeps its text and yields no place."""
    assert dateline.parse(text) == Dateline(text)


@pytest.mark.parametrize(
    ("text", "place", "day"),
    [
        ("omaha, april 7 -", "omaha", "april 7"),
        ("ROSEMONT, Ill., Macrh 31 -", "ROSEMONT, Ill.", "Macrh 31"),
        ("DETROIT June 18 -", "DETROIT", "June 18"),
        ("AMSTERDAM, 2 March -", "AMSTERDAM", "2 March"),
        ("****LONDON, March 26 -", "LONDON", "March 26"),
        ("WASHINGTON, June 19, -", "WASHINGTON", "June 19"),
        ("Sioux Falls, April 7 - Clear/calm/43 degrees -", "Sioux Falls", "April 7"),
        ("ST. LOUIS", "ST. LOUIS", ""),
        ("KANSAS CITY, Mo.", "KANSAS CITY, Mo.", ""),
    ],
)
def test_dateline_field_with_slips(text: str, place: str, day: str) -> None:
    """A field that is called a dateline is read in any case, slips of the operator included."""
    assert dateline.parse(text) == Dateline(text, (place,), "", day)


LEADER_WORDS = st.sampled_from(
    [*"-/,.() \n", "--", "SEOUL", "N.C.", "Dec 13", "Reuters", "of", "x"]
)


@given(st.lists(LEADER_WORDS).map("".join))
def test_split_loses_nothing(paragraph: str) -> None:
    """Leader and rest make up the paragraph."""
    leader, rest = dateline.split(paragraph)
    assert leader + rest == paragraph


def test_long_paragraphs_are_read_in_no_time() -> None:
    """No paragraph takes more than linear time."""
    for hazard in ("-", "A ", "A, ", "(", "A/", "Jan "):
        assert dateline.split(hazard * 100_000)[0] == ""
        assert not dateline.parse(hazard * 100_000).agency
