"""How long until a tap or a photo is on the phone's disk, and what 36 photos cost in memory."""

import os
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

from measure import Target, phone_with_disk, poll, slow_down, usable
from PIL import Image
from playwright.sync_api import Browser, Page

TAPS = 24
PHOTOS = 12
MANY = 36
TWELVE_MEGAPIXELS = (4032, 3024)
CHOICES = ".screen:not([hidden]) label:has(input[type=radio]):visible"
TILES = ".screen:not([hidden]) [data-list=evidence] .shot"
SETTLE = 500  # ms
HUMAN = 2500  # ms from one photo to the next, when somebody is quick


def photos(folder: Path, count: int) -> list[Path]:
    """Make different pictures of 12 megapixels, each about as large as a phone's."""
    noise = Image.frombytes("RGB", (672, 504), random.Random(1).randbytes(672 * 504 * 3)).resize(TWELVE_MEGAPIXELS)
    noise.save(folder / "first.jpg", quality=84)
    whole = (folder / "first.jpg").read_bytes()
    paths = [folder / f"{number}.jpg" for number in range(count)]
    end = 4 + int.from_bytes(whole[4:6], "big")  # of the first segment; a comment follows it
    for number, path in enumerate(paths):
        path.write_bytes(whole[:end] + b"\xff\xfe\x00\x0a%08d" % number + whole[end:])
    return paths


def taps(browser: Browser, target: Target) -> tuple[float, float]:
    """Return median and 95th percentile of ms from a tap on an answer until its event is committed."""
    lengths: list[float] = []
    with phone_with_disk(browser, target) as page:
        usable(page, target.address)
        slow_down(page)
        labels = page.locator(CHOICES)
        for number in range(TAPS + 2):
            label = labels.nth(number % labels.count())
            label.evaluate("(one) => one.scrollIntoView({ block: 'center' })")
            page.wait_for_timeout(SETTLE)
            box = label.bounding_box()
            assert box
            with durable(page, "events 0", lengths):  # a bare touch: Playwright's click() would look around in the page
                page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    return median(lengths[2:]), quantiles(lengths[2:], n=20)[-1]


def pictures(browser: Browser, target: Target, files: list[Path]) -> tuple[float, float]:
    """Return median and 95th percentile of ms from the choice of a photo until the original is committed."""
    lengths: list[float] = []
    with phone_with_disk(browser, target) as page:
        usable(page, target.address)
        slow_down(page)
        for file in files:
            with durable(page, "media raw", lengths):
                page.set_input_files("#camera", file)
            # the next one has the phone to itself
            poll(page, "window.benchDurable.some(([mark]) => mark === 'media sent')")
            page.wait_for_timeout(SETTLE)
    return median(lengths), quantiles(lengths, n=20)[-1]


@contextmanager
def durable(page: Page, mark: str, lengths: list[float]) -> Iterator[None]:
    """Add the ms from the input inside the block to the first commit of a row so marked (store and state)."""
    page.evaluate("window.benchInput = 0; window.benchDurable = [];")
    yield
    page.wait_for_timeout(SETTLE)  # asking would take its time from the page
    _, at = poll(page, f"window.benchDurable.find(([mark]) => mark === '{mark}')", patience=60)
    lengths.append(at - page.evaluate("window.benchInput"))


def memory(browser: Browser, target: Target, files: list[Path], pause: int) -> float:
    """Return the MB the whole browser takes more at its peak while photos are taken (`pause` ms apart) and sent."""
    with phone_with_disk(browser, target) as page:
        usable(page, target.address)
        page.wait_for_timeout(3000)
        shown, before, peak = page.locator(TILES).count(), browser_memory(), Peak()
        try:
            for number, file in enumerate(files, 1):
                page.set_input_files("#camera", file)
                poll(page, f"document.querySelectorAll('{TILES}').length >= {shown + number}")
                page.wait_for_timeout(pause)
            poll(page, "document.querySelector('#saved').textContent.includes('全部已上传')", patience=300)
        finally:
            highest = peak.stop()
    return (highest - before) / 1e6


class Peak:
    """Samples the browser's memory until it is stopped."""

    def __init__(self) -> None:
        self.highest, self.ended = 0, threading.Event()
        self.thread = threading.Thread(target=self._sample)
        self.thread.start()

    def _sample(self) -> None:
        while not self.ended.wait(0.2):
            self.highest = max(self.highest, browser_memory())

    def stop(self) -> int:
        self.ended.set()
        self.thread.join()
        return self.highest


def browser_memory() -> int:
    """Return the bytes that all browser processes below this one hold, shared pages counted once.

    Pages of the program's own files are left out: their share falls and rises with every other Chromium on the machine.
    """
    return sum(_held(pid) for pid in _descendants(os.getpid()) if _is_chromium(pid))


def _descendants(pid: int) -> list[int]:
    below: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue  # ended meanwhile
        below.setdefault(int(words[1]), []).append(int(stat.parent.name))
    found, waiting = [], [pid]
    while waiting:
        children = below.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


def _is_chromium(pid: int) -> bool:
    try:
        return b"chromium" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0", 1)[0]
    except OSError:
        return False


def _held(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(("Pss_Anon:", "Pss_Shmem:")))
