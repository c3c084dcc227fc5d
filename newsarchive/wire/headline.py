"""The headline's tag: what the wire says of a story in front of its headline."""

import re

_KILL = re.compile(
    r"(?:[A-Z]+ )?(?:KILL(?:ED)?|STORY (?:WITHDRAWN|KILLED)|WITHDRAWN)\b(?! [A-Za-z])"
)


def is_kill(headline: str) -> bool:
    """Tell whether a headline withdraws a story: ``KILL-``, ``STORY WITHDRAWN``."""
    return bool(_KILL.match(headline.strip()))
