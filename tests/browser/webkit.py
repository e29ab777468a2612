"""WebKitGTK, the iPhone's engine: driven by WebDriver, or with a profile of its own that outlives kill -9."""

import base64
import json
import os
import re
import shutil
import signal
import subprocess
import time
import urllib.request
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import websocket
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from tests.browser.serve import PASSWORD
from tests.ports import free_port

MINI_BROWSER = next(Path("/usr/lib").glob("*/webkit2gtk-4.1/MiniBrowser"), None)
DRIVER = shutil.which("WebKitWebDriver")
MISSING = [
    name
    for name, found in {"webkit2gtk-driver": MINI_BROWSER and DRIVER, "xvfb": shutil.which("Xvfb")}.items()
    if not found
]
PIECE = 60_000  # characters the inspector takes at once
PATIENCE = 40.0  # seconds a page may take for what a phone does at once
GLANCE = 3.0  # seconds for one look at a page that may be gone: it is asked again
# What was far from the window is laid out in the next frame.
DRAWN = "await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
SIGN_IN = """
  const form = document.querySelector("main form");
  form.elements.username.value = "head";
  form.elements.password.value = PASSWORD;
  return (await fetch(form.action, { method: "POST", body: new FormData(form) })).url;
"""
KEPT = """
  const done = (request) => new Promise((yes, no) => { request.onsuccess = () => yes(request.result); request.onerror = no; });
  const base = await done(indexedDB.open("walkthrough"));
  const events = await done(base.transaction("events").objectStore("events").getAll());
  base.close();
  return JSON.stringify(events.filter(({ mine, walk }) => mine && location.pathname.endsWith(walk)));
"""
PUT_AWAY = """
  const kept = (name, address) => caches.match(address, { cacheName: name, ignoreVary: true });
  const files = [...document.querySelectorAll("script[src], link[rel=stylesheet]")]
    .map((one) => new URL(one.src || one.href).pathname);
  const pages = ["", "/sheets"].map((part) => kept("pages", location.pathname + part));
  return (await Promise.all([...pages, ...files.map((file) => kept("shell", file))])).every(Boolean);
"""
FILES = """
  const files = [...document.querySelectorAll("script[src], link[rel=stylesheet]")].map((one) => one.src || one.href);
  return [location.href.split("#")[0], ...files].join(" ");
"""
CHOOSE = """
  const bytes = Uint8Array.from(atob(window.camera), (one) => one.charCodeAt(0));
  const basket = new DataTransfer();
  basket.items.add(new File([bytes], "IMG_0001.jpg", { type: "image/jpeg" }));
  const input = document.querySelector("#camera");
  input.files = basket.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
"""


