"""The address under which something on the site is found from elsewhere."""

import re
from urllib.parse import quote

from newsarchive.settings import Site

# RFC 3986's reserved characters, and the percent sign of what is already encoded.
_PLAIN = re.compile(r"[A-Za-z0-9/._-]*").fullmatch  # as nearly every address is
_KEPT = "/#%[]=:;$&()+,!?*@'~"


def address(url: str, site: Site) -> str:
    """The full address of what stands at ``url``, as a URI: letters beyond ASCII are encoded.

    ``url`` is relative to the site's root; one that names another place on the web is kept.
    """
    if _PLAIN(url):
        return site.absolute(url)
    encoded = quote(url, safe=_KEPT)
    return encoded if url.startswith(("https://", "http://")) else site.absolute(encoded)
