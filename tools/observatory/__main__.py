"""Have MDN's HTTP Observatory score what nginx answers with the configuration in deploy/."""

# ruff: noqa: T201  # it talks to whoever runs make

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.deploy import nginx
from tools import pages, sites

HERE = Path(__file__).parent
CACHE = sites.PROJECT / ".cache/observatory"
ENOUGH = 120  # points


def main() -> None:
    """Build the archive's own site, serve it, and fail where a kind of page scores too little."""
    site = sites.build(sites.OWN, CACHE, "https://example.org")
    fine = True
    with TemporaryDirectory() as folder, nginx.served(site, Path(folder, "nginx")) as server:
        for kind, path in pages.of_each_kind(site).items():
            found = _scored(server, path)
            print(f"{kind:14} {found['score']:>4} {found['grade']}")
            for test in found["tests"]:
                if not test["pass"] or (test["modifier"] and kind == "front"):
                    print(f"    {test['modifier']:+4} {test['result']}")
            fine &= found["score"] >= ENOUGH
    sys.exit(not fine)


def _scored(server: nginx.Server, path: str) -> dict[str, Any]:
    command = ["node", str(HERE / "score.js"), str(server.http), str(server.https), path]
    trusted = os.environ | {"NODE_EXTRA_CA_CERTS": str(server.authority)}
    scored = subprocess.run(command, env=trusted, check=True, stdout=subprocess.PIPE)  # noqa: S603  # our own command
    found: dict[str, Any] = json.loads(scored.stdout)
    return found


main()
