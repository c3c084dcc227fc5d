"""The settings of the archive: what each means, its default and its check.

Pelican's own settings keep the meaning that Pelican's documentation gives them. What they cannot
say is in the ``NEWSARCHIVE_*`` settings listed in ``SETTINGS``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pelican.settings import DEFAULT_CONFIG

from newsarchive.build.pool import Pool
from newsarchive.errors import SettingsFaults

_UTC = ZoneInfo("UTC")
WORKERS = "NEWSARCHIVE_WORKERS"
EXECUTOR = "NEWSARCHIVE_EXECUTOR"
CACHE = "NEWSARCHIVE_CACHE"
REGISTER = "NEWSARCHIVE_REGISTER"
FORMER = "NEWSARCHIVE_FORMER"
PER_PAGE = 50  # stories on a full listing page
FEED_ITEMS = 20
MOST_SECTIONS = 8  # as many as the masthead's folio line holds


@dataclass(frozen=True, slots=True)
class Setting:
    """One ``NEWSARCHIVE_*`` setting; ``check`` returns what is wrong with a value, or nothing."""

    default: Any
    meaning: str
    check: Callable[[Any], str]


def _is_text(value: object) -> str:
    return "" if isinstance(value, str) else "has to be text"


def _is_yes_or_no(value: object) -> str:
    return "" if isinstance(value, bool) else "has to be True or False"


def _is_number(value: object) -> str:
    fine = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return "" if fine else "has to be a whole number"


def _is_texts(value: object) -> str:
    texts = isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)
    return "" if texts else "has to be a list of texts"


def _is_sections(value: object) -> str:
    wrong = _is_texts(value)
    if not wrong and len(value) > MOST_SECTIONS:  # type: ignore[arg-type]
        return f"names more than {MOST_SECTIONS} sections; the masthead holds no more"
    return wrong


def _is_contact(value: object) -> str:
    if isinstance(value, str) and urlsplit(value).scheme in {"", "https", "http", "mailto"}:
        return ""
    return 'has to be an address such as "mailto:archive@example.org" or "https://…"'


SETTINGS: dict[str, Setting] = {
    "NEWSARCHIVE_KEEPER": Setting(
        "",
        "Who keeps the archive, named at each page's foot; the site's name if empty.",
        _is_text,
    ),
    "NEWSARCHIVE_CONTACT": Setting(
        "", "Where readers turn with corrections: a mailto: or https: address.", _is_contact
    ),
    "NEWSARCHIVE_SECTIONS": Setting(
        (), f"The sections in the masthead, in this order; {MOST_SECTIONS} at most.", _is_sections
    ),
    CACHE: Setting(
        ".cache",
        "Where results that are costly to make are kept, from the folder that holds content/.",
        _is_text,
    ),
    REGISTER: Setting(
        "",
        "A file to write: what was published, for the next release; see docs/register.md.",
        _is_text,
    ),
    FORMER: Setting("", "The register of the last release, whose addresses are to last.", _is_text),
    WORKERS: Setting(
        0, "How many processes work on a build; as many as there are processors if 0.", _is_number
    ),
    EXECUTOR: Setting(
        "",
        "A function that returns another executor than this machine's processes: its name as "
        "package.module.function; see docs/cluster.md.",
        _is_text,
    ),
    "NEWSARCHIVE_STORY_CARDS": Setting(
        default=False,
        meaning="Whether each story without a picture has a card of its own.",
        check=_is_yes_or_no,
    ),
    "NEWSARCHIVE_SEARCH": Setting(
        default=True,
        meaning="Whether readers can search the stories' texts; see docs/search.md.",
        check=_is_yes_or_no,
    ),
    "NEWSARCHIVE_EXTRA_METADATA": Setting(
        (),
        "Metadata keys that posts may carry beside the archive's own, for other plugins.",
        _is_texts,
    ),
}

# Settings of Pelican's that the archive cannot follow, and why.
REFUSED = {
    "DEFAULT_ORPHANS": "listing pages are numbered from the oldest and full by design",
    "RELATIVE_URLS": "links start at the site's root; a site below one names its path in SITEURL",
}


@dataclass(frozen=True, slots=True)
class Site:
    """The archive as a place on the web, and what every page may know of it.

    ``address`` is ``SITEURL`` without a slash at its end (``""`` for a site built to be looked at
    locally); ``root`` is the path part of it: ``""`` at a domain's root, ``"/archive"`` below one.
    """

    name: str
    subtitle: str = ""
    address: str = ""
    root: str = ""
    language: str = "en"
    timezone: ZoneInfo = _UTC
    keeper: str = ""
    contact: str = ""
    sections: tuple[str, ...] = ()
    per_page: int = PER_PAGE
    feed_items: int = FEED_ITEMS
    extra_metadata: tuple[str, ...] = ()
    story_cards: bool = False
    search: bool = True

    def link(self, url: str) -> str:
        """The address of a page within the site: ``/archive/tag/north-korea/``."""
        return f"{self.root}/{url}"

    def absolute(self, url: str) -> str:
        """The full address of a page, for machines elsewhere; as ``link`` where there is none."""
        return f"{self.address}/{url}"


def read(settings: Mapping[str, Any]) -> Site:
    """Make the Site out of Pelican's settings; raises SettingsFaults with every fault."""
    values = {name: settings.get(name, setting.default) for name, setting in SETTINGS.items()}
    wrong = [
        f"{name} {fault}"
        for name, setting in SETTINGS.items()
        if (fault := setting.check(values[name]))
    ]
    wrong += [f"{name} {fault}" for name, fault in _faults_of_pelicans(settings)]
    if wrong:
        raise SettingsFaults("\n".join(wrong))
    address = settings["SITEURL"].rstrip("/")
    return Site(
        name=settings["SITENAME"],
        subtitle=settings.get("SITESUBTITLE", ""),
        address=address,
        root=urlsplit(address).path,
        language=settings["DEFAULT_LANG"],
        timezone=ZoneInfo(settings.get("TIMEZONE", "UTC")),
        keeper=values["NEWSARCHIVE_KEEPER"] or settings["SITENAME"],
        contact=values["NEWSARCHIVE_CONTACT"],
        sections=tuple(values["NEWSARCHIVE_SECTIONS"]),
        per_page=settings["DEFAULT_PAGINATION"] or PER_PAGE,
        feed_items=settings["FEED_MAX_ITEMS"] or FEED_ITEMS,
        extra_metadata=tuple(key.lower() for key in values["NEWSARCHIVE_EXTRA_METADATA"]),
        story_cards=values["NEWSARCHIVE_STORY_CARDS"],
        search=values["NEWSARCHIVE_SEARCH"],
    )


