"""What can be done on a finding's page: for each deed its form, how the form begins, and which service it calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from walkthrough_app.accounts.models import User
from walkthrough_app.core import ids
from walkthrough_app.core.errors import Invalid
from walkthrough_app.core.forms import DeedForm
from walkthrough_app.rectification import forms, service
from walkthrough_app.rectification.machine import Verb
from walkthrough_app.rectification.models import Finding
from walkthrough_app.rectification.queries import ledger

Do = Callable[[Finding, Any, User], object]
Start = Callable[[Finding], Mapping[str, Any]]


def _empty(_finding: Finding) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Deed:
    """One deed as a form: open when one of its verbs is."""

    verbs: tuple[Verb, ...]
    form: type[DeedForm]
    do: Do
    said: str
    start: Start = _empty


def _plan(finding: Finding) -> Mapping[str, Any]:
    names = ("rectify_type", "measure", "steps", "due_on", "resp_leader", "resp_person", "escalate_to")
    return {name: getattr(finding, name) for name in names}


def _sign(finding: Finding, form: forms.SignForm, by: User) -> None:
    plan = service.Plan(
        rectify_type=form.rectify_type.data or "",
        measure=form.measure.data or "",
        steps=form.steps.data or "",
        due_on=form.due_on.data,
        resp_leader=form.resp_leader.data or "",
        resp_person=form.resp_person.data or "",
        escalate_to=form.escalate_to.data or "",
    )
    service.sign(finding, by=by, plan=plan, entry_id=form.tap_id)


def _extend(finding: Finding, form: forms.ExtensionForm, by: User) -> None:
    service.ask_extension(
        finding, form.new_due_on.data, form.reason.data or "", form.progress.data or "", by=by, entry_id=form.tap_id
    )


def _answer(finding: Finding, form: forms.AnswerForm, by: User) -> None:
    if form.grant.data not in {"yes", "no"}:
        raise Invalid("grant", "请选择同意或者不同意。")
    grant = form.grant.data == "yes"
    service.answer_extension(finding, grant=grant, by=by, reason=form.reason.data or "", entry_id=form.tap_id)


def _dismiss(finding: Finding, form: forms.DismissForm, by: User) -> None:
    other = _known(form.duplicate_of.data, by) if form.duplicate_of.data else None
    service.dismiss(finding, form.reason.data or "", by=by, duplicate_of=other, entry_id=form.tap_id)


def _known(code: str, by: User) -> Finding:
    found = ledger.seen_by_code(by, code)
    if found is None:
        raise Invalid("duplicate_of", "台账里没有这个编号，请看一下有没有写错。")
    return found


def _assign(finding: Finding, form: forms.AssignForm, by: User) -> None:
    service.assign(finding, order_of(form, by), by=by, entry_id=form.tap_id)


def order_of(form: forms.AssignForm, by: User) -> service.Order:
    """Read to whom a problem is handed over; Invalid for a unit the desk does not supervise."""
    chosen = ids.parse(form.unit.data)
    unit = next((one for one in ledger.responsible_units(by) if one.id == chosen), None)
    if unit is None:
        raise Invalid("unit", "请选择责任单位。")
    return service.Order(unit, form.due_on.data, form.resp_leader.data or "", form.resp_person.data or "")


PROVED = {"done": Verb.REPORT_DONE, "fix": Verb.FIX_NOW}  # the deeds that bring pictures
DEEDS: dict[str, Deed] = {
    "sign": Deed((Verb.SIGN, Verb.RESTART), forms.SignForm, _sign, "已签收。", _plan),
    "note": Deed(
        (Verb.NOTE,),
        forms.TextForm,
        lambda finding, form, by: service.note(finding, form.text.data, by=by, entry_id=form.tap_id),
        "进展已记下。",
    ),
    "extension": Deed((Verb.ASK_EXTENSION,), forms.ExtensionForm, _extend, "延期申请已提交，等工作组答复。"),
    "dispute": Deed(
        (Verb.DISPUTE,),
        forms.TextForm,
        lambda finding, form, by: service.dispute(finding, form.text.data, by=by, entry_id=form.tap_id),
        "异议已提交，等工作组答复。",
    ),
    "answer": Deed((Verb.GRANT_EXTENSION, Verb.REFUSE_EXTENSION), forms.AnswerForm, _answer, "已答复。"),
    "assign": Deed(
        (Verb.ASSIGN,),
        forms.AssignForm,
        _assign,
        "已交办。",
        lambda finding: {
            "unit": str(finding.resp_id),
            "resp_leader": finding.resp_leader,
            "resp_person": finding.resp_person,
        },
    ),
    "dismiss": Deed((Verb.DISMISS,), forms.DismissForm, _dismiss, "不予立项，已记下理由。"),
    "uphold": Deed(
        (Verb.UPHOLD,),
        forms.ReasonForm,
        lambda finding, form, by: service.uphold(finding, form.reason.data, by=by, entry_id=form.tap_id),
        "已维持交办。",
    ),
    "yield": Deed(
        (Verb.YIELD,),
        forms.ReasonForm,
        lambda finding, form, by: service.yield_(finding, form.reason.data, by=by, entry_id=form.tap_id),
        "异议成立，不予立项。",
    ),
    "close": Deed(
        (Verb.CLOSE,),
        forms.TextForm,
        lambda finding, form, by: service.close(finding, form.text.data, by=by, entry_id=form.tap_id),
        "已销号。",
    ),
    "back": Deed(
        (Verb.SEND_BACK,),
        forms.BackForm,
        lambda finding, form, by: service.send_back(
            finding, form.reason.data, by=by, due_on=form.due_on.data, entry_id=form.tap_id
        ),
        "已退回重办。",
    ),
    "relapse": Deed(
        (Verb.RELAPSE,),
        forms.ReasonForm,
        lambda finding, form, by: service.relapse(finding, form.reason.data, by=by, entry_id=form.tap_id),
        "已记为反弹，单位要重新签收。",
    ),
}
