"""Ask whether a locked package has a known vulnerability: `make audit-dependencies`."""

# ruff: noqa: T201  # it talks to whoever runs make

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from typing import Any

LOCKS = ("requirements.txt", "requirements-test.txt", "requirements-bench.txt")
AUDIT = (sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes")
FORM = ("--format", "json", "--desc", "off", "--progress-spinner", "off")


def main() -> None:
    """Audit each lock, and fail where something is known, or nothing could be learnt."""
    wrong = [line for lock in LOCKS for line in found(lock, _audited(lock))]
    print("\n".join(wrong or ["No locked package has a known vulnerability"]))
    sys.exit(bool(wrong))


def found(lock: str, report: str) -> Iterator[str]:
    """Say what pip-audit's report of a lock says; one that it knows nothing of is none."""
    try:
        packages: list[Mapping[str, Any]] = json.loads(report)["dependencies"]
    except ValueError:
        yield f"{lock}: not audited, for the data cannot be reached; try again from elsewhere"
        return
    for package in packages:
        for known in package.get("vulns", ()):
            cure = " or ".join(known["fix_versions"]) or "no version mends it yet"
            names = ", ".join((known["id"], *known["aliases"]))
            yield f"{lock}: {package['name']} {package['version']}: {names}; take {cure}"
    unknown = sum("skip_reason" in package for package in packages)
    if unknown:
        yield f"{lock}: {unknown} of {len(packages)} packages not audited: no data in this registry"


def _audited(lock: str) -> str:
    # It fails with a traceback where there is no data, and with 1 where there are vulnerabilities.
    audit = subprocess.run(  # noqa: S603  # our own command
        [*AUDIT, *FORM, "--requirement", lock], check=False, capture_output=True, text=True
    )
    return audit.stdout


if __name__ == "__main__":
    main()
