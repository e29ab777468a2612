"""Where a report goes when it is handed in. The lane's desk is higher up, so whoever builds the app connects it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from walkthrough_app.reports.models import Report


def _no_page(_report: Report) -> Any:
    raise RuntimeError("no desk is connected")


def _nothing(_report: Report) -> Sequence[Any]:
    return ()


@dataclass(frozen=True)
class Desk:
    """`show` makes the page on which receivers see a report; `threads` are the desk's comments, the latest version's
    first: each has `id`, `number`, `title`, `is_open` and `comments`.
    """

    show: Callable[[Report], Any] = _no_page
    threads: Callable[[Report], Sequence[Any]] = _nothing


_desk = Desk()


def connect(desk: Desk) -> None:
    global _desk
    _desk = desk


def show(report: Report) -> Any:
    return _desk.show(report)


def threads_of(report: Report) -> Sequence[Any]:
    return _desk.threads(report)
