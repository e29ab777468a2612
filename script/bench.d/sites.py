"""The two sites that are measured: ours with sample data, and a page of the Enketo form engine."""

import gzip
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.browser.screenshots import free_port, wait_for
from walkthrough_app.config import ROOT

FOLDER = ROOT / "var" / "bench"
TOOLS = Path(__file__).parent
PASSWORD = "walk-the-process-1"
FOR_WEEKS = "private, max-age=1209600"
KINDS = {".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css"}


class Ours:
    """`walkthrough serve` on fresh sample data, in a process group that can be stopped, hung and started again."""

    def __init__(self) -> None:
        self.folder = tempfile.mkdtemp(prefix="walkthrough-bench.")
        self.port = free_port()
        kept = {name: value for name, value in os.environ.items() if not name.startswith("WALKTHROUGH_")}
        self.environment = {**kept, "WALKTHROUGH_DATA_DIR": self.folder, "WALKTHROUGH_DEMO_PASSWORD": PASSWORD}
        for command in (("db", "upgrade"), ("demo",)):
            subprocess.run(self._command(*command), env=self.environment, check=True, stdout=subprocess.DEVNULL)
        self.start()

    def _command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "walkthrough_app.cli", *words]

    def start(self) -> None:
        command = self._command("serve", "--port", str(self.port))
        self.process = subprocess.Popen(command, env=self.environment, stdout=subprocess.DEVNULL, process_group=0)
        wait_for(f"http://127.0.0.1:{self.port}/healthz")

    def hang(self) -> None:
        """Stop answering without closing anything, as a network does that is there but dead."""
        os.killpg(self.process.pid, signal.SIGSTOP)

    def wake(self) -> None:
        os.killpg(self.process.pid, signal.SIGCONT)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=60)


class Enketo:
    """The same questions in Enketo's form engine: a static page, packed, kept by the browser as ours is."""

    def __init__(self, xform: str) -> None:
        self.folder = FOLDER / "enketo"
        self.folder.mkdir(parents=True, exist_ok=True)
        (FOLDER / "form.xml").write_text(xform, encoding="utf-8")
        command = ["node", str(TOOLS / "enketo.mjs"), str(FOLDER / "form.xml"), str(self.folder)]
        subprocess.run(command, cwd=FOLDER, check=True)
        files = {path.name: path for path in self.folder.iterdir()}
        packed = {f"/{name}": (KINDS[path.suffix], gzip.compress(path.read_bytes(), 9)) for name, path in files.items()}
        server = ThreadingHTTPServer(("127.0.0.1", 0), type("Answer", (Answer,), {"packed": packed}))
        self.port = server.server_port
        threading.Thread(target=server.serve_forever, daemon=True).start()


class Answer(BaseHTTPRequestHandler):
    """A file of the page, packed."""

    protocol_version = "HTTP/1.1"
    packed: dict[str, tuple[str, bytes]] = {}  # noqa: RUF012

    def do_GET(self) -> None:
        known = self.packed.get(self.path)
        self.send_response(200 if known else 404)
        kind, body = known or ("text/plain", b"")
        headers = {"Content-Type": kind, "Content-Encoding": "gzip", "Cache-Control": FOR_WEEKS}
        for name, value in (headers | {"Content-Length": str(len(body))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def packed_size(address: str, cookie: str) -> int:
    """Return the bytes of the body as gzip."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip", "Cookie": cookie})
    with urllib.request.urlopen(request, timeout=30) as answer:
        body: bytes = answer.read()
        return len(body) if answer.headers["Content-Encoding"] == "gzip" else len(gzip.compress(body, 9))


def settle() -> None:
    """Let a page finish what it does after it is usable (service worker, caches, sending)."""
    time.sleep(4)
