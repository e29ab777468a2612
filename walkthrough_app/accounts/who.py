"""Tells the phone whose pages it may show: a cookie that scripts can read and that proves nothing."""

import hashlib
import uuid

from flask import Response, g, request

COOKIE = "who"
NOBODY = "-"
LIFE = 400 * 24 * 3600


def owner(user_id: uuid.UUID) -> str:
    """Return a name for the user that says nothing about him."""
    return hashlib.sha256(b"who" + user_id.bytes).hexdigest()[:16]


def tell(response: Response) -> Response:
    """Say who is signed in, when the phone does not know it yet; after signing out, that nobody is."""
    user = g.get("user")
    name = NOBODY if g.get("signed_out") else owner(user.id) if user else ""
    if name and request.cookies.get(COOKIE) != name:
        response.set_cookie(COOKIE, name, max_age=LIFE, secure=request.is_secure, samesite="Lax")
    if g.get("signed_out"):
        response.headers["Clear-Site-Data"] = '"cache"'
    return response
