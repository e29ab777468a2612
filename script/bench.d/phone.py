"""The phone benchmark: prints the table of docs/benchmarks.md, each limit beside our figure and Enketo's."""

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import measure
import writing
from measure import Target
from playwright.sync_api import Browser, sync_playwright
from proxy import SLOW_3G, SLOW_4G
from sites import FOLDER, TOOLS, Enketo, Ours
from xform import xform

from tests.browser.screenshots import FLAGS
from walkthrough_app.core import clock

RUNS = 3
NONE = "–"
CATEGORIES = ("performance", "accessibility", "best practices")


@dataclass
class Row:
    """One line of the table."""

    what: str
    limit: str
    ours: str
    enketo: str
    is_held: bool


def at_most(what: str, limit: float, ours: float, enketo: float | None = None, unit: str = "") -> Row:
    row = plain(what, ours, enketo, unit)
    return replace(row, limit=f"≤ {limit:g}{unit}", is_held=ours <= limit)


def plain(what: str, ours: float, enketo: float | None = None, unit: str = "") -> Row:
    """Return a line without a limit."""
    digits = 1 if unit in {" KB", " s"} else 0
    own, other = (NONE if value is None else f"{value:.{digits}f}{unit}" for value in (ours, enketo))
    return Row(what, NONE, own, other, is_held=True)


def main() -> None:
    ours, enketo = Ours(), Enketo(xform())
    print(f"{heading()}\n\n| measured | limit | ours | Enketo | |\n|---|---|---|---|---|", flush=True)
    try:
        with sync_playwright() as playwright:
            launch = partial(playwright.chromium.launch, executable_path="/usr/bin/chromium", args=FLAGS)
            for row in rows(launch, ours, enketo):
                mark = "" if row.is_held else "over"
                print(f"| {row.what} | {row.limit} | {row.ours} | {row.enketo} | {mark} |", flush=True)
    finally:
        ours.stop()


def heading() -> str:
    """Say where and when: figures of another machine are others."""
    version = subprocess.run(["/usr/bin/chromium", "--version"], capture_output=True, text=True, check=True).stdout
    chromium = " ".join(version.split()[:2])
    cpu = next(
        line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line
    )
    return f"{clock.today()}, {os.cpu_count()} cores of {cpu}, Python {platform.python_version()}, {chromium}"


def rows(launch: Callable[[], Browser], ours: Ours, enketo: Enketo) -> Iterator[Row]:
    """Measure what the command line names, else all; each part with a browser of its own."""
    browser = launch()
    walk, tasks = measure.sign_in(browser, ours)
    browser.close()
    theirs = Target(enketo.port, "/index.html")
    parts: dict[str, Callable[[Browser], Iterator[Row]]] = {
        "weight": lambda browser: weight(browser, walk, theirs),
        "speed": lambda browser: speed(browser, walk, theirs),
        "writing": lambda browser: durability(browser, walk),
        "axe": lambda browser: access(browser, walk, tasks, theirs),
        "dead": lambda browser: dead(browser, ours, walk),
        "lighthouse": lambda _: audits(walk, tasks, theirs),
        "memory": lambda browser: memory(browser, walk),
    }
    for name in sys.argv[1:] or parts:
        browser = launch()
        yield from parts[name](browser)
        browser.close()


def weight(browser: Browser, walk: Target, theirs: Target) -> Iterator[Row]:
    own, other = measure.cold_load(browser, walk), measure.cold_load(browser, theirs)
    yield at_most("page until usable, gzip", 40, own.total() / 1024, other.total() / 1024, " KB")
    yield at_most("of it JavaScript", 20, own.scripts() / 1024, other.scripts() / 1024, " KB")
    yield at_most("requests until usable", 5, len(own.first), len(other.first))
    yield plain("page with what comes later, gzip", own.total(late=True) / 1024, other.total(late=True) / 1024, " KB")
    yield plain("of it JavaScript", own.scripts(late=True) / 1024, other.scripts(late=True) / 1024, " KB")
    yield plain("all bytes on the wire in a first visit", own.wire / 1024, other.wire / 1024, " KB")
    yield at_most("third-party requests", 0, own.strangers, other.strangers)


def speed(browser: Browser, walk: Target, theirs: Target) -> Iterator[Row]:
    for line, limit in ((SLOW_3G, 6.5), (SLOW_4G, 2.2)):
        cold, warm = measure.seconds_until_usable(browser, walk, line, RUNS)
        other_cold, other_warm = measure.seconds_until_usable(browser, theirs, line, 1)
        yield at_most(f"usable, cold, {line.name}, 4× CPU", limit, cold, other_cold, " s")
        yield at_most(f"usable, warm, {line.name}, 4× CPU", 1.2, warm, other_warm, " s")


def durability(browser: Browser, walk: Target) -> Iterator[Row]:
    middle, high = writing.taps(browser, walk)
    yield at_most("tap on disk, median, 4× CPU", 50, middle, unit=" ms")
    yield plain("tap on disk, 95 %", high, unit=" ms")
    with tempfile.TemporaryDirectory() as folder:
        middle, high = writing.pictures(browser, walk, writing.photos(Path(folder), writing.PHOTOS))
    yield at_most("12 MP photo on disk, median, 4× CPU", 100, middle, unit=" ms")
    yield plain("12 MP photo on disk, 95 %", high, unit=" ms")


def access(browser: Browser, walk: Target, tasks: Target, theirs: Target) -> Iterator[Row]:
    for theme in ("light", "dark"):
        found = [measure.violations(browser, one, dark=theme == "dark") for one in (walk, tasks, theirs)]
        yield at_most(f"axe, {theme}, walk page", 0, found[0], found[2])
        yield at_most(f"axe, {theme}, 我的任务", 0, found[1])


def dead(browser: Browser, ours: Ours, walk: Target) -> Iterator[Row]:
    hung, gone = measure.without_network(browser, ours, walk)
    yield at_most("usable on a network that hangs", 3, hung, unit=" s")
    yield at_most("usable without a network, after one visit", 3, gone, unit=" s")


def audits(walk: Target, tasks: Target, theirs: Target) -> Iterator[Row]:
    targets = [{"address": one.address, "cookies": one.cookies} for one in (walk, tasks, theirs)]
    command = ["node", str(TOOLS / "lighthouse.mjs"), json.dumps(targets), str(RUNS)]
    own, list_, other = json.loads(subprocess.run(command, cwd=FOLDER, capture_output=True, check=True).stdout)
    for name, limit, one, two, three in zip(
        CATEGORIES, (98, 100, 100), own["scores"], list_["scores"], other["scores"], strict=True
    ):
        yield Row(f"Lighthouse {name}, walk page", f"≥ {limit}", str(one), str(three), one >= limit)
        yield Row(f"Lighthouse {name}, 我的任务", f"≥ {limit}", str(two), NONE, two >= limit)
    for failed in (own["failed"], list_["failed"]):
        if failed:
            print(f"<!-- Lighthouse: {', '.join(failed)} -->")


def memory(browser: Browser, walk: Target) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        files = writing.photos(Path(folder), writing.MANY)
        taken = writing.memory(browser, walk, files, writing.HUMAN)
        chosen = writing.memory(browser, walk, files, 0)
    yield at_most("extra memory for 36 photos of 12 MP, one every 2.5 s", 250, taken, unit=" MB")
    yield plain("extra memory for 36 more, as fast as the page takes them", chosen, unit=" MB")


if __name__ == "__main__":
    main()
