"""The work list: comments and bad ratings, one by one."""

import uuid
from collections.abc import Callable

from flask import flash, render_template, request
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.models import UNIT_ROLES, Role
from walkthrough_app.core import web
from walkthrough_app.core.errors import Invalid, NotFound
from walkthrough_app.core.forms import BaseForm
from walkthrough_app.ratings import proposals, queries, service
from walkthrough_app.ratings.asking import Asked
from walkthrough_app.ratings.forms import AnswerForm, AskForm, CloseForm, NoteForm, TakeUpForm
from walkthrough_app.ratings.models import OUTCOMES, CaseState, RatingCase
from walkthrough_app.ratings.routes.blueprint import bp, campaign_shown, to

TABS = {
    "new": frozenset({CaseState.NEW}),
    "asked": frozenset({CaseState.ASKED}),
    "answered": frozenset({CaseState.ANSWERED}),
    "done": frozenset({CaseState.CLOSED, CaseState.FINDING, CaseState.DECLINED}),
}
NAMES = {"new": "待处理", "asked": "待单位答复", "answered": "已答复", "done": "已办完", "aside": "另放的"}
FORMS: dict[str, type[BaseForm]] = {
    "take": TakeUpForm,
    "ask": AskForm,
    "decline": NoteForm,
    "back": NoteForm,
    "close": CloseForm,
    "answer": AnswerForm,
}
SAID = {
    "take": "已转为问题并交办。",
    "ask": "已转给单位答复。",
    "decline": "已记为不采用。",
    "back": "已退回，请单位重新答复。",
    "close": "已办结。",
    "answer": "已答复。",
}
BY_UNIT = frozenset({"answer"})


@bp.get("/ratings/cases")
@allow(Role.OFFICE)
def cases() -> str:
    campaign = campaign_shown()
    tab = request.args.get("state", "new")
    if tab not in NAMES:
        raise NotFound
    start = max(request.args.get("after", 0, type=int), 0)
    states = TABS.get(tab, frozenset(CaseState))
    found = queries.cases_of(campaign, states, is_aside=tab == "aside", after=min(start, 100_000))
    return render_template(
        "ratings/cases.html",
        campaign=campaign,
        tab=tab,
        names=NAMES,
        counts=_counts(queries.case_counts(campaign)),
        rows=[(case, _complaints(case)) for case in found[: queries.PAGE]],
        following=start + queries.PAGE if len(found) > queries.PAGE else None,
    )


def _counts(counts: dict[tuple[CaseState, bool], int]) -> dict[str, int]:
    known = {tab: sum(counts.get((state, False), 0) for state in states) for tab, states in TABS.items()}
    return known | {"aside": sum(number for (_, is_aside), number in counts.items() if is_aside)}


def _asked(case: RatingCase) -> Asked:
    return queries.asked_of(case.campaign, case.rating.point.form_key)


def _words(case: RatingCase) -> list[tuple[str, str]]:
    return proposals.in_words(_asked(case), case.rating.answers)


def _complaints(case: RatingCase) -> list[tuple[str, str]]:
    """Return what was bad, with its reasons."""
    asked, answers = _asked(case), case.rating.answers
    kept = {one.id for one in asked.bad(answers)} | {one.id for one in asked.form.questions if one.type == "many"}
    return proposals.in_words(asked, {key: value for key, value in answers.items() if key in kept})


@bp.get("/ratings/cases/<uuid:case_id>")
@allow(Role.OFFICE, *UNIT_ROLES)
def case(case_id: uuid.UUID) -> str:
    found = queries.case_for(current.user(), case_id)
    return _page(found, _forms(found))


@bp.post("/ratings/cases/<uuid:case_id>/<any(take,ask,decline,back,close,answer):deed>")
@allow(Role.OFFICE, *UNIT_ROLES)
def act(case_id: uuid.UUID, deed: str) -> Response | str:
    user = current.user()
    found = queries.case_for(user, case_id, write=True)
    if (deed in BY_UNIT) is not (user.role in UNIT_ROLES):
        raise NotFound
    forms = _forms(found)
    form = forms[deed] = _form(deed, found)
    if form.validate():
        try:
            DEEDS[deed](found, form)
        except Invalid as error:
            form.refuse(error)
            web.refuse()
        else:
            flash(SAID[deed])
            return to("case", case_id=found.id)
    return _page(found, forms)


def _form(deed: str, case: RatingCase, **data: object) -> BaseForm:
    form = FORMS[deed](**({"formdata": None, **data} if data else {}))
    return form.offer(proposals.categories(_asked(case).document)) if isinstance(form, TakeUpForm) else form


def _forms(case: RatingCase) -> dict[str, BaseForm]:
    """Return the forms of a page as they come: filled with what the rating itself says."""
    asked, rating = _asked(case), case.rating
    found = proposals.proposals(asked, rating.answers)
    first = found[0] if found else None
    words = "\n".join(f"{question}：{answer}" for question, answer in _words(case))
    text = "\n".join(part for part in (words, rating.comment) if part)
    problem = {
        "title": first.title if first else "",
        "category": first.category if first else "",
        "severity": first.severity if first else "minor",
        "fact": text,
    }
    filled = {"take": problem, "ask": {"passed_on": text}}
    return {deed: _form(deed, case, **filled.get(deed, {"data": {}})) for deed in FORMS}


def _page(case: RatingCase, forms: dict[str, BaseForm]) -> str:
    is_unit = current.user().role in UNIT_ROLES
    return render_template(
        "ratings/case.html",
        case=case,
        title=_asked(case).form.title,
        words=[] if is_unit else _words(case),
        forms=forms,
        is_unit=is_unit,
        may_write=current.user().role is not Role.DEPUTY,
        outcomes=OUTCOMES,
    )


def _take(case: RatingCase, form: BaseForm) -> None:
    values = {name: form[name].data or "" for name in ("title", "fact", "category", "severity")}
    service.take_up(case, service.Problem(**values), by=current.user())


def _answer(case: RatingCase, form: BaseForm) -> None:
    service.answer(case, form["outcome"].data, form["answer"].data or "", by=current.user())


def _noted(deed: Callable[..., None], name: str = "note") -> Callable[[RatingCase, BaseForm], None]:
    return lambda case, form: deed(case, form[name].data or "", by=current.user())


DEEDS: dict[str, Callable[[RatingCase, BaseForm], None]] = {
    "take": _take,
    "ask": _noted(service.ask, "passed_on"),
    "decline": _noted(service.decline),
    "back": _noted(service.send_back),
    "close": _noted(service.close),
    "answer": _answer,
}