class Phone:
    """What the head does on the walk page; how a script gets into it is the subclass's business."""

    def run(self, script: str) -> Any:
        raise NotImplementedError

    def go(self, address: str) -> None:
        raise NotImplementedError

    def press(self, selector: str) -> None:
        self.run(f"document.querySelector({json.dumps(selector)}).click()")

    def sign_in(self, site: str) -> None:
        self.open_sign_in(f"{site}/sign-in")
        self.run(SIGN_IN.replace("PASSWORD", json.dumps(PASSWORD)))

    def open_sign_in(self, address: str) -> None:
        """Come to the form, whole: until then what is asked may be lost with the page before."""
        self.go(address)
        self.until(lambda: self.run(f'return location.href === "{address}" && document.readyState === "complete"'))
        self.until(lambda: self.has("main form"))

    def open(self, address: str) -> None:
        self.go(address)
        self.until(lambda: self.is_at(address))

    def is_at(self, address: str) -> bool:
        return bool(self.run(f'return location.href.split("#")[0] === "{address}" && document.body.matches(".ready")'))

    def tap(self, question: str, option: str) -> None:
        self.press(f"#card-{question} label:has([value={option}])")
        self.until(lambda: self.has(f"#card-{question} [value={option}]:checked"))

    def put_away(self) -> None:
        """Wait until the service worker has put the page away, whole."""
        self.until(lambda: self.run(PUT_AWAY))

    def take_note(self, text: str) -> None:
        self.press(".foot [value=note]")
        self.run(
            f'const field = document.querySelector("[data-sheet=note] textarea"); field.value = {json.dumps(text)};'
            'field.dispatchEvent(new Event("input", { bubbles: true }))'
        )
        self.press("[data-sheet=note] .foot button")
        self.until(lambda: not self.has("body.in-sheet"))

    def take_photo(self, file: Path) -> None:
        raise NotImplementedError

    def has(self, selector: str) -> bool:
        return bool(self.run(f"return Boolean(document.querySelector({json.dumps(selector)}))"))

    def text(self, selector: str) -> str:
        return str(self.run(f'return (document.querySelector({json.dumps(selector)}) || {{}}).innerText || ""')).strip()

    @property
    def status(self) -> str:
        return self.text("#saved")

    def kept(self) -> list[dict[str, Any]]:
        """Return this walk's events in the phone's own database."""
        return list(json.loads(self.run(KEPT)))

    def until(self, is_so: Callable[[], Any]) -> None:
        """Wait for something on the page; between two pages there may be none to ask."""
        last = time.monotonic() + PATIENCE
        while time.monotonic() < last:
            with suppress(Exception):
                if is_so():
                    return
            time.sleep(0.1)
        assert is_so(), f"not within {PATIENCE:.0f} s; the page says: {self.status}"


