"""A phone: Chromium on a profile of its own, which can be killed at any moment and started again."""

import os
import signal
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, Playwright, expect

from tests.browser.screenshots import FLAGS
from tests.browser.serve import PASSWORD

PHONE = {"width": 390, "height": 844}
SENT = "全部已上传"
# What an old webview in an app lacks (WeChat on iOS): no worker, no locks, no short-cuts.
WEBVIEW = """
for (const name of ["serviceWorker", "locks", "wakeLock", "vibrate", "storage"]) delete Navigator.prototype[name];
delete Crypto.prototype.randomUUID; delete window.structuredClone; delete window.BroadcastChannel;
"""
DUMP = """async (stores) => {
  const base = await new Promise((done, fail) => {
    const asked = indexedDB.open("walkthrough");
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  const light = async ({ raw, preview, bytes, ...row }) =>
    ({ ...row, held: (await new Blob([raw || bytes || ""]).arrayBuffer()).byteLength });
  const all = (name) => new Promise((done, fail) => {
    const asked = base.transaction(name).objectStore(name).getAll();
    asked.onsuccess = () => done(Promise.all(asked.result.map(light)));
    asked.onerror = () => fail(asked.error);
  });
  const told = {};
  for (const name of stores) told[name] = base.objectStoreNames.contains(name) ? await all(name) : [];
  base.close();
  return told;
}"""

# How much of the walk on the page waits in its store. What the page had begun to write before is counted: it is stored first.
WAITING = """async (walk) => {
  const base = await new Promise((done, fail) => {
    const asked = indexedDB.open("walkthrough");
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  const tx = base.transaction(["events", "media"]);
  const all = (name) => new Promise((done, fail) => {
    const asked = tx.objectStore(name).index("walk").getAll(walk);
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  const [events, media] = await Promise.all([all("events"), all("media")]);
  base.close();
  const words = events.filter(({ mine, sent }) => mine && sent === 0);
  return words.length + media.filter(({ state }) => state === "raw" || state === "ready").length;
}"""
# Whether the service worker has put away the page that is shown, with its files and its second half.
PUT_AWAY = """async (path) => {
  const kept = (name, address) => caches.match(address, { cacheName: name, ignoreVary: true });
  const files = [...document.querySelectorAll("script[src], link[rel=stylesheet]")]
    .map((one) => new URL(one.src || one.href).pathname);
  const parts = await Promise.all([kept("pages", `${path}/sheets`), ...files.map((file) => kept("shell", file))]);
  const page = await kept("pages", path);
  const text = page ? await page.text() : "";
  return parts.every(Boolean) && files.every((file) => text.includes(file.split("/")[2]));
}"""
FILES = """() => [location.pathname, `${location.pathname}/sheets`].concat(
  [...document.querySelectorAll("script[src], link[rel=stylesheet]")].map((one) => new URL(one.src || one.href).pathname))"""
END_OF_ENTRY = bytes.fromhex("d8410d97456ffaf4")  # begins what Chromium's cache writes last, of so many bytes
LENGTH_OF_END = 24
PATIENCE = 60.0  # seconds for what a phone does by itself

SESSIONS: dict[tuple[str, str], list[Any]] = {}


