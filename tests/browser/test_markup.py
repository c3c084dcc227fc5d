"""What every HTML file of a site keeps to, whatever it shows."""

from itertools import pairwise

import pytest

from . import files
from .server import Site

every_site = pytest.mark.parametrize("name", ["archive", "published_below", "sink"])
SCRIPTS = "//script[not(@type='application/ld+json')]"
STYLES = "//style | //@style"
HANDLERS = "//@*[starts-with(name(), 'on')]"
HEADINGS = "//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]"


@pytest.fixture
def pages(request: pytest.FixtureRequest, name: str) -> dict[str, files.Page]:
    """Read a site by its name."""
    site: Site = request.getfixturevalue(name)
    return files.pages(site)


@every_site
def test_no_page_runs_a_script(pages: dict[str, files.Page]) -> None:
    """The one script element is the JSON-LD, which is data; no handler, no style in line.

    The search page has one more, the theme's own file.
    """
    found = {
        address: page.document.xpath(f"{SCRIPTS} | {STYLES} | {HANDLERS}")
        for address, page in pages.items()
    }
    (searching,) = (found.pop(address) for address in list(found) if address.endswith("/search/"))
    assert [script.attrib["src"].rpartition("/theme/")[2] for script in searching] == ["search.js"]
    assert [address for address, wrong in found.items() if wrong] == []


@every_site
def test_headings_make_an_outline(pages: dict[str, files.Page]) -> None:
    """One h1 comes first, and no level is skipped."""
    wrong = []
    for address, page in pages.items():
        levels = [int(heading.tag[1]) for heading in page.document.xpath(HEADINGS)]
        skipped = any(below - above > 1 for above, below in pairwise(levels))
        if levels[:1] != [1] or levels.count(1) > 1 or skipped:
            wrong.append(f"{address}: {levels}")
    assert wrong == []


@every_site
def test_the_headline_is_the_h1_of_a_story(pages: dict[str, files.Page]) -> None:
    """A story's one h1 is its headline, within its article."""
    stories = [page for page in pages.values() if page.document.xpath("//body[@class='story']")]
    assert stories
    assert all(story.document.xpath("//article//h1[@class='headline']") for story in stories)
