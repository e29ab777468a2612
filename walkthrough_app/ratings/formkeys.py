"""The token of a public form: which rating it becomes, at which point, since when. No session, no cookie."""

import uuid
from datetime import datetime, timedelta

from itsdangerous import BadSignature, Signer

from walkthrough_app.core import clock

SALT = "rating:"
LIFETIME = timedelta(hours=6)


def issue(key: str, code: str) -> str:
    """Return a token for one rating at the point with this code."""
    moment = int(clock.now().timestamp())
    return _signer(key, code).sign(f"{uuid.uuid4().hex}-{moment}").decode()


def read(key: str, code: str, token: str) -> uuid.UUID | None:
    """Return the id of the rating; None for a token that is forged, of another point, or too old."""
    try:
        name, moment = _signer(key, code).unsign(token).decode().split("-")
        made = datetime.fromtimestamp(int(moment), clock.LOCAL)
        return uuid.UUID(name) if clock.now() - made <= LIFETIME else None
    except (BadSignature, ValueError, OverflowError, OSError):
        return None


def _signer(key: str, code: str) -> Signer:
    return Signer(key, salt=SALT + code)
