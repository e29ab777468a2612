"""Walking: one verb each; every one ends as events in the log."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns import rules
from walkthrough_app.campaigns.models import CampaignState, Mode, PlanEntry, PlanState
from walkthrough_app.core import audit, db
from walkthrough_app.core.errors import Conflict, Invalid, NotFound
from walkthrough_app.media.models import MediaFile
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.questionnaires.document import Document
from walkthrough_app.questionnaires.models import Questionnaire
from walkthrough_app.questionnaires.parts import Step
from walkthrough_app.walkthroughs import gates, log, queries
from walkthrough_app.walkthroughs.log import FormDoor
from walkthrough_app.walkthroughs.models import Purpose, WalkState, Walkthrough
from walkthrough_app.walkthroughs.record import WalkRecord


@dataclass(frozen=True)
class Authorization:
    """What 代理办 needs before it starts (S002-17)."""

    principal: str
    scope: str
    signed_on: date | None
    photo: MediaFile


@dataclass(frozen=True)
class Beginning:
    """How the walker begins: simulated or real, with authorisation or consent where the mode needs them."""

    is_simulated: bool = False
    simulation_stop: str | None = None
    authorization: Authorization | None = None
    has_consent: bool = False


def check_start(plan: PlanEntry, *, by: User) -> None:
    """Refuse a start that the rules forbid, with the reason."""
    if plan.walker_id != by.id:
        raise NotFound
    if plan.state is not PlanState.CONFIRMED or plan.campaign.state is not CampaignState.OPEN:
        raise Conflict("这项计划还没有确认，或者活动已经结束，不能开始。")
    if not rules.is_compliant(plan):
        raise Conflict("这个事项已列为一把手必须亲身体验（S002-10），不能委托，请联络员调整计划。")


def start(plan: PlanEntry, beginning: Beginning, *, by: User, tap: uuid.UUID) -> Walkthrough:
    """Begin the walk of a plan entry at the enquiry step (S002-27); a second try returns the walk already begun."""
    check_start(plan, by=by)
    queries.lock_plan(plan)
    begun = queries.walk_of_plan(plan)
    if begun:
        return begun
    check_beginning(plan, beginning)
    walk = Walkthrough(
        campaign=plan.campaign,
        unit=plan.walker.unit,
        item=plan.item,
        plan=plan,
        walker=by,
        questionnaire=plan.campaign.questionnaire,
        mode=plan.mode,
        is_simulated=beginning.is_simulated,
    )
    db.session.add(walk)
    db.session.flush()
    door = FormDoor(walk, by, tap)
    _begin(door, walk, beginning)
    door.commit()
    audit.record("walk.started", walk, by=by, mode=plan.mode.value)
    return walk


def walk_again(first: Walkthrough, questionnaire: Questionnaire, *, by: User, tap: uuid.UUID) -> Walkthrough:
    """Begin to look again at one step of a walk, with the questionnaire made for it; it is no walk to count."""
    walk = Walkthrough(
        campaign=first.campaign,
        unit=first.unit,
        item=first.item,
        plan=first.plan,
        walker=by,
        questionnaire=questionnaire,
        purpose=Purpose.RECHECK,
        mode=Mode.IN_PERSON,
        is_simulated=False,
    )
    db.session.add(walk)
    db.session.flush()
    door = FormDoor(walk, by, tap)
    _begin(door, walk, Beginning())
    door.commit()
    audit.record("walk.rechecking", walk, by=by)
    return walk


def check_beginning(plan: PlanEntry, beginning: Beginning) -> None:
    """Raise Invalid when a mode lacks what it needs before it starts (S002-15…18)."""
    if beginning.is_simulated and plan.mode is not Mode.IN_PERSON:
        raise Invalid("is_simulated", "模拟事项只用于亲身办。")
    document = questionnaires.document_of(plan.campaign.questionnaire)
    stops = {stop.id for stop in document.simulation_stops}
    if beginning.is_simulated and beginning.simulation_stop not in stops:
        raise Invalid("simulation_stop", "请选择模拟到哪一步为止。")
    scopes = {name for name, _ in authorization_scopes(document)}
    if beginning.authorization and beginning.authorization.scope not in scopes:
        raise Invalid("scope", "请选择委托范围。")
    if plan.mode is Mode.ON_BEHALF and beginning.authorization is None:
        raise Invalid("photo", "代理办要先有授权：请拍下委托书（经授权委托，代表企业或群众办理具体事项）。")
    if plan.mode is Mode.ACCOMPANIED and not beginning.has_consent:
        raise Invalid("consent", "请先征得陪同对象同意，再开始记录。")


def authorization_scopes(document: Document) -> list[tuple[str, str]]:
    """Return how far an authorisation may reach, as (id, words): what the questionnaire offers, else all of it."""
    asked = document.find(document.meaning("scope"))
    return [(one.id, one.label) for one in asked.options] if asked else [("full", "全程")]


def _begin(door: FormDoor, walk: Walkthrough, beginning: Beginning) -> None:
    stop = beginning.simulation_stop if beginning.is_simulated else None
    door.add("start", mode=walk.mode.value, is_simulated=beginning.is_simulated, simulation_stop=stop)
    if beginning.authorization:
        given = beginning.authorization
        photo = add_photo(door, given.photo, step=None, caption="授权委托书")
        signed_on = given.signed_on.isoformat() if given.signed_on else None
        door.add("authorization", principal=given.principal, scope=given.scope, signed_on=signed_on, photo=photo)
    if beginning.has_consent:
        door.add("consent")
    door.add("step_start", _steps(walk)[0].id)


def _steps(walk: Walkthrough) -> Sequence[Step]:
    return questionnaires.document_of(walk.questionnaire).for_mode(walk.mode.value).steps


def add_photo(door: FormDoor, media: MediaFile, *, step: str | None, caption: str = "") -> str:
    """Add a picture as evidence; return its id."""
    taken_at = media.taken_at.isoformat() if media.taken_at else None
    return door.add(
        "photo",
        step,
        media=media.sha256,
        taken_at=taken_at,
        caption=caption,
        width=media.width,
        height=media.height,
    )


def answer(door: FormDoor, record: WalkRecord, answers: Mapping[str, Any], notes: Mapping[str, str]) -> None:
    """Add an event for each answer that differs from what the log says; None takes an answer back."""
    for key, value in answers.items():
        known = record.state.answers.get(key, {"value": None, "note": ""})
        note = notes.get(key, known["note"]) if value is not None else ""
        if known["value"] == value and known["note"] == note:
            continue
        if value == record.answers.get(key) and key not in record.state.answers and not note:
            continue  # what the app counted itself, unchanged
        door.add(
            "answer",
            record.document.step_of(key),
            is_unique=True,
            question=key,
            value=value,
            **({"note": note} if note else {}),
        )


def must_be_open(walk: Walkthrough) -> None:
    if walk.state is WalkState.VOID:
        raise Conflict("这次走流程已经作废，可以在“我的任务”里重新开始。")
    if not walk.is_open:
        raise Conflict("这次走流程已经走完，要修改请先点“重新打开”。")


def finish(walk: Walkthrough, *, by: User, tap: uuid.UUID) -> None:
    """Finish the walk (S002-23 warns, it does not block; a walk without a finding needs its reason, S002-63)."""
    if walk.state is WalkState.FINISHED:
        return
    must_be_open(walk)
    refusal = gates.finish(log.record_of(walk))
    if refusal:
        raise refusal
    door = FormDoor(walk, by, tap)
    door.add("finish", is_unique=True)
    door.commit()
    audit.record("walk.finished", walk, by=by)


def reopen(walk: Walkthrough, *, by: User, tap: uuid.UUID) -> None:
    if walk.state is not WalkState.FINISHED:
        raise Conflict("只有走完的才能重新打开。")
    _must_not_be_sealed(walk)
    _say(walk, "reopen", by=by, tap=tap)


def void(walk: Walkthrough, reason: str, *, by: User, tap: uuid.UUID) -> None:
    """Void the walk with its reason; its plan entry can then be walked anew."""
    if walk.state is WalkState.VOID:
        return
    if not reason:
        raise Invalid("reason", "请写明作废的原因。")
    _must_not_be_sealed(walk)
    _say(walk, "void", by=by, tap=tap, reason=reason)
    audit.record("walk.voided", walk, by=by, reason=reason)


def _must_not_be_sealed(walk: Walkthrough) -> None:
    if why := gates.sealed(walk):
        raise Conflict(why)


def _say(walk: Walkthrough, kind: str, *, by: User, tap: uuid.UUID, **payload: Any) -> None:
    door = FormDoor(walk, by, tap)
    door.add(kind, is_unique=True, **payload)
    door.commit()
