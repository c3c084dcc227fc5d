"""Pages are rendered and written, each whole or not at all."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from jinja2 import Template

from newsarchive.build.plan import Page


def write(pages: Iterable[Page], output: Path, template: Callable[[str], Template]) -> int:
    """Write pages below ``output`` and tell how many; ``template`` finds a template by its name."""
    count = 0
    made: set[Path] = set()
    for page in pages:
        path = output / page.path
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        replace(path, _content(page, template))
        count += 1
    return count


def _content(page: Page, template: Callable[[str], Template]) -> str | bytes:
    if page.content is not None:
        return page.content()
    return template(page.template).render(page.values())


def replace(path: Path, content: str | bytes) -> None:
    """Put a file in place in one step, so that a reader sees the old one or the new one."""
    temporary = path.with_name(f".{path.name}.new")
    try:
        temporary.write_bytes(content.encode() if isinstance(content, str) else content)
        os.replace(temporary, path)  # noqa: PTH105  # twice as fast as Path.replace, once a page
    except (OSError, UnicodeError):
        temporary.unlink(missing_ok=True)
        raise
