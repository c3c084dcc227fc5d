"""What an audit of the locked packages says."""

import json

from tools.advisories import found

SOUND = {"name": "jinja2", "version": "3.1.6", "vulns": []}
KNOWN = {
    "name": "markdown",
    "version": "3.8",
    "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["3.8.1"], "aliases": ["CVE-2025-69534"]}],
}
UNKNOWN = {"name": "nh3", "skip_reason": "Dependency not found on PyPI: nh3 (0.3.1)"}


def told(*packages: object) -> list[str]:
    """Give a report of these packages."""
    return list(found("requirements.txt", json.dumps({"dependencies": packages, "fixes": []})))


def test_nothing_is_known() -> None:
    """Then nothing is said."""
    assert told(SOUND) == []


def test_a_vulnerability() -> None:
    """It is named, with the version that is without it."""
    line = "requirements.txt: markdown 3.8: PYSEC-2026-1, CVE-2025-69534; take 3.8.1"
    assert told(SOUND, KNOWN) == [line]


def test_a_package_without_data_is_not_sound() -> None:
    """A registry's mirror may know no vulnerability of anything."""
    line = "requirements.txt: 1 of 2 packages not audited: no data in this registry"
    assert told(SOUND, UNKNOWN) == [line]


def test_no_data_at_all() -> None:
    """One sentence says so."""
    assert list(found("requirements.txt", "")) == [
        "requirements.txt: not audited, for the data cannot be reached; try again from elsewhere"
    ]
