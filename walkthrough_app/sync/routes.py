"""The addresses phones send to. A token opens them, no session; every answer is JSON and names what is safe now."""

import uuid

from flask import Blueprint, Response, current_app, jsonify, request

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow, by_token, public
from walkthrough_app.accounts.navigation import NavItem
from walkthrough_app.core import clock
from walkthrough_app.core.assets import asset
from walkthrough_app.core.pace import TooSoon
from walkthrough_app.media import limits
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.sync import forms, service
from walkthrough_app.walkthroughs import queries
from walkthrough_app.walkthroughs.routes.blueprint import WALKERS

EVENTS_BYTES = 512 * 1024
MANIFEST_BYTES = 512 * 1024
bp = Blueprint("sync", __name__)
nav: list[NavItem] = []


@bp.put("/api/walks/<uuid:walk_id>/events")
@by_token
def events(walk_id: uuid.UUID) -> Response:
    """Take a batch of events; the answer names each that is safe, and each that is refused with its reason."""
    sender = _admit(walk_id)
    taken = service.take_events(forms.batch_in(_body(EVENTS_BYTES)), sender, store=_store())
    rejected = [{"id": name, "why": why} for name, why in taken.rejected]
    now = clock.iso(clock.now())
    return jsonify(accepted=taken.accepted, rejected=rejected, events=taken.events, pending=taken.pending, now=now)


@bp.put("/api/walks/<uuid:walk_id>/slices/<sha256>")
@by_token
def keep_slice(walk_id: uuid.UUID, sha256: str) -> Response:
    sender = _admit(walk_id)
    data = forms.slice_in(_body(limits.SLICE_BYTES), sha256)
    return jsonify(sha256=sha256, size=service.keep_slice(data, sha256, sender, store=_store()))


@bp.put("/api/walks/<uuid:walk_id>/media/<sha256>")
@by_token
def take_media(walk_id: uuid.UUID, sha256: str) -> Response:
    """Put a file together from its slices and take it in as evidence."""
    sender = _admit(walk_id)
    manifest = forms.manifest_in(_body(MANIFEST_BYTES), sha256)
    made = service.take_media(manifest, sender, store=_store())
    return jsonify(sha256=sha256, size=manifest.size, events=made)


@bp.get("/walks/<uuid:walk_id>/base.json")
@allow(*WALKERS)
def base(walk_id: uuid.UUID) -> Response:
    return jsonify(service.base(queries.walk_for(current.user(), walk_id, write=True)))


@bp.get("/manifest.webmanifest")
@public
def manifest() -> Response:
    """Describe the installed page in neutral words: it may be seen at the counter."""
    sizes = ("192", "512")
    icons = [
        {
            "src": asset(f"icons/app-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": "any maskable",
        }
        for size in sizes
    ]
    answer = jsonify(
        id="/tasks",
        name="办事记录",
        short_name="办事记录",
        lang="zh-CN",
        start_url="/tasks",
        scope="/",
        display="standalone",
        background_color="#f4f5f7",
        theme_color="#545b66",
        icons=icons,
    )
    answer.mimetype = "application/manifest+json"
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@bp.errorhandler(service.Missing)
def _missing(error: service.Missing) -> tuple[Response, int]:
    return jsonify(error=error.message, missing=error.missing), error.status


@bp.errorhandler(TooSoon)
def _too_soon(error: TooSoon) -> tuple[Response, int, dict[str, str]]:
    return jsonify(error=error.message), error.status, {"Retry-After": str(error.seconds)}


def _admit(walk_id: uuid.UUID) -> service.Sender:
    """Check the token before a byte of the body is read."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    secret: str = current_app.config["SETTINGS"].secret_key
    sender = service.Sender(token.strip() if kind.lower() == "bearer" else "", walk_id, secret)
    sender.admit()
    return sender


def _body(limit: int) -> bytes:
    """Read the body; 413 when it is larger than `limit`."""
    request.max_content_length = limit
    return request.get_data(cache=False)


def _store() -> MediaStore:
    found: MediaStore = current_app.extensions["media_store"]
    return found
