"""Filling in a record, changing it, and settling it: one form made of the questions of its kind."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.models import UNIT_ROLES, Unit, User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import ids, web
from walkthrough_app.core.errors import Forbidden, Invalid
from walkthrough_app.core.web import accepts_pictures
from walkthrough_app.media.models import MediaFile
from walkthrough_app.questionnaires.document import Answers, Document
from walkthrough_app.questionnaires.parts import Question, RecordKind
from walkthrough_app.records import present, queries, rights, service, sheet
from walkthrough_app.records.forms import SheetForm, uploads_in
from walkthrough_app.records.models import Record
from walkthrough_app.records.rights import READERS
from walkthrough_app.records.routes.blueprint import bp, store, to
from walkthrough_app.records.sheet import Filled

NOTHING: Answers = {}


@dataclass(frozen=True)
class Page:
    """What a form is about: the questions asked on it, what is known already, and where one came from."""

    campaign: Campaign
    document: Document
    kind: RecordKind
    questions: Sequence[Question]
    title: str
    back: str
    answers: Answers
    record: Record | None = None


def _new(user: User, campaign_id: uuid.UUID, kind_id: str) -> Page:
    campaign = queries.campaign_for(user, campaign_id)
    kind = queries.kind_for(campaign, kind_id)
    back = url_for("records.kind", campaign_id=campaign.id, kind_id=kind.id)
    return Page(campaign, queries.document_of(campaign), kind, kind.questions, kind.title, back, NOTHING)


@bp.get("/records/<uuid:campaign_id>/<kind_id>/new")
@allow(*READERS)
def new(campaign_id: uuid.UUID, kind_id: str) -> str:
    user = current.user()
    page = _new(user, campaign_id, kind_id)
    unit = queries.unit_for(user, page.campaign, ids.parse(request.args.get("unit")))
    _must_write(user, page, unit)
    return _show(page, SheetForm(formdata=None, data={"tap": str(uuid.uuid4()), "unit": str(unit.id)}))


@bp.post("/records/<uuid:campaign_id>/<kind_id>/new")
@allow(*READERS)
@accepts_pictures
def make(campaign_id: uuid.UUID, kind_id: str) -> Response | str:
    user, form = current.user(), SheetForm()
    page = _new(user, campaign_id, kind_id)
    wanted = ids.parse(form.unit.data) if user.role not in UNIT_ROLES else None
    unit = queries.unit_for(user, page.campaign, wanted)
    _must_write(user, page, unit)
    filled, photos = _read(page, form)
    if filled.errors:
        return _again(page, form, filled)
    made = service.make(page.campaign, unit, page.kind, filled, by=user, tap=form.tap_id, photos=photos)
    return _done(made, "已保存。")


def _must_write(user: User, page: Page, unit: Unit) -> None:
    if not rights.may_write(user, page.campaign, unit, page.kind):
        raise Forbidden


def _existing(record_id: uuid.UUID, *, is_end: bool) -> Page:
    found = queries.record_for(current.user(), record_id, write=True)
    kind = found.record_kind
    back = url_for("records.record", record_id=found.id)
    title = f"{kind.title}：{'销项' if is_end else '修改'}"
    questions = kind.follow_up if is_end else kind.questions
    answers = {**found.answers, **found.follow_up}
    return Page(found.campaign, found.document, kind, questions, title, back, answers, found)


@bp.get("/records/one/<uuid:record_id>/<any(change, settle):deed>")
@allow(*READERS)
def edit(record_id: uuid.UUID, deed: str) -> str:
    page = _existing(record_id, is_end=deed == "settle")
    assert page.record
    data = {"tap": str(uuid.uuid4()), "seen": str(page.record.revision)}
    return _show(page, SheetForm(formdata=None, data=data))


@bp.post("/records/one/<uuid:record_id>/<any(change, settle):deed>")
@allow(*READERS)
@accepts_pictures
def save(record_id: uuid.UUID, deed: str) -> Response | str:
    user, form = current.user(), SheetForm()
    page = _existing(record_id, is_end=deed == "settle")
    filled, photos = _read(page, form)
    if filled.errors:
        return _again(page, form, filled)
    found = queries.record_for(user, record_id, write=True)
    act = service.settle if deed == "settle" else service.change
    try:
        act(found, filled, by=user, tap=form.tap_id, seen=form.revision, photos=photos)
    except Invalid as error:
        form.seen.data = str(found.revision)
        filled.errors[error.field] = error.message
        return _again(page, form, filled)
    return _done(found, "已销项。" if deed == "settle" else "已保存，原来的内容留在记录里。")


def _read(page: Page, form: SheetForm) -> tuple[Filled, dict[str, MediaFile]]:
    """Read the answers; pictures are cleaned once all the rest is right, and no transaction is open then."""
    is_anonymous = page.kind.source == "voice"
    filled = sheet.read(page.document, page.questions, request.form, kept=page.answers, is_anonymous=is_anonymous)
    uploads = uploads_in(request.files, page.questions)
    given = {**page.answers, **filled.values, **dict.fromkeys(uploads, "")}
    lacking = {one.id: "请拍一张照片。" for one in page.questions if sheet.missing_photo(one, given)}
    filled.errors = {**lacking, **filled.errors}
    if not form.validate():
        filled.errors["form"] = "请刷新后再填。"
    if filled.errors:
        return filled, {}
    try:
        return filled, service.take_pictures(uploads, store=store())
    except Invalid as error:
        filled.errors[error.field] = error.message
        return filled, {}


def _done(record: Record, said: str) -> Response:
    waiting = any(one.is_open for one in service.offers(record))
    flash(f"{said}{'请看一下可能的问题。' if waiting else ''}", "ok")
    return to("record", "problems" if waiting else "", record_id=record.id)


def _again(page: Page, form: SheetForm, filled: Filled) -> str:
    web.refuse()
    return _show(page, form, filled)


def _show(page: Page, form: SheetForm, filled: Filled | None = None) -> str:
    user = current.user()
    is_desk = user.role not in UNIT_ROLES
    if is_desk and page.record is None:
        form.offer(queries.units(user, page.campaign), user.unit, of_all=page.kind.by == "office")
    notes = page.record.notes if page.record else {}
    return render_template(
        "records/form.html",
        page=page,
        form=form,
        asks=present.asks(page.questions, page.answers, notes, filled),
        photos=queries.photos_of(page.record) if page.record else {},
        has_photo=any(one.type == "photo" for one in page.questions),
        lost_photo=filled is not None and bool(uploads_in(request.files, page.questions)),
        errors=[(f"#card-{key}", text) for key, text in filled.errors.items()] if filled else [],
        asks_unit=is_desk and page.record is None,
        clause=page.kind.clause,
    )
