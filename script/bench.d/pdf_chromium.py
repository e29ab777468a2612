"""Debian's Chromium printing our own HTML: as a command, and warm through its debugging protocol."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

from playwright.sync_api import Page, sync_playwright

from tests.browser.screenshots import FLAGS

CHROMIUM = "/usr/bin/chromium"
COMMAND = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
TICK = os.sysconf("SC_CLK_TCK")
OFTEN = 0.02  # s


class Chromium:
    """A browser that stays open."""

    def __init__(self, page: Page, source: Path, root: int) -> None:
        self._page, self._source, self._root = page, source, root

    def render(self) -> SimpleNamespace:
        with watched(self._root) as cost:
            self._page.goto(self._source.as_uri(), wait_until="load")
            made = self._page.pdf(prefer_css_page_size=True, tagged=True, outline=True)
        cost.size = len(made)
        return cost


@contextmanager
def chromium(source: Path) -> Iterator[Chromium]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        names = {pid: one[1] for pid, one in _processes().items()}
        root = min(pid for pid, _, _ in _below(os.getpid()) if "chrom" in names.get(pid, ""))
        yield Chromium(browser.new_page(), source, root)
        browser.close()


@contextmanager
def watched(root: int) -> Iterator[SimpleNamespace]:
    """Tell what a process and all it starts cost: seconds on the wall and of processors, peak memory in KB."""
    cost = SimpleNamespace(wall=0.0, cpu=0.0, rss=0, size=0)
    seen: dict[int, float] = {}
    before = {pid: spent for pid, spent, _ in _below(root)}
    stop = threading.Event()

    def look() -> None:
        while True:
            now = list(_below(root))
            seen.update({pid: spent for pid, spent, _ in now})
            cost.rss = max(cost.rss, sum(memory for _, _, memory in now))
            if stop.wait(OFTEN):
                return

    watcher = threading.Thread(target=look)
    start = time.perf_counter()
    watcher.start()
    try:
        yield cost
    finally:
        cost.wall = time.perf_counter() - start
        stop.set()
        watcher.join()
        seen.update({pid: spent for pid, spent, _ in _below(root)})
        cost.cpu = sum(spent - before.get(pid, 0) for pid, spent in seen.items())


def _below(root: int) -> Iterator[tuple[int, float, int]]:
    """Yield number, seconds and memory of a process and of those that it started, directly or not."""
    found = _processes()
    mine = {root}
    while more := {pid for pid, one in found.items() if one[0] in mine} - mine:
        mine |= more
    return ((pid, found[pid][2], found[pid][3]) for pid in mine & found.keys())


def _processes() -> dict[int, tuple[int, str, float, int]]:
    """Return parent, name, seconds and resident KB of every process."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = path.read_text()
        except OSError:  # it has just ended
            continue
        name, rest = text[text.index("(") + 1 : text.rindex(")")], text[text.rindex(")") + 2 :].split()
        found[int(path.parent.name)] = (
            int(rest[1]),
            name,
            (int(rest[11]) + int(rest[12])) / TICK,
            int(rest[21]) * os.sysconf("SC_PAGE_SIZE") // 1024,
        )
    return found
