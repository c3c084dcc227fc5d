"""No story and no address gets lost from one release to the next, unless somebody says so."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from newsarchive import registry
from newsarchive.registry import Losses, Register
from tests.publishing.printer import Printer, digest

Capture = pytest.CaptureFixture[str]
X, Y = "2024/09/30/x/index.html", "2024/09/29/y/index.html"


def archive(stories: int, lists: int) -> dict[str, str]:
    """The pages of an archive."""
    return {
        **{f"2024/{number}/index.html": f"urn:{number}" for number in range(stories)},
        **{f"tag/{number}/index.html": "" for number in range(lists)},
    }


def published(
    printer: Printer, pages: Mapping[str, str], number: int, **more: dict[str, str]
) -> Path:
    """A site with a register of its own."""
    draft = printer.draft(number)
    printer.enter(draft, replace(Register(pages=pages), **more))
    return draft


def test_a_story_that_is_gone(printer: Printer, capsys: Capture) -> None:
    """One story without anything in its place is too much, whatever the size of the archive."""
    pages = archive(2000, 0)
    first = published(printer, pages, 1)
    printer.release(first)
    capsys.readouterr()
    gone = f"2024/{7}/index.html"
    second = published(printer, {path: pages[path] for path in pages if path != gone}, 2)
    assert printer.release(second) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"{gone}: a story; withdraw it, or name this address in Aliases",
        "1 of 2,000 addresses would be gone; FORCE=1 lets them go; nothing was published",
    ]
    assert printer.seen() == digest(first)
    assert printer.release(second, "--force") == 0
    assert printer.seen() == digest(second)


@pytest.mark.parametrize(
    "instead",
    [
        {"pages": {"elsewhere/index.html": "urn:x"}},
        {"pages": {}, "redirects": {X: Y}},
        {"pages": {}, "withdrawn": {X: "urn:x"}},
        {"pages": {}, "withdrawn": {"elsewhere/index.html": "urn:x"}},
    ],
)
def test_a_story_that_is_not_gone(printer: Printer, instead: dict[str, dict[str, str]]) -> None:
    """A story may move, and leave a redirect or a tombstone."""
    printer.release(published(printer, {X: "urn:x", Y: "urn:y"}, 1))
    pages = {Y: "urn:y", **instead.pop("pages")}
    assert printer.release(published(printer, pages, 2, **instead)) == 0


@pytest.mark.parametrize(
    ("lists", "gone", "code"), [(50, 5, 0), (50, 6, 1), (600, 6, 0), (599, 6, 1)]
)
def test_addresses_that_are_gone(printer: Printer, lists: int, gone: int, code: int) -> None:
    """More than five, and more than one in a hundred, is too many."""
    pages = archive(0, lists)
    printer.release(published(printer, pages, 1))
    fewer = {path: pages[path] for path in list(pages)[gone:]}
    assert printer.release(published(printer, fewer, 2)) == code


def test_a_long_list_is_cut(printer: Printer, capsys: Capture) -> None:
    """An emptied content folder fills no terminal."""
    printer.release(published(printer, archive(100, 100), 1))
    capsys.readouterr()
    assert printer.release(published(printer, {}, 2)) == 1
    *_, more, count = capsys.readouterr().err.splitlines()
    assert more == "and 180 more"
    assert (
        count == "200 of 200 addresses would be gone; FORCE=1 lets them go; nothing was published"
    )


def test_losses_count_from_the_live_release(printer: Printer) -> None:
    """After a rollback it is what readers have now that has to last."""
    for number, pages in ((1, {X: "urn:x"}), (2, {X: "urn:x", Y: "urn:y"})):
        printer.release(published(printer, pages, number))
    printer.run("rollback")
    assert printer.release(published(printer, {X: "urn:x"}, 3)) == 0


def test_what_was_refused_once_is_refused_again(printer: Printer) -> None:
    """A build that did not go live is nothing that the next one is measured by."""
    printer.release(published(printer, archive(10, 0), 1))
    for _ in range(2):
        assert printer.release(published(printer, {}, 2)) == 1


def test_no_way_back_to_what_is_withdrawn(printer: Printer, capsys: Capture) -> None:
    """A release that shows a story withdrawn since does not go live again, whatever is said."""
    pages = {X: "urn:x", Y: "urn:y"}
    printer.release(published(printer, {"a/index.html": "urn:x"}, 1))
    printer.release(published(printer, pages, 2))
    first, second = printer.stamps()
    withdrawn = published(printer, {Y: "urn:y"}, 3, withdrawn={X: "urn:x"})
    printer.release(withdrawn)
    capsys.readouterr()
    for stamp, path in ((second, X), (first, "a/index.html")):
        assert printer.run("rollback", "--to", stamp) == 1
        assert capsys.readouterr().err.splitlines() == [
            f"{printer.public}/releases/{stamp}/data/{path}: its story is withdrawn",
            f"Release {stamp} does not go live again",
        ]
        assert printer.seen() == digest(withdrawn)
    printer.release(published(printer, {}, 4))  # which is refused, and takes back no withdrawal
    assert printer.run("rollback", "--to", second) == 1
    printer.release(published(printer, pages, 5))
    assert printer.run("rollback", "--to", second) == 0


def test_a_withdrawal_counts_before_it_is_published(printer: Printer) -> None:
    """It is enough that a build knew of it."""
    for number in (1, 2):
        printer.release(published(printer, {X: "urn:x", Y: "urn:y"}, number))
    refused = published(printer, {}, 3, withdrawn={X: "urn:x"})
    assert printer.release(refused) == 1
    assert printer.run("rollback") == 1


def test_a_release_has_its_register(printer: Printer) -> None:
    """It stands in the bag, beside the site, and the next build is told where."""
    printer.release(printer.draft(1))
    register = printer.live / "register.json"
    assert register.read_bytes() == (printer.public / "register.json").read_bytes()
    assert b"register.json\n" in (printer.live / "tagmanifest-sha512.txt").read_bytes()
    assert not (printer.live / "data/register.json").exists()


def test_a_build_without_a_register(printer: Printer, capsys: Capture) -> None:
    """A configuration that writes none is told so; nothing is guessed."""
    (printer.public / "building").mkdir(parents=True)
    assert printer.run("release", "--", "true") == 1
    assert capsys.readouterr().err == (
        f"{printer.public}/register.json: no register can be read there "
        "(No such file or directory)\n"
    )


def test_a_tombstone_that_is_gone_is_an_address() -> None:
    """A story that was withdrawn is no longer a story that can get lost."""
    before = Register(withdrawn={X: "urn:x"}, redirects={Y: X})
    assert registry.losses(before, Register()) == Losses([], [Y, X])
