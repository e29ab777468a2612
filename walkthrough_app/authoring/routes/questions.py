"""One question: the fields of its type, or all of it as YAML."""

import uuid
from collections.abc import Mapping
from typing import Any

from flask import request
from werkzeug.wrappers import Response

from walkthrough_app.accounts.guard import allow
from walkthrough_app.authoring import pieces, plain, shown, yaml_file
from walkthrough_app.authoring.forms import QuestionForm, YamlForm
from walkthrough_app.authoring.models import QuestionnaireDraft
from walkthrough_app.authoring.posted import BY_TYPE, fits, read_question
from walkthrough_app.authoring.routes.blueprint import PARTS, bp, goes_on, load, page, saved, to
from walkthrough_app.authoring.words import AUTOS, TYPES
from walkthrough_app.campaigns.queries import STEWARDS
from walkthrough_app.core import web
from walkthrough_app.core.errors import Invalid, NotFound
from walkthrough_app.questionnaires.validation import QuestionnaireError

ASKED = [name for name in TYPES if name != "date"]  # days are asked for in records only
NEW: Mapping[str, Mapping[str, Any]] = {
    "score5": {"scale": ["很差", "较差", "一般", "较好", "很好"]},
    "count": {"unit": "个", "quick": [1, 2, 3]},
    "minutes": {"unit": "分钟", "quick": [10, 30, 60]},
    "days": {"unit": "天", "quick": [1, 3, 5]},
}


@bp.get(f"/questionnaires/drafts/<uuid:draft_id>/{PARTS}/<int:at>/new")
@allow(*STEWARDS)
def new_question(draft_id: uuid.UUID, part: str, at: int) -> str:
    """Ask which type a new question is to be."""
    draft = load(draft_id)
    step = pieces.member(draft.document, part, at)
    return page("new_question", draft, part=part, at=at, step=step, types=[(name, TYPES[name]) for name in ASKED])


@bp.route(f"/questionnaires/drafts/<uuid:draft_id>/{PARTS}/<int:at>/new/<kind>", methods=["GET", "POST"])
@allow(*STEWARDS)
def add_question(draft_id: uuid.UUID, part: str, at: int, kind: str) -> Response | str:
    draft = load(draft_id)
    if kind not in ASKED:
        raise NotFound
    return _edit(draft, part, at, None, _new(draft.document, part, at, kind))


@bp.route(f"/questionnaires/drafts/<uuid:draft_id>/{PARTS}/<int:at>/<int:place>", methods=["GET", "POST"])
@allow(*STEWARDS)
def question(draft_id: uuid.UUID, part: str, at: int, place: int) -> Response | str:
    """Show and save a question; ?type= shows it as one of another type."""
    draft = load(draft_id)
    old = pieces.question(draft.document, part, at, place)
    wanted = request.args.get("type", "")
    return _edit(draft, part, at, place, _as_type(old, wanted) if wanted in ASKED else old)


@bp.route(f"/questionnaires/drafts/<uuid:draft_id>/{PARTS}/<int:at>/<int:place>/yaml", methods=["GET", "POST"])
@allow(*STEWARDS)
def question_yaml(draft_id: uuid.UUID, part: str, at: int, place: int) -> Response | str:
    draft = load(draft_id)
    old = pieces.question(draft.document, part, at, place)
    form = YamlForm(data={"revision": draft.revision, "text": yaml_file.write(old)})
    if form.validate_on_submit():
        try:
            new = plain.read(form.text.data or "")
        except QuestionnaireError as error:
            form.text.errors = [*form.text.errors, "；".join(error.problems[:3]) + "。"]
            web.refuse()
        else:
            if not isinstance(new, dict):
                form.text.errors = [*form.text.errors, "一道题应当是一组名称和值。"]
            elif saved(draft_id, form, lambda data: pieces.put_question(data, part, at, place, new), "题目（YAML）"):
                return to("question", draft_id=draft_id, part=part, at=at, place=place)
    return page("part", load(draft_id), form=form, title=f"题目 {old.get('id', '')}")


def _new(data: Mapping[str, Any], part: str, at: int, kind: str) -> dict[str, Any]:
    """Return an empty question that cites what the one before it cites."""
    before = [*pieces.earlier(data, part, at, None), *(data.get("modes") or [])]
    own = pieces.member(data, part, at).get("questions") or []
    near: Mapping[str, Any] = next((one for one in [*reversed(own), *before] if one.get("clause")), {})
    clause = near.get("clause") or {"seed": data.get("basis", ""), "text": ""}
    dim = next((str(one["dim"]) for one in reversed(own) if one.get("dim")), "process")
    made = {"id": pieces.free_question_id(data, part, at), "text": "", "type": kind, "dim": dim, "clause": clause}
    return {**made, **NEW.get(kind, {})}


def _as_type(old: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """Return a question as one of another type, without what only the old one had."""
    if kind == old.get("type"):
        return dict(old)
    tied = {"suggest", "advice", "note", *(name for name in BY_TYPE if not fits(name, kind))}
    kept = {name: value for name, value in old.items() if name not in tied}
    return {**NEW.get(kind, {}), **kept, "type": kind}


def _edit(draft: QuestionnaireDraft, part: str, at: int, place: int | None, old: dict[str, Any]) -> Response | str:
    form = QuestionForm(data={"revision": draft.revision})
    data, question_ = draft.document, {"type": "text", **old}
    others = {str(one.get("id")): one for one in pieces.earlier(data, part, at, place)}
    if form.validate_on_submit():
        try:
            question_ = read_question(request.form, question_, others)
        except Invalid as error:
            form.form_errors.append(error.message)
            web.refuse()
        else:
            new = question_
            if saved(
                draft.id, form, lambda now: pieces.put_question(now, part, at, place, new), f"题目“{new['text'][:20]}”"
            ):
                return _after(draft.id, part, at, place)
    return _page(load(draft.id), form, question_, others, part=part, at=at, place=place)


def _after(draft_id: uuid.UUID, part: str, at: int, place: int | None) -> Response:
    if goes_on():
        asked = pieces.member(load(draft_id).document, part, at)["questions"]
        return to("question", draft_id=draft_id, part=part, at=at, place=len(asked) - 1 if place is None else place)
    return to("draft", f"{part}-{at}", draft_id=draft_id)


def _page(draft: QuestionnaireDraft, form: QuestionForm, question_: dict[str, Any], others: Any, **where: Any) -> str:
    data = draft.document
    show_if, note = question_.get("show_if") or {}, question_.get("note") or {}
    return page(
        "question",
        draft,
        form=form,
        question=question_,
        others=[(name, f"{name} {one.get('text', '')}") for name, one in others.items()],
        show=shown.condition("show", others.get(show_if.get("question")), show_if.get("when"), data),
        note=shown.condition("note", question_, note.get("when"), data),
        rules=shown.rules(question_, data),
        categories=shown.categories(data),
        severities=shown.severities(data),
        sources=shown.sources(data),
        autos=list(AUTOS.items()),
        types=[(name, TYPES[name]) for name in ASKED],
        words=TYPES,
        step=pieces.member(data, where["part"], where["at"]),
        **where,
    )
