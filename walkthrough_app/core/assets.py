"""Static files: one version for the whole tree in the path, so everything may be cached for ever."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, abort, send_from_directory, url_for

from walkthrough_app.config import ROOT

STATIC = ROOT / "static"
bp = Blueprint("assets", __name__)


@cache
def version() -> str:
    """Return a short hash over every static file's name and content."""
    digest = hashlib.sha256()
    for path in sorted(p for p in STATIC.rglob("*") if p.is_file()):
        digest.update(path.relative_to(STATIC).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def asset(name: str) -> str:
    """Return the address of a static file; FileNotFoundError when a template names one that is not there."""
    if not (STATIC / name).is_file():
        raise FileNotFoundError(STATIC / name)
    return url_for("assets.serve", tree=version(), name=name)


@cache
def icon(name: str) -> str:
    """Return the inline SVG of an icon in static/icons."""
    return (STATIC / "icons" / f"{name}.svg").read_text(encoding="utf-8").strip()


@bp.get("/static/<tree>/<path:name>")
def serve(tree: str, name: str) -> Response:
    if not Path(STATIC / name).is_file():
        abort(404)
    response = send_from_directory(STATIC, name)
    response.cache_control.public = True
    response.cache_control.max_age = 31_536_000 if tree == version() else 0
    response.cache_control.immutable = tree == version()
    return response


serve.guard = "public"  # type: ignore[attr-defined]
