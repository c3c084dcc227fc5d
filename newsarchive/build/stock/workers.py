"""Who does the work, and what is said where nobody can do it side by side."""

import sys
from collections.abc import Mapping
from typing import Any

from pelican.log import console

from newsarchive.build.pool import Pool, cpus


def pool_of(settings: Mapping[str, Any]) -> Pool:
    """Who does the work, by the settings."""
    return Pool(
        settings.get("NEWSARCHIVE_WORKERS") or cpus(), settings.get("NEWSARCHIVE_EXECUTOR") or ""
    )


def forks(pool: Pool) -> bool:
    """Whether workers see what the parent sees, without a copy being sent."""
    return pool.workers > 1 and not pool.executor and sys.platform == "linux"


def say(reason: str) -> None:
    """Say on the console why things go slower."""
    console.print(f"newsarchive.build: {reason}", highlight=False, soft_wrap=True)
