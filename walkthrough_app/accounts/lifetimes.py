"""How long a signed-in device stays signed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from walkthrough_app.accounts.models import UNIT_ROLES, Role, UserSession

REFRESH = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Lifetime:
    idle: timedelta
    absolute: timedelta


# A walk takes days and its phone is often without signal; a desk is shared and always on line.
PHONE = Lifetime(idle=timedelta(hours=12), absolute=timedelta(days=7))
DESK = Lifetime(idle=timedelta(hours=2), absolute=timedelta(hours=12))


def lifetime(role: Role) -> Lifetime:
    return PHONE if role in UNIT_ROLES else DESK


def is_alive(entry: UserSession, now: datetime) -> bool:
    idle_until = entry.seen_at + lifetime(entry.user.role).idle
    return entry.user.is_active and now < entry.expires_at and now < idle_until


def needs_refresh(entry: UserSession, now: datetime) -> bool:
    return now - entry.seen_at >= REFRESH
