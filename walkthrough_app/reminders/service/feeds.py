"""Calendar addresses: made when asked for, dead as soon as they are taken back."""

import hashlib
import hmac
import uuid

from sqlalchemy import delete

from walkthrough_app.accounts.models import User
from walkthrough_app.core import audit, db
from walkthrough_app.reminders import outside, queries
from walkthrough_app.reminders.models import Feed

LENGTH = 64  # hex digits: the row's id, and half of an HMAC-SHA256 over it


def token_of(feed: Feed) -> str:
    """Return what the address ends with; without the installation's secret nobody can make one."""
    return feed.id.hex + _sign(feed.id)


def find(token: str) -> Feed | None:
    """Return the feed of a token; None when it is made up, taken back, or its owner has left."""
    if len(token) != LENGTH or not token.isascii():
        return None
    try:
        feed_id = uuid.UUID(token[:32])
    except ValueError:
        return None
    return queries.feed_with(feed_id) if hmac.compare_digest(token[32:], _sign(feed_id)) else None


def renew_feed(user: User) -> Feed:
    """Give the user a new address; the old one is dead."""
    _forget(user)
    made = Feed(user_id=user.id)
    db.session.add(made)
    db.session.flush()
    audit.record("feed.made", made, by=user)
    return made


def drop_feed(user: User) -> None:
    known = queries.feed_of(user)
    if known:
        audit.record("feed.dropped", known, by=user)
        _forget(user)


def _forget(user: User) -> None:
    db.session.execute(delete(Feed).where(Feed.user_id == user.id))


def _sign(feed_id: uuid.UUID) -> str:
    key = outside.current().secret.encode()
    return hmac.new(key, b"calendar feed " + feed_id.bytes, hashlib.sha256).hexdigest()[:32]
