"""The settings: checked before anything is read, documented, and made into a Site."""

import re
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pelican.settings import DEFAULT_CONFIG

from newsarchive.errors import SettingsFaults
from newsarchive.settings import PER_PAGE, SETTINGS, Site, read

DOCUMENT = Path(__file__).parents[1] / "docs" / "settings.md"
ROW = re.compile(r"^\|\s*`(NEWSARCHIVE_\w+)`\s*\|", re.MULTILINE)


def site(**settings: Any) -> Site:  # noqa: ANN401  # settings are of any type
    """The site of these settings, beside Pelican's defaults."""
    known = {"SITENAME": "The Test", "SITEURL": "", "DEFAULT_PAGINATION": 50}
    return read({**DEFAULT_CONFIG, **known, **settings})


def fault(**settings: Any) -> str:  # noqa: ANN401  # as above
    """What is said of these settings."""
    with pytest.raises(SettingsFaults) as error:
        site(**settings)
    return str(error.value)


def test_defaults() -> None:
    """A name and nothing else make a site that is looked at locally."""
    found = site(TIMEZONE="UTC", DEFAULT_LANG="en")
    assert found == Site("The Test", keeper="The Test", feed_items=DEFAULT_CONFIG["FEED_MAX_ITEMS"])


def test_all_settings() -> None:
    """Each setting has its place."""
    found = site(
        SITESUBTITLE="Nothing real",
        TIMEZONE="Asia/Seoul",
        DEFAULT_LANG="ko",
        DEFAULT_PAGINATION=10,
        FEED_MAX_ITEMS=5,
        NEWSARCHIVE_KEEPER="A library",
        NEWSARCHIVE_CONTACT="https://example.org/contact",
        NEWSARCHIVE_SECTIONS=["World", "Arts"],
        NEWSARCHIVE_EXTRA_METADATA=["Mood"],
    )
    assert found == Site(
        "The Test",
        subtitle="Nothing real",
        language="ko",
        timezone=ZoneInfo("Asia/Seoul"),
        keeper="A library",
        contact="https://example.org/contact",
        sections=("World", "Arts"),
        per_page=10,
        feed_items=5,
        extra_metadata=("mood",),
    )


@pytest.mark.parametrize(
    ("siteurl", "link", "absolute"),
    [
        ("", "/tag/a/", "/tag/a/"),
        ("https://example.org", "/tag/a/", "https://example.org/tag/a/"),
        ("https://example.org/", "/tag/a/", "https://example.org/tag/a/"),
        ("http://example.org/x/y/", "/x/y/tag/a/", "http://example.org/x/y/tag/a/"),
    ],
)
def test_links(siteurl: str, link: str, absolute: str) -> None:
    """Links begin at the root of the domain, and stay below the site's own path."""
    found = site(SITEURL=siteurl)
    assert found.link("tag/a/") == link
    assert found.absolute("tag/a/") == absolute


@pytest.mark.parametrize("siteurl", ["example.org", "/archive", "ftp://example.org", "https://"])
def test_address_that_is_none(siteurl: str) -> None:
    """An address is given in full."""
    problem = "SITEURL has to be a full address such as https://example.org/archive"
    assert fault(SITEURL=siteurl) == problem


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("KEEPER", 1, "has to be text"),
        ("CONTACT", "javascript:alert(1)", "has to be an address such as"),
        ("CONTACT", ["a@example.org"], "has to be an address such as"),
        ("SECTIONS", "World", "has to be a list of texts"),
        ("SECTIONS", [1], "has to be a list of texts"),
        ("SECTIONS", list("abcdefghi"), "names more than 8 sections; the masthead holds no more"),
        ("EXTRA_METADATA", "mood", "has to be a list of texts"),
    ],
)
def test_value_that_cannot_be_used(name: str, value: object, problem: str) -> None:
    """A setting of the wrong kind is named, with what it has to be."""
    assert fault(**{f"NEWSARCHIVE_{name}": value}).startswith(f"NEWSARCHIVE_{name} {problem}")


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "Europe", "../UTC", "right/UTC", "", 1])
def test_time_zone_that_is_none(zone: object) -> None:
    """One is told by a name of the tz database."""
    problem = "TIMEZONE has to be a zone of the tz database such as Europe/London"
    assert fault(TIMEZONE=zone) == problem


def test_unknown_setting() -> None:
    """A mistyped setting is not passed over."""
    problem = "NEWSARCHIVE_SECTION is not a setting; see docs/settings.md"
    assert fault(NEWSARCHIVE_SECTION=["World"]) == problem


def test_refused_settings() -> None:
    """What the archive cannot follow is refused with the reason."""
    assert fault(DEFAULT_ORPHANS=3) == (
        "DEFAULT_ORPHANS is refused: listing pages are numbered from the oldest and full by design"
    )
    assert fault(RELATIVE_URLS=True).startswith("RELATIVE_URLS is refused: links start at the")


def test_every_fault_at_once() -> None:
    """All that is wrong is said in one go, a line each."""
    faults = fault(NEWSARCHIVE_KEEPER=1, NEWSARCHIVE_SECTIONS=1, SITEURL="x", DEFAULT_ORPHANS=1)
    assert len(faults.splitlines()) == 4


def test_listings_have_pages_without_pagination() -> None:
    """Pelican's way to say no pagination leaves the archive's own number."""
    assert site(DEFAULT_PAGINATION=False).per_page == PER_PAGE


@pytest.mark.parametrize("name", SETTINGS)
def test_setting_is_documented(name: str) -> None:
    """Whoever looks for a setting finds it."""
    assert f"`{name}`" in DOCUMENT.read_text("utf-8")


def test_documented_settings_exist() -> None:
    """Whoever sets what the document shows is understood."""
    documented = ROW.findall(DOCUMENT.read_text("utf-8"))
    assert documented
    assert set(documented) <= set(SETTINGS)


@pytest.mark.parametrize("name", SETTINGS)
def test_default_passes_its_own_check(name: str) -> None:
    """A default is a value that could have been set, and its meaning is a sentence."""
    setting = SETTINGS[name]
    assert setting.check(setting.default) == ""
    assert setting.meaning.endswith(".")
