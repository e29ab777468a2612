"""Parts of a draft: the basics, a step or an add-on, short lists as tables, anything as YAML."""

import uuid
from typing import Any

from flask import flash, request
from werkzeug.wrappers import Response

from walkthrough_app.accounts.guard import allow
from walkthrough_app.authoring import pieces, plain, shown, yaml_file
from walkthrough_app.authoring.forms import BasicsForm, RevisionForm, YamlForm, step_form
from walkthrough_app.authoring.models import QuestionnaireDraft
from walkthrough_app.authoring.routes.blueprint import PARTS, bp, goes_on, load, page, saved, to
from walkthrough_app.authoring.tables import BLANK_ROWS, TABLES, cell_of, read_table
from walkthrough_app.authoring.words import PARTS as NAMES
from walkthrough_app.campaigns.queries import STEWARDS
from walkthrough_app.core import web
from walkthrough_app.core.errors import NotFound
from walkthrough_app.core.forms import options
from walkthrough_app.questionnaires.validation import QuestionnaireError

WHOLE = "whole"
FIXED = {"schema", "id", "version"}


@bp.route("/questionnaires/drafts/<uuid:draft_id>/basics", methods=["GET", "POST"])
@allow(*STEWARDS)
def basics(draft_id: uuid.UUID) -> Response | str:
    draft = load(draft_id)
    data = draft.document
    filled = {**data, "key": data.get("id"), "purpose": data.get("purpose", "walk"), "revision": draft.revision}
    form = BasicsForm(data=filled)
    form.basis.choices = options(shown.sources(data))
    if form.validate_on_submit():
        new = {"title": form.title.data, "id": form.key.data, "basis": form.basis.data or data.get("basis")}
        is_walk = form.purpose.data == "walk"

        def change(before: Any) -> dict[str, Any]:
            made = {**before, **new, "purpose": form.purpose.data}
            return pieces.put_part(made, "purpose", None) if is_walk and "purpose" not in before else made

        if saved(draft_id, form, change, "基本信息"):
            return to("draft", draft_id=draft_id)
    return page("basics", load(draft_id), form=form)


@bp.route(f"/questionnaires/drafts/<uuid:draft_id>/{PARTS}/<int:at>", methods=["GET", "POST"])
@allow(*STEWARDS)
def step(draft_id: uuid.UUID, part: str, at: int) -> Response | str:
    draft = load(draft_id)
    form = step_form(draft.document, part, pieces.member(draft.document, part, at), draft.revision)
    if form.validate_on_submit():
        what = f"{NAMES[part]}“{form.title.data}”"
        if saved(draft_id, form, lambda data: pieces.put(data, part, at, form.values()), what):
            return to("draft", f"{part}-{at}", draft_id=draft_id)
    return page("step", load(draft_id), form=form, part=part, at=at, kind=NAMES[part])


@bp.route("/questionnaires/drafts/<uuid:draft_id>/table/<part>", methods=["GET", "POST"])
@allow(*STEWARDS)
def table(draft_id: uuid.UUID, part: str) -> Response | str:
    """Show a short list as a table with empty rows at its end."""
    draft = load(draft_id)
    if part not in TABLES:
        raise NotFound
    shape, form = TABLES[part], RevisionForm(data={"revision": draft.revision})
    rows = list(draft.document.get(part) or [])
    if form.is_submitted():
        if _table_saved(draft_id, part, form):
            return to("table", draft_id=draft_id, part=part) if goes_on() else to("draft", draft_id=draft_id)
        rows = []
    kept = [{"id": str(one.get("id", "")), **{c.name: cell_of(one, c.name) for c in shape.cells}} for one in rows]
    if form.is_submitted():
        kept = _typed(part)
    kept += [{"id": "", **{cell.name: "" for cell in shape.cells}}] * BLANK_ROWS
    now = load(draft_id)
    return page(
        "table",
        now,
        form=form,
        shape=shape,
        rows=kept,
        title=NAMES[part],
        sources=[(name, name) for name, _ in shown.sources(now.document)],
    )


def _table_saved(draft_id: uuid.UUID, part: str, form: RevisionForm) -> bool:
    def change(data: Any) -> dict[str, Any]:
        members = read_table(TABLES[part], request.form, list(data.get(part) or []))
        return pieces.put_part(data, part, members or (data[part][:0] if part in data else None))

    return saved(draft_id, form, change, NAMES[part])


def _typed(part: str) -> list[dict[str, str]]:
    """Return the rows as they were posted, to be shown again."""
    names = ["row", *(cell.name for cell in TABLES[part].cells)]
    columns = [request.form.getlist(name) for name in names]
    rows = [dict(zip(["id", *names[1:]], row, strict=True)) for row in zip(*columns, strict=False)]
    return [row for row in rows if any(row.values())]


@bp.route("/questionnaires/drafts/<uuid:draft_id>/yaml/<part>", methods=["GET", "POST"])
@allow(*STEWARDS)
def part(draft_id: uuid.UUID, part: str) -> Response | str:
    """Show a part, or with `whole` all of it, as YAML; an empty text takes the part away."""
    draft = load(draft_id)
    if (part not in NAMES and part != WHOLE) or part in FIXED:
        raise NotFound
    form = YamlForm(data={"revision": draft.revision, "text": _text_of(draft, part)})
    name = "整份问卷" if part == WHOLE else NAMES[part]
    if form.is_submitted() and form.validate() and _yaml_saved(draft_id, part, form, name):
        flash("已保存。")
        return to("part", draft_id=draft_id, part=part) if goes_on() else to("draft", draft_id=draft_id)
    return page("part", load(draft_id), form=form, title=name)


def _text_of(draft: QuestionnaireDraft, part: str) -> str:
    if part == WHOLE:
        return yaml_file.write_document(draft.document)
    return yaml_file.write(draft.document[part]) if draft.document.get(part) else ""


def _yaml_saved(draft_id: uuid.UUID, part: str, form: YamlForm, name: str) -> bool:
    """Read and save; what cannot be read is refused with its line."""
    try:
        value = plain.read(form.text.data or "")
    except QuestionnaireError as error:
        form.text.errors = [*form.text.errors, "；".join(error.problems[:3]) + "。"]
        web.refuse()
        return False
    return saved(
        draft_id, form, lambda data: value if part == WHOLE else pieces.put_part(data, part, value), f"{name}（YAML）"
    )
