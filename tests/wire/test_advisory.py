"""Notes to editors are told from bracketed prose."""

import pytest

from newsarchive.wire.advisory import is_advisory


@pytest.mark.parametrize(
    "line",
    [
        "(Corrects spelling of name in paragraph 3)",
        "(Adds quote, paragraphs 4-5)",
        "(Rewrites throughout)",
        "(Updates with comment (paragraph 2), background)",
        "(Refiles to fix dateline)",
        "(Corrects headline and dividend figure in item\nappearing March 17)",
    ],
)
def test_advisory(line: str) -> None:
    """A bracketed line that opens with what it changes is an advisory."""
    assert is_advisory(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Corrects spelling",
        "(Reporting by A)",
        "(Seoul is nine hours ahead of London.)",
        "(Corrects this) and goes on",
        "(Corrects this) (and that",
    ],
)
def test_no_advisory(line: str) -> None:
    """Other bracketed lines, and lines that go on after the bracket, are not."""
    assert not is_advisory(line)
