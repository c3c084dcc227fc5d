"""Take pictures of every kind of page, at every size of archive and on every medium.

They go into one contact sheet, .cache/screenshots/index.html, for a person to look at.
"""

# ruff: noqa: T201  # it talks to whoever runs make

import argparse
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, FloatRect, Page, ViewportSize, sync_playwright

from tests.browser.chromium import QUIETLY
from tests.browser.server import served
from tools import pages, sites
from tools.screenshots import sheet

CACHE = sites.PROJECT / ".cache/screenshots"
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
SCREENS: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2},
    "desktop": {"viewport": DESKTOP},
    "dark": {"viewport": DESKTOP, "color_scheme": "dark"},
}
AT_MOST = 2_600  # pixels of a page's height; what is further down only repeats
PAPER_DPI = "96"
README = sites.PROJECT / "docs/images"
README_KINDS = ("front", "story")
README_COLOURS = 48  # ink, paper, the accent, and what lies between them at the edges of letters
README_BYTES = 80_000


def main() -> None:
    """Build the sites, take the pictures, lay them out."""
    parser = argparse.ArgumentParser(prog="make screenshots", description=__doc__)
    parser.add_argument("--chromium", required=True, help="the browser that takes them")
    parser.add_argument("--corpus", type=Path, required=True, help="the Reuters-21578 archive")
    parser.add_argument("--readme", action="store_true", help="also renew the two in docs/images")
    options = parser.parse_args()
    chosen = [sites.OWN, sites.THIRTY, sites.KITCHEN_SINK]
    if options.corpus.is_file():
        chosen.append(sites.reuters(options.corpus.resolve()))
    else:
        print(f"There is no {options.corpus}, so there are no pictures of 21,578 stories")
    with ThreadPoolExecutor(2) as pool:
        groups = list(pool.map(partial(_group, options.chromium), chosen))
    print(f"{sum(len(group.pictures) for group in groups)} pictures: {sheet.write(CACHE, groups)}")
    if options.readme:
        _renew_readme(options.chromium)


def _group(chromium: str, site: sites.Site) -> sheet.Group:
    """Take every picture of one site."""
    output = sites.build(site, CACHE)
    folder = output.with_name("pictures")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    kinds = pages.of_each_kind(output)
    if site is sites.KITCHEN_SINK:
        kinds = {kind: kinds[kind] for kind in ("front", "numbered page")} | pages.EXTREMES
    taken = []
    with served(output) as place, _browser(chromium) as browser:
        windows = {medium: browser.new_page(**screen) for medium, screen in SCREENS.items()}
        for kind, address in kinds.items():
            path = folder / f"{kind.replace(' ', '-')}.png"
            for medium, window in windows.items():
                window.goto(place.url(address))
                taken.append(sheet.Picture(kind, address, medium, _shot(window, path, medium)))
            taken.append(sheet.Picture(kind, address, "print", _print(windows["desktop"], path)))
    return sheet.Group(site.title, tuple(taken))


@contextmanager
def _browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=QUIETLY)
        yield browser
        browser.close()


def _shot(window: Page, path: Path, medium: str) -> Path:
    """Take a page as far down as there is something new to see."""
    path = path.with_stem(f"{path.stem}-{medium}")
    size = window.evaluate("() => [innerWidth, document.documentElement.scrollHeight]")
    clip: FloatRect = {"x": 0, "y": 0, "width": size[0], "height": min(size[1], AT_MOST)}
    window.screenshot(path=path, full_page=True, clip=clip)
    return path


def _print(window: Page, path: Path) -> Path:
    """Print a page and take the first sheet; where nothing reads PDF, take it as print shows it."""
    path = path.with_stem(f"{path.stem}-print")
    if not shutil.which("pdftoppm"):
        window.emulate_media(media="print")
        _shot(window, path.with_stem(path.stem.removesuffix("-print")), "print")
        window.emulate_media(media="screen")
        return path
    paper = path.with_suffix(".pdf")
    window.pdf(path=paper, format="A4", page_ranges="1", prefer_css_page_size=True)
    command = ["pdftoppm", "-png", "-singlefile", "-r", PAPER_DPI]
    command += [str(paper), str(path.with_suffix(""))]
    subprocess.run(command, check=True)  # noqa: S603  # our own command
    paper.unlink()
    return path


def _renew_readme(chromium: str) -> None:
    """Write the two pictures that README.md shows, in as few colours as type needs."""
    output = sites.build(sites.OWN, CACHE)
    README.mkdir(exist_ok=True)
    with served(output) as place, _browser(chromium) as browser:
        window = browser.new_page(viewport=DESKTOP)
        for kind in README_KINDS:
            path = README / f"{kind}.png"
            window.goto(place.url(pages.of_each_kind(output)[kind]))
            window.reload()  # a font that is late the first time is not shown
            window.screenshot(path=path)
            with Image.open(path) as picture:
                few = picture.convert("RGB").quantize(README_COLOURS, dither=Image.Dither.NONE)
            few.save(path, optimize=True)
            size = path.stat().st_size
            if size > README_BYTES:
                raise SystemExit(f"{path} has {size:,} bytes; README.md loads {README_BYTES:,}")
            print(f"{size:,} bytes: {path.relative_to(sites.PROJECT)}")


main()
