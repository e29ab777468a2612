"""What a phone sends with when its session is long over: a signed token for one walk, good only for adding to it."""

import uuid
from datetime import datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

from walkthrough_app.accounts.models import User
from walkthrough_app.core import clock, db
from walkthrough_app.core.errors import AppError
from walkthrough_app.walkthroughs.models import Walkthrough

LIFE = timedelta(days=14)


class Refused(AppError):
    """The token is not good (any more); what is on the phone stays there until a fresh one is fetched."""

    status = 401
    default = "登录已过期，请重新登录；记录都还在这部手机里。"


def issue(walk: Walkthrough, user: User, *, secret: str) -> tuple[str, datetime]:
    """Return a token to add to this walk as this user, and when it ends."""
    now = clock.now()
    token = _signer(secret).dumps([str(walk.id), str(user.id), int(now.timestamp() * 1000)])
    return str(token), now + LIFE


def holder(token: str, walk_id: uuid.UUID, *, secret: str) -> tuple[Walkthrough, User]:
    """Return the walk and in whose name is added to it; Refused when the token is wrong, old, revoked or another's."""
    try:
        walk, user, issued = _signer(secret).loads(token)
        issued_at = datetime.fromtimestamp(issued / 1000, tz=clock.LOCAL)
    except (BadData, ValueError, TypeError, OverflowError, OSError) as error:
        raise Refused from error
    found, by = db.session.get(Walkthrough, walk_id), db.session.get(User, uuid.UUID(user))
    if found is None or by is None or walk != str(walk_id) or found.walker_id != by.id:
        raise Refused
    if not by.is_active or clock.now() >= issued_at + LIFE or (by.tokens_from and issued_at < by.tokens_from):
        raise Refused
    return found, by


def _signer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="walk-sync")
