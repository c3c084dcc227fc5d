"""Measure the archive against stock Pelican and Hugo, in turn, on the same stories."""

# ruff: noqa: T201  # it talks to whoever runs make

import argparse
import shutil
from collections.abc import Mapping
from pathlib import Path

from bench import corpus, peers, report
from bench.measure import BuildFailed, Cost, differing, middle

WORK = peers.PROJECT / ".cache/bench"
RESULTS = peers.HERE / "RESULTS.md"
Measured = dict[str, list[Cost]]


def main() -> None:
    """Lay out the stories, build them in turn, report."""
    options = _options()
    wanted = {build for name in options.rows for build in report.ROWS[name].builds}
    shutil.rmtree(WORK, ignore_errors=True)
    content = WORK / "content"
    corpus.lay_out(content / "articles", options.corpus, options.stories)
    count = len(corpus.stories(content / "articles"))
    measured: Measured = {}
    sites = _sites(wanted, content)
    notes: dict[str, str] = {}
    for number in range(1, options.runs + 1):
        for peer in sites:
            _note(measured, peer.name, peer.cold())
            if peer.name == "own":
                _changes(measured, peer, wanted, number, options.runs)
    if "index" in wanted:
        notes |= _search(measured, content)
    if options.times > 1:
        sites.append(_many(measured, content, options.times))
    costs = {name: middle(costs) for name, costs in measured.items()}
    files = {site.name: _files(site) for site in sites}
    tables = report.table(costs, {**notes, **_notes(sites)}), report.details(costs, files)
    origin = "made-up stories" if options.corpus is None else f"stories of {options.corpus.name}"
    text = report.document(f"{count:,} {origin}", options.runs, *tables)
    print(f"\n{text}")
    if options.record:
        RESULTS.write_text(f"{text}\n", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--corpus", type=Path, help="stories, as an archive or a folder")
    parser.add_argument("--stories", type=int, default=corpus.COUNT, help="how many to make up")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--times", type=int, default=1, help="also so many times the stories")
    parser.add_argument("--rows", nargs="+", choices=report.ROWS, help="of the table; else all")
    options = parser.parse_args()
    options.record = not options.rows and options.stories == corpus.COUNT
    options.rows = options.rows or [*report.ROWS]
    return options


def _sites(wanted: set[str], content: Path) -> list[peers.Peer]:
    """Get those ready whose builds are wanted."""
    sites = []
    if "hugo" in wanted:
        sites.append(peers.hugo(content, WORK))
    if "plain" in wanted:
        sites.append(peers.pelican("plain", content, WORK, "bench/plain/plainconf.py"))
    if any(build.partition(" ")[0] == "own" for build in wanted):
        own = WORK / "own/content"  # stories of its own, to be edited
        shutil.copytree(content, own)
        sites.append(peers.archive("own", own, WORK))
    if "simple" in wanted:
        stock = "bench/stock/stockconf.py"
        sites += [
            peers.pelican("stock", content, WORK, stock),
            peers.pelican("simple", content, WORK, stock, PLUGINS=["newsarchive.build"]),
        ]
    return sites


def _changes(measured: Measured, peer: peers.Peer, wanted: set[str], number: int, of: int) -> None:
    """Build again after each kind of change."""
    for name, change in peers.CHANGES.items():
        if f"{peer.name} {name}" in wanted:
            change(peer.articles, number, of)
            _note(measured, f"{peer.name} {name}", peer.again())


def _search(measured: Measured, content: Path) -> dict[str, str]:
    """Build a site with its search, then the index alone, and have Pagefind index the pages."""
    own = WORK / "searched/content"
    shutil.copytree(content, own)
    searched = peers.searched(peers.archive("own", own, WORK), WORK)
    _note(measured, "searched", searched.cold())
    peers.without_index(searched)
    _note(measured, "index", searched.again())
    peers.CHANGES["edited"](searched.articles, 1, 1)
    _note(measured, "searched edited", searched.again())
    pagefind = peers.pagefind(searched, WORK)
    _note(measured, "pagefind", pagefind.cold())
    sizes = [_size(searched.output / "search"), _size(pagefind.output)]
    return {"search": "{:.1f} MB of files against {:.1f} MB".format(*sizes)}


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def _many(measured: Measured, content: Path, times: int) -> peers.Peer:
    """Build many times the stories, once, and once more after an edit."""
    many = WORK / "many/content"
    corpus.multiply(content / "articles", many / "articles", times)
    peer = peers.archive("many", many, WORK)
    _note(measured, "many", peer.cold())
    _changes(measured, peer, {"many edited"}, 1, 1)
    return peer


def _note(measured: Measured, name: str, cost: Cost) -> None:
    measured.setdefault(name, []).append(cost)
    print(f"{name}: {cost.wall:.2f} s, {cost.cpu:.2f} CPU s, {cost.peak:.0f} MiB", flush=True)


def _files(site: peers.Peer) -> int:
    """Count the files of a site, and see that it has all stories."""
    expected = len(corpus.stories(site.articles))
    pages = len(list(site.output.glob("[0-9]*/[0-9]*/[0-9]*/*/index.html")))
    if pages != expected:
        raise BuildFailed(f"{site.name} has the pages of {pages:,} stories out of {expected:,}")
    return sum(path.is_file() for path in site.output.rglob("*"))


def _notes(sites: list[peers.Peer]) -> Mapping[str, str]:
    """Compare what stock Pelican wrote with what the drop-in wrote."""
    outputs = {site.name: site.output for site in sites}
    if "stock" not in outputs:
        return {}
    found = differing(outputs["stock"], outputs["simple"])
    for name in found[:20]:
        print(f"Not the same in both: {name}")
    return {"simple": f"{len(found):,} files differ" if found else "output byte for byte the same"}


if __name__ == "__main__":
    main()
