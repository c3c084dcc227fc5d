"""The register of a release: what it has published, to be read by the next."""

from pathlib import Path

import pytest

from newsarchive import registry
from newsarchive.errors import SettingsFaults
from newsarchive.registry import Register

WRITTEN = """\
{
 "former": {
  "2024/09/29/a/index.html": "urn:uuid:1"
 },
 "pages": {
  "2024/09/30/a/index.html": "urn:uuid:1",
  "index.html": ""
 },
 "redirects": {
  "2024/09/29/a/index.html": "2024/09/30/a/index.html"
 },
 "version": 1,
 "withdrawn": {
  "2024/09/30/b/index.html": "urn:uuid:2"
 }
}
"""
KNOWN = Register(
    pages={"index.html": "", "2024/09/30/a/index.html": "urn:uuid:1"},
    redirects={"2024/09/29/a/index.html": "2024/09/30/a/index.html"},
    withdrawn={"2024/09/30/b/index.html": "urn:uuid:2"},
    former={"2024/09/29/a/index.html": "urn:uuid:1"},
)


def test_written(tmp_path: Path) -> None:
    """It is JSON in the order of the letters, whatever the order in which things were found."""
    registry.write(tmp_path / "register.json", KNOWN)
    assert (tmp_path / "register.json").read_text("utf-8") == WRITTEN


def test_read_back(tmp_path: Path) -> None:
    """What was written is read as it was."""
    registry.write(tmp_path / "register.json", KNOWN)
    assert registry.read(tmp_path / "register.json") == KNOWN


def test_the_same_is_not_written_again(tmp_path: Path) -> None:
    """A register that says what it said keeps its file."""
    file = tmp_path / "register.json"
    registry.write(file, KNOWN)
    before = file.stat()
    registry.write(file, KNOWN)
    assert file.stat().st_ino == before.st_ino
    registry.write(file, Register())
    assert file.stat().st_ino != before.st_ino


def test_whose_an_address_was_last() -> None:
    """A story has an address until another has it; those that are no story's are nobody's."""
    known = Register(
        pages={"a": "2", "b": "", "c": "3"}, withdrawn={"d": "4"}, former={"a": "1", "e": "1"}
    )
    assert known.holders == {"a": "2", "c": "3", "d": "4", "e": "1"}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 2}', '{"pages": {"a": 1}}'])
def test_what_is_no_register(tmp_path: Path, text: str) -> None:
    """Anything else is refused by name, for redirects would be lost."""
    file = tmp_path / "register.json"
    file.write_text(text)
    with pytest.raises(SettingsFaults, match=r"register\.json: not the register of a release"):
        registry.read(file)


def test_no_register(tmp_path: Path) -> None:
    """So is a file that is not there."""
    with pytest.raises(SettingsFaults, match=r"register\.json: no register can be read there"):
        registry.read(tmp_path / "register.json")
