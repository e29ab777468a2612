"""Reads the walks of a package leniently: one bad event never keeps the others out."""

import uuid
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

from walkthrough_app.core.errors import Invalid
from walkthrough_app.sync import forms, rescue
from walkthrough_app.walkthroughs.package import SCHEMA

MADE_HERE = {"kept", "refused", "masked"}
Json = Mapping[str, Any]


def walks_in(data: Any) -> list[dict[str, Any]]:
    """Return the walks, each with a good id and a list of events; Invalid when there are none."""
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise Invalid("package", "不认识的记录包格式，请先升级本系统。")
    walks = data.get("walks")
    if not isinstance(walks, list) or not walks or not all(map(_is_walk, walks)):
        raise Invalid("package", rescue.BROKEN)
    return walks


def described(data: Json, walk: Json) -> str:
    """Name a walk in words, as far as the package has them."""
    names = [_text(data.get("unit"), "name"), _text(walk.get("item"), "task_name"), f"编号 {walk['id'][:8]}"]
    return "，".join(name for name in names if name)


def ids_of(events: Sequence[Json]) -> list[uuid.UUID]:
    return [uuid.UUID(event["id"]) for event in events if _is_id(event.get("id"))]


def sorted_out(events: Sequence[Json], known: Container[str], files: Container[str]) -> tuple[list[Json], int]:
    """Return the events to offer to the log, and how many name a picture that is not in the package.

    What a server says about evidence is said anew here; and nobody may point at pictures he does not have.
    """
    offered = [one for one in events if str(one.get("id")) in known or str(one.get("kind")) not in MADE_HERE]
    good = [one for one in offered if str(one.get("id")) in known or not _named(one) or _named(one) in files]
    return good, len(offered) - len(good)


def hashes_by_evidence(events: Sequence[Any]) -> dict[str, list[str]]:
    """Return the hashes under which the file of each piece of evidence may lie in the package."""
    found: dict[str, list[str]] = {}
    for event in events:
        for evidence, sha256 in _announced(event):
            found.setdefault(evidence, []).append(sha256)
    return found


def _announced(event: Any) -> Iterator[tuple[str, str]]:
    payload = event.get("payload") if isinstance(event, dict) else None
    if not isinstance(payload, dict):
        return
    evidence = event.get("id") if event.get("kind") == "photo" else payload.get("evidence")
    for name in ("sha256", "sent", "media"):
        if isinstance(evidence, str) and forms.is_hash(payload.get(name)):
            yield evidence, payload[name]


def _named(event: Json) -> str:
    payload = event.get("payload")
    return str(payload.get("media") or "") if isinstance(payload, dict) else ""


def _is_walk(walk: Any) -> bool:
    return isinstance(walk, dict) and _is_id(walk.get("id")) and isinstance(walk.get("events"), list)


def _is_id(value: Any) -> bool:
    try:
        return str(uuid.UUID(value)) == str(value)
    except (TypeError, ValueError, AttributeError):
        return False


def _text(part: Any, name: str) -> str:
    return str(part.get(name) or "")[:60] if isinstance(part, dict) else ""
