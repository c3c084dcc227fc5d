"""What a search finds: words, phrases, filters, and what it says of them."""

import json
import re
import unicodedata
from pathlib import Path

import pytest
from playwright.sync_api import expect

from newsarchive.exports.search.words import words

from .reader import Reader

CASES = Path(__file__).parents[2] / "exports/search/words.json"
WORDS = """async texts => {
    const search = await import('/theme/search.js');
    return texts.map(text => search.words(text));
}"""


def test_one_rule_for_words(reader: Reader) -> None:
    """The browser cuts texts into words as the index does, by cases and letters of all scripts."""
    cases = json.loads(CASES.read_text(encoding="utf-8"))
    codes = (*range(0x3200), *range(0x3200, 0x20000, 23))  # ideographs are much alike
    letters = [chr(code) for code in codes if not 0xD800 <= code < 0xE000]
    known = [letter for letter in letters if unicodedata.category(letter) not in {"Cn", "Co"}]
    spelt = [f"a{letter}b {letter}'s" for letter in known]
    texts = [text for text, _ in cases]
    texts += [" ".join(spelt[start : start + 500]) for start in range(0, len(spelt), 500)]
    for text, found in zip(texts, reader.page.evaluate(WORDS, texts), strict=True):
        assert words(text) == found, ascii(text)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("barge", ["Barge sinks"]),
        ("FERRY old", ["Old ferry sails", "Ferry of old age"]),
        ('"old ferry"', ["Old ferry sails"]),
        ("“ferry of old”", ["Ferry of old age"]),
        ("kind last silt its", ["Old ferry sails"]),
        ("creme", ["Crème de la crème"]),
        ("d'Ada", ["Crème de la crème"]),
        ("us owner", ["Ferry of old age"]),
        ("工事", ["港湾工事"]),
        ("事工", []),
        ("number-17", ["Dredger 17 leaves"]),
        ("𞤢𞤣𞤫 ", ["Words of Adlam"]),
        ("red-buoy-adrift", ["Lost at sea"]),  # behind 31 in which the words are apart
        ('"ferry of" vessel', ["Ferry of old age"]),
        ("ferry barge", []),
        ("bar ge", []),
    ],
)
def test_what_is_found(reader: Reader, query: str, titles: list[str]) -> None:
    """All words, side by side where they are quoted or written so, accents and case aside."""
    assert reader.ask(f"{query} ") == titles
    count = len(titles)
    said = {0: "No story answers to all of this.", 1: "1 story"}.get(count, f"{count} stories")
    assert reader.status == said


def test_the_last_word_may_be_a_beginning(reader: Reader) -> None:
    """Until a blank says that it is whole."""
    assert reader.ask("old fer") == ["Old ferry sails", "Ferry of old age"]
    assert reader.ask("old fer ") == []
    assert reader.ask('"old fer') == ["Old ferry sails"]


def test_excerpts(reader: Reader) -> None:
    """What was asked for is marked, in headline and text, as the story has it."""
    assert reader.ask("old ferry") == ["Old ferry sails", "Ferry of old age"]
    second = reader.page.locator(".search__results li").nth(1)
    assert second.locator("h2 mark").all_inner_texts() == ["Ferry", "old"]
    sentence = second.locator(".teaser__sentence")
    expect(sentence).to_have_text("LONDON (Reuters) – The vessel, said to be old, has U.S. owners.")
    assert sentence.locator("mark").all_inner_texts() == ["old"]
    assert second.locator(".teaser__line").inner_text() == "2 May 1987 · LONDON"
    assert second.locator("time").get_attribute("datetime") == "1987-05-02"


def test_a_story_in_another_language(reader: Reader) -> None:
    """Its words are told to be in it."""
    reader.ask("creme")
    headline = reader.page.locator(".search__results h2")
    assert (headline.get_attribute("lang"), headline.get_attribute("dir")) == ("fr", "auto")


def test_filters(reader: Reader) -> None:
    """By names as they are shown, whatever else a topic is called; all of them at once."""
    page = reader.page
    page.get_by_text("Filter and sort").click()
    expect(page.locator("#topic-names option")).to_have_count(1)
    page.get_by_label("Topic").fill("ships")
    page.get_by_label("To the year").fill("1988")
    assert reader.ask("") == ["Barge sinks", "Ferry of old age", "Old ferry sails"]
    expect(page).to_have_url(re.compile(r"\?topic=ships&to=1988$"))
    page.get_by_label("From the year").fill("1987")
    assert reader.ask("") == ["Barge sinks", "Ferry of old age"]
    page.get_by_label("Section").fill("Sport")
    assert reader.ask("") == ["Barge sinks"]
    for label in ("Section", "From the year", "To the year"):
        page.get_by_label(label).fill("")
    page.get_by_label("Place").fill("Paris")
    page.get_by_label("Agency").fill("REUTERS")
    page.get_by_label("Person").fill("Ada Roe")
    assert reader.ask("cafe") == ["Crème de la crème"]


def test_a_name_that_is_not_there(reader: Reader) -> None:
    """The page says so, in words and not by finding nothing."""
    reader.open("?q=ferry&topic=planes")
    reader.found()
    assert reader.status == "There is no topic “planes” in this archive."


def test_sorting(reader: Reader) -> None:
    """The best first, or the newest."""
    page = reader.page
    assert reader.ask("ferry old ")[0] == "Old ferry sails"
    page.get_by_text("Filter and sort").click()
    page.get_by_label("Sort").select_option("Newest first")
    assert reader.ask("ferry old ") == ["Ferry of old age", "Old ferry sails"]


def test_more_stories(reader: Reader) -> None:
    """Ten at a time, the keyboard going on with the first that is new."""
    page = reader.page
    assert len(reader.ask("dredger ")) == 10
    assert reader.status == "23 stories"
    more = page.get_by_role("button", name="More stories")
    more.click()
    expect(page.locator(".search__results h2")).to_have_count(20)
    expect(page.locator(".search__results a").nth(10)).to_be_focused()
    more.click()
    expect(page.locator(".search__results h2")).to_have_count(23)
    expect(more).to_be_hidden()
