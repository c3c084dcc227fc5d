"""The advisory: a bracketed note to editors above the text."""

import re

_ADVISORY = re.compile(
    r"\((?:(?:this|the|official|company|agency|story|repeat)\s+){0,3}"
    r"(?:add(?:s|ing)|amends|changes|clarif(?:ies|ying)|correct(?:s|ed|ing|ion)|deletes|drops"
    r"|edit(?:s|ors)|eds|fixes|inserts|in (?:this|the|paragraph|story)|note|recasts"
    r"|refil(?:es|ed|ing)|removes|repeats|replaces|resends|restores|retransmits|rewrites|updat(?:es|ed|ing)"
    r"|withdraws|writes)\b[^()]*(?:\([^()]*\)[^()]*)*\)",
    re.IGNORECASE,
)


def is_advisory(line: str) -> bool:
    """Tell whether a line is an advisory: ``(Corrects spelling of name in paragraph 3)``."""
    return bool(_ADVISORY.fullmatch(line.strip()))
