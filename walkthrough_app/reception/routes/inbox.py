"""The desk's list."""

from flask import render_template, request

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.reception import forms, queries, worklist
from walkthrough_app.reception.routes.blueprint import RECEIVERS, bp


@bp.get("/inbox")
@allow(*RECEIVERS)
def inbox() -> str:
    filters, after = forms.filters_of(request.args), forms.cursor_of(request.args.get("after"))
    user = current.user()
    listed, following = queries.page(user, filters, after)
    return render_template(
        "reception/inbox.html",
        rows=worklist.rows(listed, user),
        counts=queries.counts(user, filters),
        filters=filters,
        args=forms.args_of(filters),
        after=after,
        following=forms.cursor_text(following) if following else "",
        campaigns=[(str(one.id), one.title) for one in queries.campaigns_of(user)],
        classes=[(one.value, one.label) for one in worklist.classes_of(user)],
        lane=user.role.lane,
    )
