"""Bring a file of wire copy into the archive: ``python -m newsarchive.wire story.txt --date …``."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from newsarchive.errors import ImportRefused
from newsarchive.wire.importer import Facts, import_copy

_MEANINGS = {
    "title": "the headline, where the copy has none",
    "date": "when it was published: 2024-09-30, 2024-09-30 14:05 or 2024-09-30T14:05-04:00",
    "tags": "its topics, separated by commas",
    "section": "the section it stands in",
    "supplied": "which of title, date and summary the archive had to write itself",
    "date_note": "why the archive gives it this date",
    "summary": "one sentence below the headline",
    "source": "who supplied it, where the dateline does not say",
    "rights": "who holds the rights in it, where that is not the source",
    "slug": "its name in the address, where that is not to come from the headline",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Import one story; returns the exit code."""
    options = _parser().parse_args(arguments)
    facts = Facts(**{field.name: getattr(options, field.name) for field in fields(Facts)})
    try:
        imported = import_copy(options.story, options.content, facts)
    except ImportRefused as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    sys.stdout.write(
        f"wrote {imported.article} and, as received, {imported.wire}; "
        "read the story through, then run make html\n"
    )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m newsarchive.wire",
        description="Bring a file of wire copy into the archive. An empty option counts as absent.",
    )
    parser.add_argument("story", type=Path, help="the file of wire copy, kept as it is")
    for name, meaning in _MEANINGS.items():
        parser.add_argument(f"--{name.replace('_', '-')}", default="", metavar="TEXT", help=meaning)
    parser.add_argument("--content", type=Path, default=Path("content"), help="the content folder")
    return parser


if __name__ == "__main__":
    sys.exit(main())