class Phone:
    """`script` runs before every page's own; more `flags` go to Chromium; sessions are shared by phones at a `place`."""

    def __init__(
        self,
        playwright: Playwright,
        profile: Path,
        address: str,
        *,
        script: str = "",
        flags: tuple[str, ...] = (),
        place: str = "",
    ) -> None:
        self.playwright, self.profile, self.address = playwright, profile, address
        self.script, self.flags, self.place, self.timezone = script, flags, place, "Asia/Shanghai"
        self.cookies: list[Any] = []
        self.errors: list[str] = []
        self.context: BrowserContext
        self.page: Page
        self.start()

    def start(self) -> None:
        """Open the browser as it was left; cookies come back, as from a phone that had time to write them down."""
        self.context = self.playwright.chromium.launch_persistent_context(
            self.profile,
            executable_path="/usr/bin/chromium",
            args=[*FLAGS, *self.flags],
            viewport=PHONE,
            locale="zh-CN",
            timezone_id=self.timezone,
            base_url=self.address,
            reduced_motion="reduce",
        )
        if self.script:
            self.context.add_init_script(self.script)
        self.context.on("weberror", lambda error: self.errors.append(str(error.error)))
        self.context.add_cookies(self.cookies)
        self.page = self.context.pages[0]
        self.page.set_default_timeout(40_000)

    def kill(self) -> None:
        """kill -9, all of it at once."""
        with suppress(Error):
            self.cookies = self.context.cookies()
        self.shoot()
        with suppress(Error):
            self.context.close()

    def shoot(self) -> None:
        """Only the kill itself, for when every millisecond counts; the cookies are those of the last kill()."""
        for pid in _browser_of(self.profile):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        lock = self.profile / "SingletonLock"
        lock.unlink(missing_ok=True)

    def restart(self) -> None:
        self.kill()
        self.start()

    def close(self) -> None:
        with suppress(Error):
            self.context.close()

    def sign_in(self, who: str, *, by_hand: bool = False) -> None:
        """Sign in; `by_hand` at the form, else with the session that another phone here has got already."""
        if by_hand or (self.place, who) not in SESSIONS:
            self.context.clear_cookies()
            self.page.goto("/sign-in")
            self.page.fill("[name=username]", who)
            self.page.fill("[name=password]", PASSWORD)
            self.page.click("main form button")
            self.page.wait_for_url(lambda url: "sign-in" not in url)
            self.cookies = self.context.cookies()
        if by_hand:
            return
        self.cookies = SESSIONS.setdefault((self.place, who), self.cookies)
        self.context.add_cookies(self.cookies)

    def open(self, walk: str) -> None:
        self.page.goto(f"/walks/{walk}")
        self.ready()

    def ready(self) -> None:
        expect(self.page.locator("body.ready")).to_be_visible(timeout=40_000)

    def whole(self) -> None:
        """Wait until the second half of the page has come too: forms over the screens, 核对."""
        fetched = (
            "() => performance.getEntriesByName(new URL(document.querySelector('script[src*=sheets]').src)).length"
        )
        expect(self.page.locator("#sheets [data-sheet=review]")).to_be_attached()
        self.until(lambda: bool(self.page.evaluate(fetched)))

    def kept(self) -> None:
        """Wait until the service worker has put the page away, whole: from then on it opens without a network."""
        path = self.page.evaluate("location.pathname")
        self.until(lambda: self.page.evaluate(PUT_AWAY, path))

    def cached(self) -> None:
        """Wait until the browser's own cache has the page on the disk: without a service worker nothing else opens it."""
        self.whole()
        wanted = {f"{self.address}{path}" for path in self.page.evaluate(FILES)}
        self.until(lambda: wanted <= set(self._on_disk()))

    def _on_disk(self) -> Iterator[str]:
        """Yield the addresses of what the browser's cache has written to its end."""
        for file in (self.profile / "Default" / "Cache" / "Cache_Data").glob("*_0"):
            with suppress(FileNotFoundError, struct.error):
                entry = file.read_bytes()
                (length,) = struct.unpack_from("<I", entry, 12)
                if entry[-LENGTH_OF_END:].startswith(END_OF_ENTRY):
                    yield entry[24 : 24 + length].decode(errors="replace").split(" ")[-1]

    def new_tab(self, walk: str) -> Page:
        page = self.context.new_page()
        page.set_default_timeout(40_000)
        page.goto(f"/walks/{walk}")
        expect(page.locator("body.ready")).to_be_visible()
        return page

    def rows(self, *stores: str) -> dict[str, list[dict[str, Any]]]:
        """Return what IndexedDB holds, without the bytes (`held` says how many)."""
        told: dict[str, list[dict[str, Any]]] = self.page.evaluate(DUMP, list(stores))
        return told

    def events(self, walk: str, kind: str = "") -> list[dict[str, Any]]:
        """Return this phone's own events as they lie in its store."""
        rows = [row for row in self.rows("events")["events"] if row["walk"] == walk and row.get("mine")]
        return [row for row in rows if kind in {"", row["kind"]}]

    def saved(self) -> None:
        """Wait until no write is under way that is worth a word."""
        expect(self.page.locator("#saved")).not_to_have_text("正在存…")

    def sent(self) -> None:
        """The network is back: wait until all that was done is sent, and the phone says so."""
        self.nudge()
        all_sent(self.page)

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait, while the page goes on, until the condition holds."""
        until(self.page, condition)

    def nudge(self) -> None:
        self.page.evaluate("dispatchEvent(new Event('online'))")

    def take(self, picture: bytes, name: str = "IMG_1.jpg", kind: str = "image/jpeg") -> None:
        """Let the camera of the bottom bar give this picture."""
        self.page.set_input_files("#camera", {"name": name, "mimeType": kind, "buffer": picture})

    @contextmanager
    def slowed(self, rate: int) -> Iterator[None]:
        """Run with the processor so many times slower."""
        session = self.context.new_cdp_session(self.page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": rate})
        yield
        with suppress(Error):
            session.send("Emulation.setCPUThrottlingRate", {"rate": 1})


def until(page: Page, condition: Callable[[], bool]) -> None:
    last = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < last, f"it did not happen within {PATIENCE:.0f} s"
        page.wait_for_timeout(50)


def all_sent(page: Page) -> None:
    """Wait until nothing of the walk on this page waits in its store, and the page says so.

    The words alone may still be those of the moment before the last tap was stored.
    """
    walk = page.evaluate("location.pathname.split('/')[2]")
    until(page, lambda: page.evaluate(WAITING, walk) == 0)
    expect(page.locator("#saved")).to_have_text(SENT, timeout=60_000)


def _browser_of(profile: Path) -> list[int]:
    """Return the process that owns the profile, and all that came from it; none when it is dead already."""
    mark = f"--user-data-dir={profile}".encode()
    found: list[int] = []
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        with suppress(OSError, IndexError, ValueError):
            pid, words = int(entry.name), (entry / "cmdline").read_bytes().split(b"\0")
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(pid)
            if mark in words and not any(word.startswith(b"--type=") for word in words):
                found.append(pid)
    for one in found:
        found.extend(pid for pid in children.get(one, []) if pid not in found)
    return found
