"""The calendar that a phone fetches by its secret address."""

from flask import Response, make_response

from walkthrough_app.accounts.guard import public
from walkthrough_app.core.errors import NotFound
from walkthrough_app.reminders import calendar, outside, queries, service
from walkthrough_app.reminders.routes.blueprint import bp


@bp.get("/calendar/<token>.ics")
@public
def feed(token: str) -> Response:
    """Answer with the owner's calendar: who holds the address is taken for the owner, as calendar programs want it."""
    found = service.find(token)
    if found is None:
        raise NotFound
    body = calendar.write(queries.agenda(found.user), outside.current().domain)
    answer = make_response(body)
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = 'inline; filename="reminders.ics"'
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
