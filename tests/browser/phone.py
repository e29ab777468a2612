"""A phone: Chromium on a profile of its own, which can be killed at any moment and started again."""

import os
import signal
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
        """Wait until the service worker has put the page away."""
        path = self.page.evaluate("location.pathname")
        is_kept = "path => caches.match(path, { cacheName: 'pages' }).then(Boolean)"
        self.until(lambda: self.page.evaluate(is_kept, path))

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
        """Wait until no write is under way."""
        expect(self.page.locator("#saved")).not_to_have_text("正在存…")

    def sent(self) -> None:
        """The network is back: wait until the phone says that all is sent."""
        self.nudge()
        expect(self.page.locator("#saved")).to_have_text(SENT, timeout=60_000)

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait, while the page goes on, until the condition holds."""
        for _ in range(600):
            if condition():
                return
            self.page.wait_for_timeout(50)
        raise AssertionError("it did not happen within 30 s")

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
