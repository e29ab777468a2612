"""The plain page on the port after the server's: it hands the certificate to a phone and says how to install it."""

import os
import signal
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from jinja2 import Environment, PackageLoader, StrictUndefined

from walkthrough_app.core import bundles
from walkthrough_app.lan.certificates import fingerprint

Answers = dict[str, tuple[str, bytes]]
CERTIFICATE = "/walkthrough.crt"
WATCH = 0.2  # s


def serve_beside(host: str, port: int, authority: x509.Certificate, address: str) -> None:
    """Serve the page from a process of its own, until this one ends."""
    parent = os.getpid()
    if os.fork():
        return
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the parent, and that ends us
        handler = partial(Page, answers(authority, address), address)
        with Watching((host, port), handler) as server:
            server.parent = parent
            server.serve_forever(poll_interval=WATCH)
    finally:
        os._exit(0)


def answers(authority: x509.Certificate, address: str) -> Answers:
    """Return what each path answers: (type, content)."""
    templates = Environment(loader=PackageLoader("walkthrough_app.lan"), autoescape=True, undefined=StrictUndefined)
    page = templates.get_template("lan/page.html").render(
        address=address, certificate=CERTIFICATE, fingerprint=fingerprint(authority)
    )
    return {
        "/": ("text/html; charset=utf-8", page.encode()),
        "/page.css": ("text/css; charset=utf-8", bundles.join("css/phone.css").encode()),
        CERTIFICATE: ("application/x-x509-ca-cert", authority.public_bytes(Encoding.DER)),
    }


class Watching(ThreadingHTTPServer):
    """A server that ends with the process that started it."""

    parent = 0

    def service_actions(self) -> None:
        if os.getppid() != self.parent:
            os._exit(0)


class Page(BaseHTTPRequestHandler):
    """Three files; every other path leads to the app."""

    server_version = "walkthrough"
    sys_version = ""
    timeout = 10

    def __init__(self, known: Answers, address: str, *rest: object) -> None:
        self.known, self.address = known, address
        super().__init__(*rest)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        with suppress(ConnectionError):
            if self.path in self.known:
                self._send(*self.known[self.path])
            else:
                self.send_response(HTTPStatus.SEE_OTHER)
                self.send_header("Location", self.address)
                self.send_header("Content-Length", "0")
                self.end_headers()

    do_HEAD = do_GET  # noqa: N815 - the library looks for this name

    def _send(self, kind: str, content: bytes) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """Say nothing: the terminal shows the codes to scan."""
