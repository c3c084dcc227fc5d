"""Pictures inside a text are given the size of their file, so that nothing moves when they come."""

import re
from collections.abc import Callable
from html import unescape

# As a sanitiser writes it: quotes are double, and values hold no bare "<".
_IMAGE = re.compile(r'<img( [^<>"]*(?:"[^"]*"[^<>"]*)*)>')
_SRC = re.compile(r' src="([^"]*)"')

Size = Callable[[str], tuple[int, int] | None]


def sized(html: str, size_of: Size) -> str:
    """A text whose pictures load when they are scrolled to; ``size_of`` knows some by address."""

    def sized_image(image: re.Match[str]) -> str:
        attributes = image[1]
        src = _SRC.search(attributes)
        size = size_of(unescape(src[1])) if src else None
        if size and " width=" not in attributes and " height=" not in attributes:
            attributes += f' width="{size[0]}" height="{size[1]}"'
        return f'<img{attributes} loading="lazy" decoding="async">'

    return _IMAGE.sub(sized_image, html) if "<img" in html else html
