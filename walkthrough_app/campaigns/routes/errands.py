"""The pool of pending errands of a unit."""

import uuid

from flask import flash, render_template
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.campaigns import queries, service
from walkthrough_app.campaigns.forms import ErrandForm
from walkthrough_app.campaigns.queries import PLANNERS
from walkthrough_app.campaigns.routes.blueprint import bp, to
from walkthrough_app.campaigns.values import PRINCIPALS
from walkthrough_app.core import web
from walkthrough_app.core.errors import Invalid


@bp.route("/errands", methods=["GET", "POST"])
@allow(*PLANNERS)
def errands() -> Response | str:
    user = current.user()
    form = ErrandForm().offer(queries.items_of(user.unit))
    if form.validate_on_submit():
        try:
            _add(form)
        except Invalid as error:
            form.refuse(error)
            web.refuse()
        else:
            flash("已放进待办事项池。")
            return to("errands")
    pool = queries.errands_of(user.unit)
    return render_template("campaigns/errands.html", form=form, errands=pool, principals=PRINCIPALS)


def _add(form: ErrandForm) -> None:
    user = current.user()
    item = queries.item_for(user, form.item_id, write=True)
    service.add_errand(item=item, principal=form.principal.data, summary=form.summary.data or "", by=user)


@bp.post("/errands/<uuid:errand_id>/remove")
@allow(*PLANNERS)
def remove_errand(errand_id: uuid.UUID) -> Response:
    service.remove_errand(queries.errand_for(current.user(), errand_id), by=current.user())
    flash("已删除。")
    return to("errands")
