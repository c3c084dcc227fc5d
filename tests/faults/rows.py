"""The rows of the table of faults."""

from enum import StrEnum


class Row(StrEnum):
    """What goes wrong, in the table's own words."""

    DROPPED = "no Title or no Date; empty file; blank first line; double BOM; unknown Status"
    UNREADABLE = (
        "`Date: 31 Foobar`, `Feb 30`; Latin-1 or UTF-16 file; unreadable file; dangling link"
    )
    GAPS = "`Date: 2024`, `Friday`, `10:30`"
    GUESSED = "`03/04/2024`, `12/11/10`"
    ZONE = "`10:00 KST`"
    EMBARGO = "date in the future (embargo)"
    PLUGIN = "a plugin that fails to import or to register"
    SLUG_TWICE = "the same slug twice, given or derived; NFC against NFD"
    CASE = "slugs that differ by case alone"
    ESCAPES = (
        "`Slug`, `Lang` or `Save_as` with `../`, absolute, or a sibling with the same prefix "
        "(`../output-evil/`)"
    )
    SAVE_AS = "`Save_as` equal to another page or `index.html`"
    TAG_PAGES = "tag `covid` page 2 against tag `covid2`"
    HOSTILE = (
        "HTML or script in title, tag, section, author, summary; in the body `<script>`, "
        "`onerror=`, `javascript:` (also entity-encoded), `<iframe>`, `{: onclick=…}`"
    )
    SCRIPTS = "Korean, Arabic, emoji, `!!!` as title or tag"
    LONG_SLUG = "slug over 250 bytes"
    TWINS = "`U.S. diplomacy` and `US diplomacy`"
    CONTROLS = "NUL and other control characters"
    LEAD = "`BEIJING: lead…` straight under the headers"
    YAML = "YAML header between `---`"
    UNACCOUNTED = "`.MD`, `.txt`, unreadable folder, unclosed `<body>`"
    DEAD_LINKS = "`{filename}missing.md`; link or image to nothing"
    OUTSIDE = (
        "`{attach}../../etc/passwd`, `{static}../x`, links out of `content/`, link loops, FIFOs"
    )
    TOO_MUCH = "10 MB of prose; `[` 20,000 times"
    HALF_WRITTEN = (
        "template error; missing template variable; disk full; read-only output; an image cut "
        "short by a full disk"
    )
    EMPTIED = "`content/` empty or most of it gone"
    KILLED = "kill -9 or Ctrl-C while publishing"
    TWO_BUILDS = "two builds at once"
    DELETED = "source deleted"
    REPRODUCIBLE = (
        "other locale, time zone, hash seed, path, clock, listing order, number of workers"
    )
    CACHE = "damaged or foreign cache"
    PREVIEW = "preview server"
