"""One published item and everything that is known of it."""

from dataclasses import dataclass

from newsarchive.moment import Moment
from newsarchive.wire.contribution import Contribution
from newsarchive.wire.dateline import Dateline

_READERS_WORDS = {"title": "headline", "date": "date", "summary": "standfirst"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A story's picture: its file's path below ``content/``, what it shows, and whose it is.

    The rest is known once the file was looked at: its size upright, whether one can look through
    it, and the ``key`` that tells it, and the way it is encoded, from every other.
    """

    path: str
    alternative: str
    caption: str = ""
    credit: str = ""
    width: int = 0
    height: int = 0
    transparent: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """What a story is; texts that came with it are verbatim, mistakes included.

    ``tags`` and ``section`` are the words of the post; the catalog finds the topics behind them.
    ``supplied`` names the fields that the archive had to write itself (``"title"``, ``"date"``),
    ``date_note`` says why the date is what it is. ``html`` is the text with the dateline run in,
    sanitised; ``lead`` its first paragraph as plain text, without the dateline. ``url`` and
    ``save_as`` are relative to the site's root, as are ``aliases``, where files stood that were the
    story's page, and ``source_path`` to ``content/``. ``withdrawn`` says when the story was; of one
    that is, nothing but that may be published.
    """

    id: str
    slug: str
    headline: str
    date: Moment
    url: str
    save_as: str
    source_path: str
    html: str
    lead: str
    section: str
    tags: tuple[str, ...] = ()
    modified: Moment | None = None
    embargo: Moment | None = None
    withdrawn: Moment | None = None
    status: str = "published"
    summary: str = ""
    slugline: str = ""
    advisory: str = ""
    byline: str = ""
    authors: tuple[str, ...] = ()
    credits: str = ""
    contributions: tuple[Contribution, ...] = ()
    dateline: Dateline | None = None
    source: str = ""
    source_url: str = ""
    rights: str = ""
    language: str = "en"
    series: str = ""
    picture: Picture | None = None
    supplied: tuple[str, ...] = ()
    date_note: str = ""
    aliases: tuple[str, ...] = ()
    template: str = "article"

    @property
    def standfirst(self) -> str:
        """The summary that came with the story, else its first paragraph."""
        return self.summary or self.lead

    @property
    def supplied_words(self) -> str:
        """What the archive had to write itself, in the reader's words: ``headline and date``."""
        *most, last = [_READERS_WORDS[name] for name in self.supplied] or [""]
        return f"{', '.join(most)} and {last}" if most else last

    @property
    def released(self) -> Moment:
        """From when on the story may be seen: its date, or the end of its embargo if later."""
        return max(self.date, self.embargo) if self.embargo else self.date

    @property
    def changed(self) -> Moment:
        """When the story last changed: its modification, else its publication."""
        return self.modified or self.date

    @property
    def rights_holder(self) -> str:
        """Whose story it is: as stated, else its source."""
        return self.rights or self.source


@dataclass(frozen=True, slots=True)
class StandingPage:
    """A page beside the stories: about, the corrections policy, the colophon."""

    title: str
    url: str
    save_as: str
    source_path: str
    html: str
    summary: str = ""
    template: str = "page"
    status: str = "published"
