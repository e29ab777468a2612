"""Ordering 回头看 for one problem or many, and sending somebody else."""

import uuid
from collections.abc import Sequence
from datetime import date

from flask import flash, render_template, request
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.models import Role, User
from walkthrough_app.core import clock, web
from walkthrough_app.core.errors import Conflict, Forbidden, Invalid, NotFound
from walkthrough_app.core.forms import fresh
from walkthrough_app.rectification import offers, queries, rights, service
from walkthrough_app.rectification.machine import MOVES, State, Verb
from walkthrough_app.rectification.models import Finding
from walkthrough_app.rectification.queries.findings import who_does
from walkthrough_app.rectification.rechecks import queries as rechecks
from walkthrough_app.rectification.rechecks import secrecy
from walkthrough_app.rectification.rechecks import service as recheck_service
from walkthrough_app.rectification.rechecks.forms import HandOverForm, OrderForm
from walkthrough_app.rectification.rechecks.models import Recheck
from walkthrough_app.rectification.routes.blueprint import READERS, bp, to

DAYS = 10  # working days that are proposed
ORDERING = rights.DESKS | {Role.HEAD}
LABEL, ENDPOINT = "安排回头看", "rectification.order_rechecks"
offers.add("finding", offers.Offer(LABEL, ENDPOINT, ORDERING, frozenset({State.RECTIFIED})))
offers.add("ledger_bulk", offers.Offer(LABEL, ENDPOINT, rights.DESKS))


@bp.route("/rechecks/order", methods=["GET", "POST"])
@allow(*READERS)
def order_rechecks() -> Response | str:
    """Choose who looks again at the problems that are ticked, and until when."""
    me, wanted, form = current.user(), _findings(), OrderForm()
    form.offer(_candidates(wanted, me), me=me)
    if request.method == "GET":
        form.tap.data, form.due_on.data = fresh(), _proposed(wanted)
    elif form.validate_on_submit():
        try:
            checker = next(one for one in _candidates(wanted, me) if str(one.id) == form.checker.data)
            made = recheck_service.order_all(wanted, checker, form.due_on.data, by=me, tap=form.tap_id)
        except Invalid as error:
            form.refuse(error)
            web.refuse()
        else:
            return _ordered(wanted, made)
    return render_template("rectification/recheck_order.html", form=form, findings=wanted, others=_not_ready(wanted))


def _findings() -> Sequence[Finding]:
    """Load the problems that the address names; NotFound when one is not the user's to see, Forbidden to order."""
    ids = {_uuid(one) for one in request.values.getlist("finding")}
    found = queries.findings_by_id(current.user(), ids)
    if not ids or len(found) != len(ids) or len(ids) > recheck_service.MOST:
        raise NotFound
    allowed = MOVES[Verb.ORDER_RECHECK].actors
    if not all(allowed & rights.actors_of(current.user(), one) for one in found):
        raise Forbidden(who_does(Verb.ORDER_RECHECK))
    for one in found:
        if not secrecy.knows(current.user(), one):
            raise Conflict(service.why_not(Verb.ORDER_RECHECK, one.state, current.user()))
    return found


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise NotFound from error


def _candidates(wanted: Sequence[Finding], me: User) -> list[User]:
    """Return who may look at all of them; Conflict when nobody may."""
    first, *rest = [rechecks.candidates(one, me) for one in wanted]
    found = [one for one in first if all(one in people for people in rest)]
    if not found:
        raise Conflict("没有可以回头看的人：整改的人不能看自己的整改，不同工作组负责的问题请分开安排。")
    return found


def _not_ready(wanted: Sequence[Finding]) -> list[Finding]:
    return [one for one in wanted if one.state is not State.RECTIFIED]


def _proposed(wanted: Sequence[Finding]) -> date:
    yearly = [one.next_look_on for one in wanted if one.next_look_on and one.next_look_on > clock.today()]
    return min(yearly, default=clock.add_workdays(clock.today(), DAYS))


def _ordered(wanted: Sequence[Finding], made: int) -> Response:
    if made:
        flash(f"已安排{made}个问题回头看。没有通知责任单位。")
    mine = [one for one in wanted if (found := rechecks.open_of(one)) and found.checker_id == current.user().id]
    if len(wanted) == 1 and mine:
        found = rechecks.open_of(mine[0])
        return to("rectification.recheck", recheck_id=found.id) if found else to("rectification.rechecks")
    return to("rectification.rechecks")


@bp.post("/rechecks/<uuid:recheck_id>/checker")
@allow(*READERS)
def hand_over(recheck_id: uuid.UUID) -> Response:
    me, found, form = current.user(), rechecks.recheck_for(current.user(), recheck_id), HandOverForm()
    people = rechecks.candidates(found.finding, me)
    form.offer(people, me=me)
    if not form.validate_on_submit():
        raise Conflict("请先选择换谁去回头看。")
    checker = next(one for one in people if str(one.id) == form.checker.data)
    recheck_service.hand_over(found, checker, by=me, tap=form.tap_id)
    return to("rectification.recheck", recheck_id=recheck_id)


def hand_over_form(found: Recheck, me: User) -> HandOverForm | None:
    """Return the form to send somebody else, for who may; None for all others."""
    if not found.is_open or not rights.is_desk(me, found.finding):
        return None
    form = HandOverForm(formdata=None, tap=fresh())
    form.offer([one for one in rechecks.candidates(found.finding, me) if one.id != found.checker_id], me=me)
    return form
