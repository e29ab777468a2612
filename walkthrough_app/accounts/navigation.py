"""The entries a person finds on every page: in groups, with what is new behind them, by one query."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from flask import Flask, current_app, request, url_for
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.exc import SQLAlchemyError

from walkthrough_app.accounts import current
from walkthrough_app.accounts.models import Role, User
from walkthrough_app.core import db

NAVIGATION = "accounts.navigation"
DOCK = 4  # entries at a phone's lower edge beside 更多, which the last of five would be
MANY = 10  # entries from which on groups that are not of every day are folded


class Group(StrEnum):
    """The headings, in their order."""

    REPORTING = "体验报送"
    RECTIFYING = "整改"
    ASSESSING = "评议考核"
    PREPARING = "活动安排"
    SYSTEM = "系统"

    @property
    def is_daily(self) -> bool:
        return self not in {Group.PREPARING, Group.SYSTEM}


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry for the roles that use it; `shown` leaves it out where there is nothing to see, `count` is what is new.

    Both are said in SQL, so that one query answers for all entries.
    """

    label: str
    endpoint: str
    roles: frozenset[Role]
    order: int
    group: Group
    count: Callable[[User], Select[int]] | None = None
    shown: Callable[[User], ColumnElement[bool]] | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as a page shows it."""

    label: str
    url: str
    group: Group = Group.REPORTING
    is_current: bool = False
    new: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A group of entries under its heading; folded ones say themselves what is new."""

    title: str
    entries: Sequence[Entry]
    is_open: bool = True

    @property
    def new(self) -> int:
        return sum(one.new for one in self.entries)


class Navigation:
    """What a page may draw; nothing is asked before it does."""

    def __init__(self, read: Callable[[], Sequence[Entry]]) -> None:
        self._read = read

    @cached_property
    def entries(self) -> Sequence[Entry]:
        return self._read()

    @property
    def sections(self) -> list[Section]:
        return [self._section(group) for group in Group if any(one.group is group for one in self.entries)]

    def _section(self, group: Group) -> Section:
        found = [one for one in self.entries if one.group is group]
        is_open = group.is_daily or len(self.entries) <= MANY or any(one.is_current for one in found)
        return Section(group.value, found, is_open)

    @property
    def new(self) -> int:
        return sum(one.new for one in self.entries)

    @property
    def dock(self) -> Sequence[Entry]:
        return self.entries[: DOCK if len(self.entries) > DOCK + 1 else DOCK + 1]

    @property
    def more(self) -> Section:
        """Return what the dock has no room for; open means that one is there."""
        rest = self.entries[len(self.dock) :]
        return Section("更多", rest, is_open=any(one.is_current for one in rest))

    def url(self, label: str) -> str:
        """Return where an entry leads, '' for who has none of this name."""
        return next((one.url for one in self.entries if one.label == label), "")


def init_app(app: Flask, items: Sequence[NavItem]) -> None:
    app.extensions[NAVIGATION] = tuple(items)


def items_of(role: Role) -> list[NavItem]:
    return [item for item in current_app.extensions[NAVIGATION] if role in item.roles]


def of_request() -> Navigation:
    """Return the navigation of who asks: none for who is not signed in."""
    return Navigation(_entries)


def _entries() -> list[Entry]:
    user = current.maybe_user()
    items = items_of(user.role) if user else []
    told = _told(user, items) if user else {}
    shown = [item for item in items if item.shown is None or told.get((item, "shown"))]
    urls = [url_for(item.endpoint) for item in shown]
    here = max((url for url in urls if _is_under(request.path, url)), key=len, default=None)
    return [
        Entry(item.label, url, item.group, url == here, told.get((item, "count"), 0))
        for item, url in zip(shown, urls, strict=True)
    ]


def _told(user: User, items: Sequence[NavItem]) -> dict[tuple[NavItem, str], Any]:
    """Ask for all entries at once which are shown and what is new behind them."""
    asked: dict[tuple[NavItem, str], ColumnElement[Any]] = {}
    for item in items:
        if item.shown:
            asked[item, "shown"] = item.shown(user)
        if item.count:
            asked[item, "count"] = item.count(user).scalar_subquery()
    if not asked:
        return {}
    try:
        row = db.session.execute(select(*asked.values()))
        return dict(zip(asked, row.one(), strict=True))
    except SQLAlchemyError:
        return {}  # an error page must come up without the database


def _is_under(path: str, url: str) -> bool:
    return path == url or path.startswith(url.rstrip("/") + "/")
