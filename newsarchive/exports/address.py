"""The address under which something on the site is found from elsewhere."""

from urllib.parse import quote

from newsarchive.settings import Site

# RFC 3986's reserved characters, and the percent sign of what is already encoded.
_KEPT = "/#%[]=:;$&()+,!?*@'~"


def address(url: str, site: Site) -> str:
    """The full address of what stands at ``url``, as a URI: letters beyond ASCII are encoded.

    ``url`` is relative to the site's root; one that names another place on the web is kept.
    """
    if url.startswith(("https://", "http://")):
        return quote(url, safe=_KEPT)
    return site.absolute(quote(url, safe=_KEPT))
