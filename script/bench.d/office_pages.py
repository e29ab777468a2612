"""Finds the pages of the office by their own links and filters, and measures how long each takes to answer.

Nothing here names a page: whoever signs in follows what the pages offer, and what is new is measured too.
"""

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import requests
from bs4 import BeautifulSoup, Tag
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, RequestRedirect

FEATURES = ("board", "campaigns", "compilation", "reception", "reminders", "exports", "accounts", "imports", "quality")
ALSO = {"reports.report"}
STARTS = ("/", "/inbox", "/campaigns", "/plan", "/items", "/me")
OURS = "text/html"
WORDS = ("取号", "复印件", "登记")  # for boxes in which one searches
OPENED, CHOICES = 12, 3


@dataclass
class Page:
    """The addresses of one page that were found, and the milliseconds each answer took."""

    name: str
    found: list[str] = field(default_factory=list)
    cold: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    most_bytes: int = 0

    def add(self, path: str, most: int) -> bool:
        """Keep an address unless it is known or enough of its like are: of each set of filters a few."""
        like = [one for one in self.found if _filters(one) == _filters(path)]
        if path in self.found or len(like) >= CHOICES or len(self.found) >= most:
            return False
        self.found.append(path)
        return True


class Visitor:
    """One who signs in, looks around and asks again."""

    def __init__(self, site: str, urls: Map, username: str, password: str, *, most: int = OPENED) -> None:
        self.site, self.username, self.most = site, username, most
        self.urls = urls.bind("127.0.0.1")
        self.http = requests.Session()
        self.pages: dict[str, Page] = defaultdict(lambda: Page(""))
        self._sign_in(password)

    def _sign_in(self, password: str) -> None:
        form = BeautifulSoup(self.http.get(f"{self.site}/sign-in").text, "html.parser").form
        assert form
        hidden = {one["name"]: one.get("value", "") for one in form.find_all("input", type="hidden")}
        answer = self.http.post(f"{self.site}/sign-in", {**hidden, "username": self.username, "password": password})
        if "/sign-in" in answer.url:
            raise SystemExit(f"bench: {self.username} could not sign in")

    def look_around(self) -> None:
        """Follow links and filters, page after page, until nothing new of any kind turns up."""
        waiting = [*STARTS, *self._plain()]
        seen: set[str] = set()
        while waiting:
            path = waiting.pop(0)
            if path in seen:
                continue
            seen.add(path)
            page = self._page(path)
            if path not in STARTS and page is None:
                continue
            if page and not page.add(path, self.most):
                continue
            waiting += self._open(path, page)

    def _plain(self) -> Iterator[str]:
        """Return the pages that need no example: some are linked from nowhere at first."""
        for rule in self.urls.map.iter_rules():
            if "GET" in (rule.methods or ()) and not rule.arguments and _is_measured(rule.endpoint):
                yield rule.rule

    def _page(self, path: str) -> Page | None:
        try:
            endpoint, _ = self.urls.match(urlsplit(path).path, method="GET")
        except (HTTPException, RequestRedirect):
            return None
        if not _is_measured(endpoint):
            return None
        self.pages[endpoint].name = endpoint
        return self.pages[endpoint]

    def _open(self, path: str, page: Page | None) -> list[str]:
        """Open a page for the first time; return where it leads. What is refused or no page is forgotten."""
        start = time.perf_counter()
        answer = self.http.get(self.site + path, allow_redirects=False)
        took = (time.perf_counter() - start) * 1000
        if answer.status_code in {302, 303}:
            if page:
                page.found.remove(path)
            return [_path(urljoin(path, answer.headers["location"]))]
        if answer.status_code >= 500:
            raise SystemExit(f"bench: {path} answers {answer.status_code} to {self.username}")
        if answer.status_code != 200 or OURS not in answer.headers.get("content-type", ""):
            if page:
                page.found.remove(path)
            return []
        if page:
            page.cold.append(took)
            page.most_bytes = max(page.most_bytes, len(answer.content))
        return list(_leads(BeautifulSoup(answer.text, "html.parser"), path))

    def measure(self, times: int) -> None:
        """Ask for every address so many times again, in turns."""
        for _ in range(times):
            for page in self.pages.values():
                for path in page.found:
                    start = time.perf_counter()
                    answer = self.http.get(self.site + path)
                    page.warm.append((time.perf_counter() - start) * 1000)
                    assert answer.status_code == 200, path


def _is_measured(endpoint: str) -> bool:
    return endpoint.split(".", maxsplit=1)[0] in FEATURES or endpoint in ALSO


def _filters(path: str) -> tuple[str, tuple[str, ...]]:
    parts = urlsplit(path)
    return parts.path, tuple(sorted(name for name, _ in parse_qsl(parts.query)))


def _path(address: str) -> str:
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _leads(soup: BeautifulSoup, path: str) -> Iterator[str]:
    for link in soup.find_all("a", href=True):
        address = urljoin(path, str(link["href"]))
        if not urlsplit(address).netloc:
            yield _path(address)
    for form in soup.find_all("form"):
        if str(form.get("method", "get")).lower() == "get":
            yield from _tried(form, path)


def _tried(form: Tag, path: str) -> Iterator[str]:
    """Fill a form of filters: as it stands, each choice by itself, words where one may search."""
    target, plain = urljoin(path, str(form.get("action") or "")) or path, _as_it_stands(form)
    for name, values in _choices(form).items():
        for value in values[:CHOICES]:
            yield _path(f"{target.split('?')[0]}?{urlencode({**plain, name: value})}")


def _as_it_stands(form: Tag) -> Mapping[str, str]:
    hidden = form.find_all("input", type="hidden", attrs={"name": True})
    fields = {str(one["name"]): str(one.get("value", "")) for one in hidden}
    for select in form.find_all("select", attrs={"name": True}):
        chosen = select.find("option", selected=True)
        if chosen and chosen.get("value"):
            fields[str(select["name"])] = str(chosen["value"])
    return fields


def _choices(form: Tag) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for select in form.find_all("select", attrs={"name": True}):
        values = [str(one["value"]) for one in select.find_all("option", value=True)]
        found[str(select["name"])] += [value for value in values if value]
    for box in form.find_all("input", attrs={"name": True}):
        kind = str(box.get("type", "text"))
        if kind in {"search", "text"}:
            found[str(box["name"])] += WORDS
        elif kind in {"radio", "checkbox"}:
            found[str(box["name"])].append(str(box.get("value", "y")))
    return found
