"""What posts say is text, in whichever field, and what their markup makes is harmless.

``tests/browser/test_hostile.py`` has three hundred ways more, in a browser.
"""

import pytest
from lxml import html

from .rows import Row
from .site import Site, story

PAYLOAD = "<img src=x onerror=alert(1)><script>alert(2)</script>"
FIELDS = {
    "title": story(title=PAYLOAD),
    "tag": story(f"Tags: {PAYLOAD}"),
    "section": story(f"Category: {PAYLOAD}").replace("Category: World\n", ""),
    "author": story(f"Authors: {PAYLOAD}"),
    "summary": story(f"Summary: {PAYLOAD}"),
}
TEXTS = {
    "script": "<script>alert(1)</script>",
    "onerror": "A <img src=x onerror=alert(1)>",
    "javascript:": "[x](javascript:alert(1))",
    "javascript: by entities": "[x](&#106;avascript&#58;alert(1))",
    "iframe": "<iframe src=https://evil.example/></iframe>",
    "onclick": "A ferry.\n{: onclick='alert(1)'}",
}


def armed(site: Site) -> list[str]:
    """The elements of all pages that run something, or load it from elsewhere."""
    return [
        html.tostring(element, encoding="unicode", with_tail=False)[:200]
        for path, data in site.seen().items()
        if path.endswith(".html") and data
        for element in html.document_fromstring(data).iter("*")
        if element.tag == "iframe"
        or (element.tag == "script" and not {"src", "type"} & {*element.attrib})
        or any(name.startswith("on") for name in element.attrib)
        or any(
            element.get(name, "").strip().lower().startswith("javascript:")
            for name in ("href", "src")
        )
    ]


def test_sound_story(site: Site) -> None:
    """No page has such an element of its own: what is found is the post's."""
    run = site.build()
    assert run.code == 0, run.said
    assert armed(site) == []


@pytest.mark.fault(Row.HOSTILE)
@pytest.mark.parametrize("post", FIELDS.values(), ids=FIELDS)
def test_field(site: Site, post: str) -> None:
    """A field is text."""
    site.add("content/articles/a.md", post)
    run = site.build()
    assert armed(site) == []
    assert run.code == 0, run.said
    assert any(b"alert(1)" in data for data in site.seen().values() if data)


@pytest.mark.fault(Row.HOSTILE)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_text(site: Site, text: str) -> None:
    """HTML in a text is text, a link leads to the web, an attribute does nothing."""
    site.add("content/articles/a.md", story(text=text))
    site.build()
    assert armed(site) == []
