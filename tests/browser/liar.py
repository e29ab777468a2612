"""A network that lies: it stands between phone and server and does to a request what a test tells it to."""

import http.client
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Headers = list[tuple[str, str]]
HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "date", "server"}
PATIENCE = 60  # seconds the liar waits for a hung server


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    headers: Headers
    body: bytes


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Headers
    body: bytes


class Cut(Exception):
    """The connection breaks here; `answer` is what of the answer still got through."""

    def __init__(self, answer: Answer | None = None) -> None:
        super().__init__()
        self.answer = answer


Pass = Callable[[Request], Answer]
Lie = Callable[[Request, Pass], Answer]


def honest(request: Request, send: Pass) -> Answer:
    return send(request)


def drop(request: Request, send: Pass) -> Answer:
    """The server does what it was asked; its answer is lost."""
    send(request)
    raise Cut


def deaf(request: Request, send: Pass) -> Answer:
    """Nothing gets through to the server."""
    raise Cut


def cut(request: Request, send: Pass) -> Answer:
    """The answer breaks off in the middle."""
    raise Cut(send(request))


def says(status: int, body: str = "", kind: str = "application/json", **headers: str) -> Lie:
    """Answer this without asking the server."""
    extra = [(name.replace("_", "-"), value) for name, value in headers.items()]
    return lambda request, send: Answer(status, [("Content-Type", kind), *extra], body.encode())


portal = says(200, "<!doctype html><title>WiFi</title><h1>欢迎使用大厅无线网</h1>", "text/html; charset=utf-8")
to_sign_in = says(302, "", "text/html", Location="/sign-in")
expired = says(401, '{"error": "登录已过期"}')
too_large = says(413, "<h1>413 Request Entity Too Large</h1>", "text/html")
busy = says(429, '{"error": "传得太频繁"}', Retry_After="1")
broken = says(500, '{"error": "系统出错了"}')
bad_gateway = says(502, "<h1>502 Bad Gateway</h1>", "text/html")
full = says(507, '{"error": "服务器空间不足"}')


def slow(bytes_per_second: int) -> Lie:
    """Bytes trickle up."""

    def trickle(request: Request, send: Pass) -> Answer:
        time.sleep(len(request.body) / bytes_per_second)
        return send(request)

    return trickle


def then(first: Lie, passes: int, later: Lie) -> Lie:
    """Do one thing to so many requests, and another to those after them."""
    left = iter(range(passes))

    def treat(request: Request, send: Pass) -> Answer:
        lie = later if next(left, None) is None else first
        return lie(request, send)

    return treat


class Gate:
    """Holds requests until it is opened."""

    def __init__(self, lie: Lie = honest) -> None:
        self.lie, self._opened = lie, threading.Event()

    def __call__(self, request: Request, send: Pass) -> Answer:
        self._opened.wait(PATIENCE)
        return self.lie(request, send)

    def open(self) -> None:
        self._opened.set()


@dataclass
class Rule:
    method: str
    path: re.Pattern[str]
    lie: Lie
    left: int


@dataclass
class Liar:
    """Listens on a port of its own; without rules it passes everything on."""

    upstream: int
    rules: list[Rule] = field(default_factory=list)
    seen: list[tuple[str, str, int]] = field(default_factory=list)
    is_dead: bool = False

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._released = threading.Event()
        self._http = _Listener(self)
        self.port = self._http.server_port
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        self.honest()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def lie(self, method: str, path: str, lie: Lie, times: int = 1_000_000) -> None:
        """Do this to the next `times` requests that match."""
        self.rules.append(Rule(method, re.compile(path), lie, times))

    def honest(self) -> None:
        """Forget all rules, let hung requests go, be reachable."""
        self.rules.clear()
        self.is_dead = False
        self._released.set()
        self._released = threading.Event()

    @contextmanager
    def dead(self) -> Iterator[None]:
        self.is_dead = True
        yield
        self.is_dead = False

    def hang(self, request: Request, send: Pass) -> Answer:
        """Take the request and say nothing until honest() is called."""
        self._released.wait(PATIENCE)
        raise Cut

    def count(self, method: str, path: str) -> int:
        """Return how many requests like this came by."""
        return sum(1 for one in self.seen if one[0] == method and re.search(path, one[1]))

    def treat(self, request: Request) -> Answer:
        with self._lock:
            self.seen.append((request.method, request.path, len(request.body)))
            fits = (r for r in self.rules if r.left > 0 and r.method == request.method and r.path.search(request.path))
            rule = next(fits, None)
            if rule:
                rule.left -= 1
        if self.is_dead:
            raise Cut
        return (rule.lie if rule else honest)(request, self._send)

    def _send(self, request: Request) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.upstream, timeout=PATIENCE)
        try:
            connection.request(request.method, request.path, request.body, dict(request.headers))
            answer = connection.getresponse()
            body = answer.read()
            return Answer(answer.status, [h for h in answer.getheaders() if h[0].lower() not in HOP], body)
        except (OSError, http.client.HTTPException) as error:
            raise Cut from error
        finally:
            connection.close()


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, liar: Liar) -> None:
        self.liar = liar
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that was killed leaves broken pipes: that is the point."""


class _Handler(BaseHTTPRequestHandler):
    server: _Listener

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline(65537)
        if not self.raw_requestline or not self.parse_request():
            self.close_connection = True
            return
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = [(name, value) for name, value in self.headers.items() if name.lower() not in HOP]
        request = Request(self.command, self.path, headers, body)
        try:
            self._answer(self.server.liar.treat(request))
        except Cut as end:
            self._break(end.answer)
        self.close_connection = True

    def _answer(self, answer: Answer, length: int | None = None) -> None:
        self.send_response_only(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer.body[:length])
        self.wfile.flush()

    def _break(self, answer: Answer | None) -> None:
        """Reset the connection, after half of the answer if there is one."""
        if answer:
            self._answer(answer, len(answer.body) // 2)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def log_message(self, *_: object) -> None:
        """Say nothing: `seen` knows it all."""
