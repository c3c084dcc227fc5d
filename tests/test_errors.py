"""Faults: collected, sorted, and said in one line each."""

import logging
import sys

import pytest
from jinja2 import TemplateSyntaxError

from newsarchive.errors import (
    ArchiveError,
    ContentFaults,
    Fault,
    Faults,
    ImportRefused,
    PathClaimedTwice,
    SettingsFaults,
    speak_plainly,
)


def test_fault_in_one_line() -> None:
    """A fault names the file and line, what is wrong, and the cure."""
    fault = Fault("content/a.md", 3, "no Date", "add a Date: line")
    assert str(fault) == "content/a.md:3: no Date; add a Date: line"


def test_all_faults_at_once() -> None:
    """The error lists every fault once, by place, and says that nothing was written."""
    faults = Faults()
    faults.add("b.md", 1, "empty", "fill it")
    faults.add("a.md", 10, "odd", "even it")
    faults.extend([Fault("a.md", 2, "odd", "even it"), Fault("b.md", 1, "empty", "fill it")])
    with pytest.raises(ContentFaults) as error:
        faults.raise_if_any()
    assert str(error.value).splitlines() == [
        "a.md:2: odd; even it",
        "a.md:10: odd; even it",
        "b.md:1: empty; fill it",
        "3 faults; nothing was written",
    ]


def test_one_fault_is_counted_in_the_singular() -> None:
    """One fault is one."""
    error = ContentFaults([Fault("a.md", 1, "empty", "fill it")])
    assert str(error).endswith("\n1 fault; nothing was written")


def test_no_fault_is_no_error() -> None:
    """Without faults the build goes on."""
    faults = Faults()
    faults.raise_if_any()
    assert faults.found == []


@pytest.mark.parametrize("kind", [ContentFaults, SettingsFaults, ImportRefused, PathClaimedTwice])
def test_one_root(kind: type[Exception]) -> None:
    """Whoever catches ArchiveError catches all that the archive refuses."""
    assert issubclass(kind, ArchiveError)


def record(error: Exception) -> logging.LogRecord:
    """What Pelican logs when an error ends a build."""
    try:
        raise error
    except type(error):
        raised = sys.exc_info()
    return logging.LogRecord("pelican", logging.CRITICAL, "", 1, "%s", (error,), raised)


def test_fault_is_printed_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    """What the archive refuses is printed in its own words, and logged no more."""
    assert speak_plainly(record(SettingsFaults("SITEURL is no address"))) is False
    assert capsys.readouterr().err == "SITEURL is no address\n"


def test_other_errors_are_said_in_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistake in the program has no traceback unless that is asked for; a warning is logged."""
    plain = logging.LogRecord("pelican", logging.WARNING, "", 1, "warned", (), None)
    assert speak_plainly(record(KeyError("x"))) is False
    assert capsys.readouterr().err == "KeyError: 'x'; DEBUG=1 says where it comes from\n"
    assert speak_plainly(plain) is True
    monkeypatch.setattr(logging.root, "level", logging.DEBUG)
    assert speak_plainly(record(OSError("x"))) is True
    assert capsys.readouterr().err == ""


def test_place_of_a_mistake_in_a_template(capsys: pytest.CaptureFixture[str]) -> None:
    """Of a template the file and line are said."""
    error = TemplateSyntaxError("unknown tag", 3, filename="theme/base.html")
    assert speak_plainly(record(error)) is False
    assert capsys.readouterr().err.startswith("theme/base.html:3: TemplateSyntaxError: unknown tag")
