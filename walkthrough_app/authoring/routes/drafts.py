"""A draft: the overview with its steps and problems, moving and deleting, its saves, its files."""

import uuid
from collections.abc import Mapping
from typing import Any

from flask import flash, request
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.authoring import pieces, queries, service, shown
from walkthrough_app.authoring.forms import RevisionForm
from walkthrough_app.authoring.problems import problems_of
from walkthrough_app.authoring.routes.blueprint import bp, load, page, to
from walkthrough_app.authoring.routes.published import sent
from walkthrough_app.campaigns.queries import STEWARDS
from walkthrough_app.core.errors import NotFound

WORDS = {"up": "上移", "down": "下移", "drop": "删去", "add": "新增"}


@bp.get("/questionnaires/drafts/<uuid:draft_id>")
@allow(*STEWARDS)
def draft(draft_id: uuid.UUID) -> Response | str:
    found = load(draft_id)
    if found.published_id:
        return to("published", questionnaire_id=found.published_id)
    problems = problems_of(found.document)
    return page(
        "draft",
        found,
        steps=list(shown.cards(found.document, "steps")),
        addons=list(shown.cards(found.document, "addons")),
        problems=[(one, *shown.endpoint_of(one.place)) for one in problems],
        parts=shown.parts(found.document),
        saves=queries.saves(found)[:1],
    )


@bp.post("/questionnaires/drafts/<uuid:draft_id>/arrange")
@allow(*STEWARDS)
def arrange(draft_id: uuid.UUID) -> Response:
    """Do what one small button says: `up:steps:0`, `drop:steps:0:2`, `add:addons`."""
    found, form = load(draft_id, write=True), RevisionForm()
    verb, _, rest = request.form.get("do", "").partition(":")
    part, *places = rest.split(":")
    if verb not in WORDS or part not in pieces.ASKING or not all(one.isascii() and one.isdigit() for one in places):
        raise NotFound
    document, place = _arranged(found.document, verb, part, [int(one[:6]) for one in places])
    service.save(found, document, f"{WORDS[verb]}{_what(part, places)}", revision=form.shown, by=current.user())
    if verb == "add":
        return to("step", draft_id=draft_id, part=part, at=place)
    if verb == "drop":
        flash("已删去。删错了可以在“保存记录”里恢复。")
    return to("draft", f"{part}-{min(place, len(document.get(part, [])) - 1)}", draft_id=draft_id)


def _what(part: str, places: list[str]) -> str:
    return "题目" if len(places) > 1 else {"steps": "环节", "addons": "附加问题"}[part]


def _arranged(data: Mapping[str, Any], verb: str, part: str, places: list[int]) -> tuple[Mapping[str, Any], int]:
    """Return the changed document and the step to look at."""
    if verb == "add":
        return pieces.add(data, part)
    if not places:
        raise NotFound
    at, by = places[0], {"up": -1, "down": 1}.get(verb, 0)
    if len(places) > 1:
        done = (
            pieces.move_question(data, part, at, places[1], by)
            if by
            else pieces.remove_question(data, part, at, places[1])
        )
        return done, at
    return (pieces.move(data, part, at, by), max(0, at + by)) if by else (pieces.remove(data, part, at), max(0, at - 1))


@bp.get("/questionnaires/drafts/<uuid:draft_id>/saves")
@allow(*STEWARDS)
def saves(draft_id: uuid.UUID) -> str:
    found = load(draft_id)
    return page("saves", found, saves=queries.saves(found))


@bp.post("/questionnaires/drafts/<uuid:draft_id>/saves/<int:revision>")
@allow(*STEWARDS)
def go_back(draft_id: uuid.UUID, revision: int) -> Response:
    found = load(draft_id, write=True)
    service.go_back(found, revision, revision=RevisionForm().shown, by=current.user())
    flash(f"已恢复到第{revision}次保存。")
    return to("draft", draft_id=draft_id)


@bp.post("/questionnaires/drafts/<uuid:draft_id>/discard")
@allow(*STEWARDS)
def discard(draft_id: uuid.UUID) -> Response:
    service.discard(load(draft_id, write=True), by=current.user())
    flash("草稿已删除。")
    return to("questionnaires")


@bp.get("/questionnaires/drafts/<uuid:draft_id>/file.<any(yaml,xlsx):kind>")
@allow(*STEWARDS)
def draft_file(draft_id: uuid.UUID, kind: str) -> Response:
    found = load(draft_id)
    return sent(dict(found.document), f"{found.key}-draft", kind)