def cache(settings: Mapping[str, Any]) -> Path:
    """The folder for what is costly to make, beside ``content/`` unless set elsewhere."""
    return place(settings, CACHE) or Path(settings["PATH"]).parent


def place(settings: Mapping[str, Any], name: str) -> Path | None:
    """Where a setting says that something is, from the folder that holds ``content/``."""
    path: str = settings.get(name, SETTINGS[name].default)
    return Path(settings["PATH"]).parent / path if path else None


def pool(settings: Mapping[str, Any], processors: int) -> Pool:
    """Who does the work of a build."""
    return Pool(settings.get(WORKERS) or processors, settings.get(EXECUTOR, ""))


def instant(environment: Mapping[str, str]) -> datetime:
    """The moment for which the site is built, which decides what is under embargo yet.

    ``SOURCE_DATE_EPOCH`` where the environment has it, so that a build can be repeated; else now.
    """
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise SettingsFaults(f'SOURCE_DATE_EPOCH "{epoch}" is not a number of seconds') from None


def _is_count(value: object) -> bool:
    return value is False or (isinstance(value, int) and not isinstance(value, bool) and value > 0)


def _is_zone(value: Any) -> bool:  # noqa: ANN401  # any setting
    try:
        ZoneInfo(value)
        return not value.startswith(("posix", "right/"))  # other forms of the same
    except (LookupError, ValueError, TypeError, OSError):
        return False


def _is_in_output(settings: Mapping[str, Any]) -> bool:
    """Tell whether the register would be published."""
    if not isinstance(settings.get(REGISTER, ""), str):
        return False
    register = place(settings, REGISTER)
    output = Path(settings["OUTPUT_PATH"]).resolve()
    return register is not None and register.resolve().is_relative_to(output)


def _faults_of_pelicans(settings: Mapping[str, Any]) -> list[tuple[str, str]]:
    faults = [(name, f"is refused: {why}") for name, why in REFUSED.items() if settings.get(name)]
    if _is_in_output(settings):
        faults.append((REGISTER, "has to be outside of the output, which anyone may read"))
    address = urlsplit(settings["SITEURL"])
    if settings["SITEURL"] and not (address.scheme in {"http", "https"} and address.netloc):
        faults.append(("SITEURL", "has to be a full address such as https://example.org/archive"))
    known = [name for name in settings if name.startswith("NEWSARCHIVE_") and name not in SETTINGS]
    if settings["PAGINATION_PATTERNS"] != DEFAULT_CONFIG["PAGINATION_PATTERNS"]:
        faults.append(
            ("PAGINATION_PATTERNS", "is refused: numbered pages are at /page/1/, for good")
        )
    if not _is_count(settings["DEFAULT_PAGINATION"]):
        faults.append(("DEFAULT_PAGINATION", "has to be a whole number above 0"))
    if not _is_zone(settings.get("TIMEZONE", "UTC")):
        faults.append(("TIMEZONE", "has to be a zone of the tz database such as Europe/London"))
    return faults + [(name, "is not a setting; see docs/settings.md") for name in known]
