"""Static files: one version for the whole tree in the path, so everything may be cached for ever."""

import gzip
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import cast

import brotli  # type: ignore[import-untyped]
from flask import Blueprint, Flask, Response, abort, request, send_from_directory, url_for
from flask.blueprints import BlueprintSetupState
from flask_compress import Compress

from walkthrough_app.config import ROOT
from walkthrough_app.core import bundles

STATIC = ROOT / "static"
YEAR = 31_536_000
TEXT = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json"}
PACKERS = ["br", "gzip"]
bp = Blueprint("assets", __name__)


@bp.record_once
def _compress(state: BlueprintSetupState) -> None:
    """Compress pages and JSON; never streams (pictures, papers, packages), which may be asked for in parts."""
    state.app.config.update(COMPRESS_ALGORITHM=PACKERS, COMPRESS_BR_LEVEL=5, COMPRESS_STREAMS=False)
    Compress(cast("Flask", state.app))


@cache
def version() -> str:
    """Return a short hash over every static file's name and content, and over how they are joined."""
    digest = hashlib.sha256(Path(bundles.__file__).read_bytes())
    for name in sorted(names()):
        digest.update(name.encode() + b"\0" + (STATIC / name).read_bytes())
    return digest.hexdigest()[:12]


@cache
def names() -> frozenset[str]:
    """Return every file in static/; nothing else is ever served."""
    return frozenset(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.is_file())


def asset(name: str) -> str:
    """Return the address of a static file; FileNotFoundError when a template names one that is not there."""
    if name not in names():
        raise FileNotFoundError(STATIC / name)
    return url_for("assets.serve", tree=version(), name=name)


@cache
def icon(name: str) -> str:
    """Return the inline SVG of an icon: one line, its licence is in static/icons/LICENSE."""
    text = (STATIC / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    text = re.sub(r'<!--.*?-->|\s(?:class|xmlns)="[^"]*"', " ", text, flags=re.DOTALL)
    return re.sub(r"\s*(/?>)\s*", r"\1", re.sub(r"\s+", " ", text)).strip()


@bp.get("/static/<tree>/<path:name>")
def serve(tree: str, name: str) -> Response:
    if name not in names():
        abort(404)
    response = _text(name) if Path(name).suffix in TEXT else send_from_directory(STATIC, name)
    response.cache_control.public = True
    response.cache_control.max_age = YEAR if tree == version() else 0
    response.cache_control.immutable = tree == version()
    return response


@bp.get("/sw.js")
def service_worker() -> Response:
    """Serve the service worker where its scope is the whole site; browsers ask for it again at every start."""
    response = _text("sw.js")
    response.cache_control.no_cache = True
    return response


def _text(name: str) -> Response:
    """Return a script, style sheet or drawing as small as the reader can take it."""
    packer = request.accept_encodings.best_match(PACKERS) or ""
    response = Response(_packed(name, packer), mimetype=TEXT[Path(name).suffix])
    response.vary.add("Accept-Encoding")
    if packer:
        response.content_encoding = packer
    response.add_etag()
    response.make_conditional(request)
    return response


@cache
def _packed(name: str, packer: str) -> bytes:
    body = (bundles.small(name) if is_entry(name) else (STATIC / name).read_text(encoding="utf-8")).encode()
    if packer == "br":
        return bytes(brotli.compress(body))
    return gzip.compress(body, mtime=0) if packer == "gzip" else body


def is_entry(name: str) -> bool:
    """Tell what is served joined: the scripts and style sheets directly in js/ and css/, and the service worker."""
    return name == "sw.js" or Path(name).parent.as_posix() in {"js", "css"}


serve.guard = service_worker.guard = "public"  # type: ignore[attr-defined]
