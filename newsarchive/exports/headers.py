"""What a web server says beside each file: who may do what with it, and how long it keeps.

``deploy/nginx.conf`` says the same to nginx; a test compares what it answers with these rules.
"""

from collections.abc import Mapping
from typing import NamedTuple

from newsarchive.catalog.addresses import SEARCH
from newsarchive.settings import Site

# No page runs a script, is framed, posts anything or loads anything from elsewhere.
POLICY = {
    "default-src": "'none'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
# But for the search page, which runs the theme's script; that asks this site alone.
SEARCH_POLICY = {
    **POLICY,
    "script-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
}
UNUSED = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen"),
    *("geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment"),
    *("picture-in-picture", "publickey-credentials-get", "screen-wake-lock", "usb"),
)


def _policy(directives: Mapping[str, str]) -> dict[str, str]:
    said = "; ".join(" ".join(directive) for directive in directives.items())
    return {"Content-Security-Policy": said}


SECURITY = {
    **_policy(POLICY),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED),
}
ENCRYPTED = {"Strict-Transport-Security": "max-age=31536000"}
# Feed readers show what is in a feed on pages of their own.
SHOWN_ELSEWHERE = {"Cross-Origin-Resource-Policy": "cross-origin"}
FOR_GOOD = {"Cache-Control": "public, max-age=31536000, immutable"}

_PICTURES = ("avif", "gif", "jpeg", "jpg", "png", "svg", "webp")
_NAMED_BY_CONTENT = (
    *(f"/pictures/*.{form}" for form in ("avif", "jpg", "png", "webp")),
    "/theme/card-*.png",
    "/theme/fonts/*.woff2",
)
_FEEDS = {
    "/*.atom.xml": "application/atom+xml; charset=utf-8",
    "/*.rss.xml": "application/rss+xml; charset=utf-8",
    "/feeds/*.json": "application/feed+json",
}


class Rule(NamedTuple):
    """Headers of the files at ``path``, in which an asterisk stands for anything."""

    path: str
    headers: Mapping[str, str]

    def covers(self, path: str) -> bool:
        """Tell whether the rule is about a file, given by its path from the site's root."""
        begin, _, end = self.path.partition("*")
        long_enough = len(path) >= len(begin) + len(end)
        return long_enough and path.startswith(begin) and path.endswith(end)


SEARCHED = Rule(f"/{SEARCH}*", _policy(SEARCH_POLICY))
RULES = (
    Rule("/*", SECURITY),
    SEARCHED,
    *(Rule(f"/*.{form}", SHOWN_ELSEWHERE) for form in _PICTURES),
    *(Rule(path, FOR_GOOD) for path in _NAMED_BY_CONTENT),
    *(Rule(path, {"Content-Type": kind}) for path, kind in _FEEDS.items()),
)


def of_file(path: str) -> dict[str, str]:
    """The headers of a file by its path from the site's root; what is not kept is asked after."""
    headers = {"Cache-Control": "no-cache"}
    for rule in RULES:
        if rule.covers(path):
            headers |= rule.headers
    return headers


def listed(site: Site) -> str:
    """The rules as static hosts (Netlify, Cloudflare Pages) read them in a file ``_headers``.

    Such a host has every file revalidated unless a rule says otherwise. Where two rules give one
    header it joins the values: browsers take joined resource policies for none, which is what the
    pictures need. Of joined content policies each has to allow what is done, so that where there is
    a search every page has the policy that it needs.
    """
    safely = ENCRYPTED if site.address.startswith("https:") else {}
    policy = SEARCHED.headers if site.search else {}
    rules = (Rule("/*", {**safely, **SECURITY, **policy}), *RULES[2:])
    return "".join(
        f"{site.root}{rule.path}\n"
        + "".join(f"  {name}: {value}\n" for name, value in rule.headers.items())
        for rule in rules
    )
