"""Findings and measures between the page and the log."""

from datetime import date
from typing import Any

from walkthrough_app.core import clock
from walkthrough_app.core.errors import Invalid
from walkthrough_app.core.forms import options
from walkthrough_app.questionnaires.document import Document
from walkthrough_app.walkthroughs.forms import FindingForm, MeasureForm
from walkthrough_app.walkthroughs.log import FormDoor
from walkthrough_app.walkthroughs.record import WalkRecord


def proposal(record: WalkRecord, question: str, screen: str) -> dict[str, Any]:
    """Fill a new finding from the suggestion behind a question, or leave it to the walker."""
    one = next((one for one in record.suggestions if one.question_id == question), None)
    known = one.step if one else next((s.id for s in record.document.steps if s.screen == screen), None)
    step = known or record.state.current or record.document.steps[0].id
    photos = [key for key, photo in record.state.photos.items() if photo["step"] == step]
    base = {"step": step, "photos": photos[-2:], "severity": "minor"}
    if one is None:
        return base
    note = record.state.answers.get(question, {}).get("note", "")
    fact = "。".join(part for part in (one.reason, note) if part)
    filled = {"title": one.title, "fact": fact, "severity": one.severity, "category": one.category}
    return base | filled | {"question": question}


def step_of(record: WalkRecord, form: FindingForm) -> str:
    known = {step.id for step in record.document.steps}
    return form.step.data if form.step.data in known else record.document.steps[0].id


def clause_of(record: WalkRecord, question: str | None, category: str | None) -> dict[str, str] | None:
    """Return the clause a problem goes back to: its question's own, else that of the first question of its category."""
    asked = [*record.document.all_questions(mode=record.data["mode"])]
    match = next((one for one in asked if one.id == question), None)
    match = match or next((one for one in asked if any(rule.category == category for rule in one.suggest)), None)
    return {"seed": match.clause.seed, "text": match.clause.text} if match else None


def category_choices(document: Document) -> list[tuple[str, str]]:
    return [(sub.id, f"{category.name} · {sub.name}") for category in document.categories for sub in category.subs]


def offer(form: FindingForm, document: Document) -> None:
    """Offer what the document knows; causes and marks only where it marks problems."""
    form.severity.choices = options((one.id, one.name) for one in document.severities)
    form.category.choices = options(category_choices(document), ask=True)
    if not document.tags:
        del form.root_cause, form.tags
        return
    form.root_cause.choices = options([("", "还没有分析"), *((one.id, one.name) for one in document.root_causes)])
    form.tags.choices = options((tag.id, tag.name) for tag in document.tags)


def _marks(document: Document, form: FindingForm) -> dict[str, Any]:
    if not document.tags:
        return {}
    return {"root_cause": form.root_cause.data or None, "tags": form.tags.data or []}


def say_finding(here: FormDoor, record: WalkRecord, key: str, form: FindingForm) -> None:
    question = form.question.data if form.question.data in record.answers else None
    here.add(
        "finding",
        step_of(record, form),
        is_unique=True,
        finding=key,
        title=form.title.data,
        fact=form.fact.data or "",
        severity=form.severity.data or "minor",
        category=form.category.data,
        clause=clause_of(record, question, form.category.data),
        question=question,
        photos=_own_photos(here, record, form.photos.data or []),
        **_marks(record.paper, form),
    )


def _own_photos(here: FormDoor, record: WalkRecord, photos: list[str]) -> list[str]:
    fresh = {event["id"] for event in here.events if event["kind"] == "photo"}
    return [photo for photo in photos if photo in record.state.photos or photo in fresh]


def measure_data(record: WalkRecord, finding: dict[str, Any]) -> dict[str, Any]:
    """Return what stands on the measure page: the measure as it is, or the defaults of the finding's severity."""
    known = finding["measure"]
    if known:
        days = {name: date.fromisoformat(known[name]) if known.get(name) else None for name in ("due_on", "done_on")}
        return dict(known) | days
    severity = record.document.severity(finding["severity"])
    due_on = clock.add_workdays(clock.today(), severity.days)
    return {"rectify_type": severity.rectify_type, "due_on": due_on}


def say_measure(here: FormDoor, record: WalkRecord, key: str, form: MeasureForm) -> None:
    """Store the measure; Invalid when 限期整改 lacks its deadline or steps."""
    if form.rectify_type.data is None:
        raise Invalid("rectify_type", "请选择怎么改。")
    if form.rectify_type.data == "deadline":
        _needs(form, "due_on", "不能马上整改的，要明确整改时限（S002-66）。")
        _needs(form, "steps", "不能马上整改的，要明确整改步骤（S002-66）。")
    if form.rectify_type.data == "escalate":
        _needs(form, "escalate_to", "请写明提请哪里协调。")
    after = _own_photos(here, record, form.after_photos.data or [])
    here.add(
        "measure",
        is_unique=True,
        finding=key,
        rectify_type=form.rectify_type.data,
        measure=form.measure.data,
        steps=form.steps.data or "",
        due_on=clock.iso_day(form.due_on.data),
        resp_person=form.resp_person.data or "",
        done_on=clock.iso_day(form.done_on.data),
        escalate_to=form.escalate_to.data or "",
        after_photos=after,
    )


def _needs(form: MeasureForm, field: str, message: str) -> None:
    if not form[field].data:
        raise Invalid(field, message)
