"""Where each row of the table of faults is tried."""

from collections.abc import Callable, Generator
from pathlib import Path
from textwrap import shorten

import pytest

from .site import STOCK, Site

Refused = Callable[..., None]

OLD = "The old site."
FAILS = pytest.mark.xfail(raises=(AssertionError, pytest.fail.Exception), strict=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Expect of stock Pelican that it does what the table tells of it."""
    for item in items:
        if STOCK and item.get_closest_marker("fault"):
            item.add_marker(FAILS)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    call: pytest.CallInfo[None],
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tell what it did, for a person to see that it is that."""
    report = yield
    if call.excinfo and hasattr(report, "wasxfail"):
        report.wasxfail = shorten(str(call.excinfo.value), 300)
    return report


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Lay out a site of one sound story."""
    return Site(tmp_path)


@pytest.fixture
def refused(site: Site) -> Refused:
    """Build a site that has faults: exit code 1, the old site as it was, and each fault told."""

    def refuse(*told: str, **environment: str) -> None:
        site.add("output/index.html", OLD)
        run = site.build(**environment)
        assert run.code == 1, run.said
        assert site.seen() == {"index.html": OLD.encode()}, run.said
        assert "Traceback" not in run.said
        *faults, _ = run.said.splitlines()
        for fault, said in zip(faults, told, strict=True):
            assert fault.startswith(f"content/articles/{said}")

    return refuse
