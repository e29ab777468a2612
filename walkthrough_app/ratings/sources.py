"""Whether one source gives too many ratings: counted by marks that nobody can make again when the day is over."""

import hashlib
import hmac
import ipaddress
import secrets
import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select

from walkthrough_app.core import clock, db
from walkthrough_app.ratings.models import DaySecret, SourceCount
from walkthrough_app.ratings.terms import Terms
from walkthrough_app.ratings.upserts import add_new, add_one

LONGEST = 300  # characters of a browser's name


@dataclass(frozen=True)
class Source:
    """Where a rating comes from: never stored, only counted by its mark."""

    address: str
    browser: str

    @property
    def network(self) -> str:
        """Return the neighbourhood of the address: /24 or /48; '' for what is none."""
        try:
            known = ipaddress.ip_address(self.address)
        except ValueError:
            return ""
        return str(ipaddress.ip_network(f"{known}/{24 if known.version == 4 else 48}", strict=False))


def is_too_many(point_id: uuid.UUID, source: Source, terms: Terms) -> bool:
    """Count one more rating of a source at a point today; tell whether it is beyond what the terms allow."""
    day = clock.today()
    secret = _secret(day)
    here = f"{point_id}\n{source.network}"
    network, device = _mark(secret, here), _mark(secret, f"{here}\n{source.browser[:LONGEST]}")
    counted = {
        mark: add_one(SourceCount, {"day": day, "mark": mark, "number": 1}) for mark in sorted((network, device))
    }
    return counted[network] > terms.per_network or counted[device] > terms.per_device


def forget(day: date) -> int:
    """Delete the secrets and marks of the days before `day`; return how many days were forgotten."""
    db.session.execute(delete(SourceCount).where(SourceCount.day < day))
    gone = db.session.execute(delete(DaySecret).where(DaySecret.day < day).returning(DaySecret.day))
    return len(gone.all())


def _secret(day: date) -> bytes:
    known = db.session.scalar(select(DaySecret.secret).where(DaySecret.day == day))
    if known is not None:
        return known
    forget(day)
    add_new(DaySecret, {"day": day, "secret": secrets.token_bytes(32)})
    return db.session.scalars(select(DaySecret.secret).where(DaySecret.day == day)).one()


def _mark(secret: bytes, text: str) -> str:
    return hmac.new(secret, text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
