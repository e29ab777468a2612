"""Deeds for what was ticked in the ledger: filled in on a page that names the problems, then done at once.

The page that answers says how many were done and names each that was not, with its sentence.
"""

import uuid
from typing import Any

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.models import UNIT_ROLES, User
from walkthrough_app.core import web
from walkthrough_app.core.errors import Invalid, NotFound
from walkthrough_app.core.forms import DeedForm
from walkthrough_app.rectification import forms, offers, queries, service
from walkthrough_app.rectification.ledger import bulk, deeds, view
from walkthrough_app.rectification.machine import Verb, is_open
from walkthrough_app.rectification.queries import ledger
from walkthrough_app.rectification.rights import DESKS
from walkthrough_app.rectification.routes.blueprint import bp, to

# what can be done for many: title, verb, form
MANY: dict[str, tuple[str, Verb, type[DeedForm]]] = {
    "assign": ("交办", Verb.ASSIGN, forms.AssignForm),
    "dismiss": ("不予立项", Verb.DISMISS, forms.ReasonForm),
    "close": ("核对销号", Verb.CLOSE, forms.TextForm),
}
NOTHING = "请先在台账里勾选问题。"


@bp.get("/ledger/chosen")
@allow(*DESKS)
def chosen() -> Response | str:
    """Lead from the ticks to the page of what is to be done: one of ours, or one that was offered."""
    user, ids = current.user(), forms.ids_in(request.args.getlist("finding"))
    name = request.args.get("do", "")
    offer = next((one for one in offers.at("ledger_bulk", user) if one.endpoint == name), None)
    if offer and ids:
        return to(offer.endpoint, finding=[str(one) for one in ids])
    if offer is None and name not in MANY:
        raise NotFound
    form = MANY[name][2](formdata=None, data={"tap": str(uuid.uuid4())}) if name in MANY else None
    return _fill(user, ids, name, form)


def _fill(user: User, ids: list[uuid.UUID], name: str, form: DeedForm | None) -> str:
    found = queries.findings_by_id(user, ids[: bulk.MOST])
    if isinstance(form, forms.AssignForm):
        form.offer(ledger.responsible_units(user), ask=True)
    title, verb, _ = MANY.get(name, ("", Verb.ASSIGN, DeedForm))
    fit = [one for one in found if is_open(verb, one.state)]
    return render_template(
        "rectification/ledger_chosen.html",
        rows=view.rows(found, current.user()),
        fit=len(fit),
        name=name,
        title=title or NOTHING,
        verb=verb,
        form=form,
        is_cut=len(ids) > bulk.MOST,
        most=bulk.MOST,
    )


@bp.post("/ledger/<any(assign, dismiss, close):name>")
@allow(*DESKS)
def do_many(name: str) -> str:
    user, (title, _, kind) = current.user(), MANY[name]
    ids, form = forms.ids_in(request.form.getlist("finding"))[: bulk.MOST], kind()
    try:
        if form.validate():
            outcome = bulk.each(queries.findings_by_id(user, ids), form.tap_id, _act(name, form, user))
            return _answer(title, outcome, url_for("rectification.ledger"))
    except Invalid as error:
        form.refuse(error)
    web.refuse()
    return _fill(user, ids, name, form)


def _act(name: str, form: Any, user: User) -> bulk.Act:
    if name == "assign":
        order = deeds.order_of(form, user)
        return lambda finding, key: service.assign(finding, order, by=user, entry_id=key)
    if name == "dismiss":
        return lambda finding, key: service.dismiss(finding, form.reason.data, by=user, entry_id=key)
    return lambda finding, key: service.close(finding, form.text.data, by=user, entry_id=key)


@bp.post("/ledger/sign")
@allow(*UNIT_ROLES)
def sign_all() -> str:
    """Sign for everything whose plan is complete."""
    user, form = current.user(), DeedForm()
    ready = [one for one in ledger.of_unit(user) if service.is_complete(one) or queries.entry(_key(form, one))]
    outcome = bulk.each(ready, form.tap_id, lambda one, key: service.sign(one, by=user, entry_id=key))
    return _answer("签收", outcome, url_for("rectification.ledger"))


def _key(form: DeedForm, finding: Any) -> uuid.UUID:
    return uuid.uuid5(form.tap_id, str(finding.id))


def _answer(title: str, outcome: bulk.Outcome, back: str) -> str:
    if not outcome.done:
        web.refuse()
    return render_template("rectification/ledger_done.html", title=title, outcome=outcome, back=back)