class Driven(Phone):
    """By WebDriver: real clicks and keys, but a profile in memory only."""

    def __init__(self, display: str) -> None:
        options = Options()
        options.binary_location = str(MINI_BROWSER)
        options.add_argument("--automation")
        service = Service(DRIVER, env={**os.environ, "DISPLAY": display})
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):  # selenium's own
            self.driver = webdriver.WebKitGTK(options, service)
        self.driver.set_window_size(390, 844)
        self.driver.set_script_timeout(PATIENCE)

    def run(self, script: str) -> Any:
        return self.driver.execute_script(f"return (async () => {{ {script} }})()")

    def go(self, address: str) -> None:
        self.driver.get(address)

    def find(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def press(self, selector: str) -> None:
        near = f'document.querySelector({json.dumps(selector)}).scrollIntoView({{ block: "center" }})'
        self.run(f"{near}; {DRAWN}; {near}; {DRAWN}")  # it may have grown, and what it pushed on is looked for again
        self.find(selector).click()

    def take_photo(self, file: Path) -> None:
        self.find("#camera").send_keys(str(file))
        self.until(lambda: self.has(".screen:not([hidden]) .shot"))

    def close(self) -> None:
        self.driver.quit()


class Profiled(Phone):
    """Without WebDriver, which only has private windows: asked through the inspector's socket, so its profile is kept."""

    def __init__(self, display: str, home: Path, address: str) -> None:
        port = free_port()
        own = {
            "DISPLAY": display,
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_CACHE_HOME": str(home / "cache"),
            "WEBKIT_INSPECTOR_HTTP_SERVER": f"127.0.0.1:{port}",
        }
        flags = ["--enable-developer-extras=true", "--geometry=390x844", f"--cookies-file={home / 'cookies'}"]
        self.process = subprocess.Popen(
            [str(MINI_BROWSER), *flags, address], env={**os.environ, **own}, start_new_session=True
        )
        self.home = home
        self.target = ""
        self.asked = 0
        self.answers: dict[int, dict[str, Any]] = {}
        self.socket = _inspector(port)

    def go(self, address: str) -> None:
        self._ask("Runtime.evaluate", expression=f"location.href = {json.dumps(address)}")

    def until(self, is_so: Callable[[], Any]) -> None:
        """Look again and again: what is asked of a page that is just being left is never answered."""
        self.socket.settimeout(GLANCE)
        super().until(is_so)
        self.socket.settimeout(PATIENCE)

    def run(self, script: str) -> Any:
        started = self._ask("Runtime.evaluate", expression=f"(async () => {{ {script} }})()")
        promise = started["result"]["objectId"]
        ended = self._ask("Runtime.awaitPromise", promiseObjectId=promise, returnByValue=True)
        assert not ended.get("wasThrown"), ended
        return ended["result"].get("value")

    def take_photo(self, file: Path) -> None:
        code = base64.b64encode(file.read_bytes()).decode()
        self.run('window.camera = ""')
        for start in range(0, len(code), PIECE):
            self.run(f'window.camera += "{code[start : start + PIECE]}"')
        self.run(CHOOSE)
        self.until(lambda: self.has(".screen:not([hidden]) .shot"))

    def cached(self) -> None:
        """Wait until the browser's own cache has the page on the disk: without a service worker nothing else opens it."""
        wanted = [re.compile(re.escape(address.encode()) + rb"(?!/)") for address in self.run(FILES).split(" ")]
        self.until(lambda: all(any(map(one.search, self._on_disk())) for one in wanted))

    def _on_disk(self) -> list[bytes]:
        return [file.read_bytes() for file in (self.home / "cache").glob("**/Records/**/*") if file.is_file()]

    def kill(self) -> None:
        """End the browser with all its processes as a phone does: without a word."""
        self.socket.close()
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_database(self) -> None:
        """End only the process that serves IndexedDB, as iOS does when memory is short."""
        group = ["-g", str(self.process.pid)]
        found = subprocess.run(["pgrep", *group, "-f", "NetworkProcess"], capture_output=True, text=True, check=True)
        os.kill(int(found.stdout), signal.SIGKILL)

    def _ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Ask the page; one that is left while it is asked gives no answer, and its successor is asked instead."""
        while not self.target:
            self._hear()
        self.asked += 2
        own, target = self.asked, self.target
        inner = json.dumps({"id": own, "method": method, "params": params})
        outer = {"targetId": target, "message": inner}
        self.socket.send(json.dumps({"id": own + 1, "method": "Target.sendMessageToTarget", "params": outer}))
        while own not in self.answers:
            self._hear()
            if self.target != target:
                return self._ask(method, **params)
        answer = self.answers.pop(own)
        assert "result" in answer, f"{method}: {answer.get('error')}"
        return dict(answer["result"])

    def _hear(self) -> None:
        told = json.loads(self.socket.recv())
        params = told.get("params", {})
        info = params.get("targetInfo", {})
        if info.get("type") == "page" and not info.get("isProvisional"):
            self.target = info["targetId"]
        elif told.get("method") == "Target.didCommitProvisionalTarget":
            self.target = params["newTargetId"]
        elif told.get("method") == "Target.dispatchMessageFromTarget":
            answer = json.loads(params["message"])
            if "id" in answer:
                self.answers[answer["id"]] = answer


def _inspector(port: int) -> websocket.WebSocket:
    """Find the page's socket in the list that the browser serves."""
    for _ in range(int(PATIENCE / 0.1)):
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2) as listing:
            if found := re.search(r"/socket/\d+/\d+/WebPage", listing.read().decode()):
                return websocket.create_connection(f"ws://127.0.0.1:{port}{found.group()}", timeout=PATIENCE)
        time.sleep(0.1)
    raise AssertionError("MiniBrowser shows no page to its inspector")


@contextmanager
def screen() -> Iterator[str]:
    """Run a screen that nobody sees; yields the name of the display."""
    ours, theirs = os.pipe()
    command = ["Xvfb", "-displayfd", str(theirs), "-screen", "0", "1024x1024x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[theirs], stderr=subprocess.DEVNULL)
    os.close(theirs)
    with os.fdopen(ours) as number:
        display = f":{number.readline().strip()}"
    try:
        yield display
    finally:
        server.terminate()
        server.wait()
