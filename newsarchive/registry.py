"""The registry keeps the register of a release: which addresses it has, whose each is.

It is a JSON object, keys in the order of their letters, one to a line. Every address is the path of
a file below the web root (``2024/09/30/slug/index.html``); a story goes by its ``Id``.

``version``    1
``pages``      each page and feed: the id of the story whose page it is, ``""`` for any other
``redirects``  each address that leads on: the page that it leads to
``withdrawn``  each tombstone: the id of the story that was withdrawn
``former``     each address that a story has had and is not at now: its id; where several stories
               had it, that of the last. Whether the address leads on is said by ``redirects``

An address is in one of the first three at most. Pictures, copied files and the theme's are in
none: they come and go with the pages that show them.

From one release to the next, an address is lost that was in one of the first three and is in none
of them now. A story is lost whose id was in ``pages`` and is neither there nor in ``withdrawn``
now, unless the address that it was at leads on or is a tombstone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import msgspec

from newsarchive.build import writer
from newsarchive.errors import SettingsFaults


@dataclass(frozen=True, slots=True)
class Register:
    """What a release has published; the module says what the keys mean."""

    version: Literal[1] = 1
    pages: Mapping[str, str] = field(default_factory=dict)
    redirects: Mapping[str, str] = field(default_factory=dict)
    withdrawn: Mapping[str, str] = field(default_factory=dict)
    former: Mapping[str, str] = field(default_factory=dict)

    @property
    def holders(self) -> dict[str, str]:
        """Which story each address belonged to last, in this release or an earlier one."""
        at_home = {path: story for path, story in self.pages.items() if story}
        return {**self.former, **at_home, **self.withdrawn}


def read(file: Path) -> Register:
    """Read the register of a release; raises SettingsFaults where there is none."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Register)
    except OSError as error:
        raise SettingsFaults(f"{file}: no register can be read there ({error.strerror})") from None
    except msgspec.DecodeError as error:
        raise SettingsFaults(f"{file}: not the register of a release ({error})") from None


def write(file: Path, register: Register) -> None:
    """Write a register in one step, unless the same stands there already."""
    text = msgspec.json.format(msgspec.json.encode(register, order="sorted"), indent=1) + b"\n"
    if not file.is_file() or file.read_bytes() != text:
        writer.replace(file, text)


@dataclass(frozen=True, slots=True)
class Losses:
    """What one release has and another has neither as a page, nor as a redirect or tombstone."""

    stories: Sequence[str]
    addresses: Sequence[str]


def losses(before: Register, now: Register) -> Losses:
    """Find the stories that would be gone, each by its address, and all addresses that would."""
    there = {*now.pages, *now.redirects, *now.withdrawn}
    known = {*now.pages.values(), *now.withdrawn.values()}
    stories = (
        path
        for path, story in before.pages.items()
        if story and story not in known and path not in now.redirects and path not in now.withdrawn
    )
    return Losses(
        sorted(stories), sorted({*before.pages, *before.redirects, *before.withdrawn} - there)
    )
