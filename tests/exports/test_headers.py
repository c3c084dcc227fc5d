"""What is said beside each file, and the file in which static hosts read it."""

from dataclasses import replace

import pytest

from newsarchive.exports import headers
from newsarchive.settings import Site

FOR_GOOD = "public, max-age=31536000, immutable"


def test_the_policy_allows_nothing_but_what_pages_need() -> None:
    """Least of all scripts, but for the theme's own on the search page."""
    policy = headers.of_file("/tag/index.html")["Content-Security-Policy"]
    searching = headers.of_file("/search/index.html")["Content-Security-Policy"]
    assert "script" not in policy
    assert searching.endswith("; script-src 'self'; connect-src 'self'")
    for said in (policy, searching):
        assert said.startswith("default-src 'none'; ")
        assert "unsafe" not in said
        words = {word for word in said.replace(";", "").split() if "'" in word}
        assert words == {"'none'", "'self'"}


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/pictures/quay-1234abcd-480.avif", FOR_GOOD),
        ("/theme/card-1234abcd.png", FOR_GOOD),
        ("/theme/fonts/serif.1234abcd.woff2", FOR_GOOD),
        ("/theme/fonts/README.md", "no-cache"),
        ("/theme/css/archive.css", "no-cache"),
        ("/pictures/index.html", "no-cache"),
        ("/tag/pictures/index.html", "no-cache"),
        ("/images/pictures/quay.png", "no-cache"),
    ],
)
def test_what_is_named_by_its_content_is_kept_for_good(path: str, kept: str) -> None:
    """All else is asked after each time."""
    assert headers.of_file(path)["Cache-Control"] == kept


def test_pictures_may_be_shown_elsewhere() -> None:
    """A reader of the feed may be a page on another site; no other file is its business."""
    shared = "Cross-Origin-Resource-Policy"
    assert headers.of_file("/pictures/quay-1234abcd-480.avif")[shared] == "cross-origin"
    assert headers.of_file("/images/map.png")[shared] == "cross-origin"
    assert headers.of_file("/index.html")[shared] == "same-origin"


def test_the_file_for_static_hosts(site: Site) -> None:
    """A rule is a path and its headers, indented; the site's own path comes first in all."""
    lines = headers.listed(site).splitlines()
    assert lines[:3] == [
        "/archive/*",
        "  Strict-Transport-Security: max-age=31536000",
        f"  Content-Security-Policy: {headers.SEARCHED.headers['Content-Security-Policy']}",
    ]
    assert "/archive/pictures/*.avif" in lines
    assert lines[-2:] == ["/archive/feeds/*.json", "  Content-Type: application/feed+json"]


def test_only_a_site_with_a_search_allows_scripts(site: Site) -> None:
    """Hosts join the policies of two rules, so the search page's is there every page's."""
    unsearched = headers.listed(replace(site, search=False))
    assert headers.SECURITY["Content-Security-Policy"] in unsearched
    assert headers.listed(site).count("script-src") == 1
    assert "script-src" not in unsearched


def test_the_file_keeps_to_the_limits_of_static_hosts(site: Site) -> None:
    """One asterisk a rule, a hundred rules, lines of 2,000 letters."""
    lines = headers.listed(site).splitlines()
    rules = [line for line in lines if line.startswith("/")]
    assert len(rules) == len(set(rules)) <= 100
    assert all(rule.count("*") == 1 for rule in rules)
    assert max(map(len, lines)) <= 2000


def test_nobody_is_held_to_an_encryption_that_is_not_there(site: Site) -> None:
    """A site at an http: address says nothing of it."""
    plain = replace(site, address="http://example.org/archive")
    assert "Strict-Transport-Security" in headers.listed(site)
    assert "Strict-Transport-Security" not in headers.listed(plain)
