"""The person who sent this request."""

import uuid
from dataclasses import dataclass

from flask import g, session
from flask_wtf.csrf import generate_csrf

from walkthrough_app.accounts import lifetimes, queries
from walkthrough_app.accounts.models import UNIT_ROLES, Lane, OrgClass, Role, User
from walkthrough_app.core import clock

TOKEN = "sid"  # noqa: S105 - the key, not a token


@dataclass(frozen=True, slots=True)
class MyUnit:
    id: uuid.UUID
    name: str
    org_class: OrgClass

    @property
    def lane(self) -> Lane | None:
        return self.org_class.lane


@dataclass(frozen=True, slots=True)
class Me:
    """The user as templates see them: a copy, so that an error page after a rollback needs no database."""

    id: uuid.UUID
    username: str
    name: str
    post: str
    role: Role
    unit: MyUnit

    @property
    def is_walking(self) -> bool:
        """Tell whether the user's pages are for a phone."""
        return self.role in UNIT_ROLES

    @classmethod
    def of(cls, user: User) -> "Me":
        unit = MyUnit(user.unit.id, user.unit.name, user.unit.org_class)
        return cls(user.id, user.username, user.name, user.post, user.role, unit)


def user() -> User:
    """Return the signed-in user; only for views behind signed_in or allow."""
    found = maybe_user()
    if found is None:
        raise LookupError("nobody is signed in")
    return found


def maybe_user() -> User | None:
    """Return the signed-in user, looked up once a request."""
    if "user" not in g:
        _load()
    found: User | None = g.user
    return found


def me() -> Me | None:
    """Return the copy for templates."""
    maybe_user()
    found: Me | None = g.me
    return found


def token() -> str:
    found: str = session.get(TOKEN, "")
    return found


def stale_session() -> uuid.UUID | None:
    """Return the session whose last use is to be written down again, if this request met one."""
    found: uuid.UUID | None = g.get("stale_session")
    return found


def start(new_token: str) -> None:
    """Give this device a new session; nothing of the cookie before survives."""
    session.clear()
    session[TOKEN] = new_token
    session.permanent = True
    g.pop("csrf_token", None)
    generate_csrf()  # now, so that no page changes the cookie later: one that does cannot be kept by the phone


def end() -> None:
    session.clear()
    g.signed_out = True


def _load() -> None:
    g.user = g.me = None
    entry = queries.live_session(token()) if token() else None
    if entry is None:
        return
    g.user, g.me = entry.user, Me.of(entry.user)
    if lifetimes.needs_refresh(entry, clock.now()):
        g.stale_session = entry.id
