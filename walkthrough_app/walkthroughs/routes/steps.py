"""The step pages: questions, clock, marks, notes and pictures of one screen, all in one form."""

import uuid
from collections.abc import Callable

from flask import render_template, request
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow, signed_in
from walkthrough_app.core import clock
from walkthrough_app.core.errors import Invalid, NotFound
from walkthrough_app.core.web import accepts_pictures
from walkthrough_app.walkthroughs import log, present, respondents, service
from walkthrough_app.walkthroughs.forms import Posted, StepForm, TimingForm, answers_in
from walkthrough_app.walkthroughs.log import FormDoor
from walkthrough_app.walkthroughs.models import Walkthrough
from walkthrough_app.walkthroughs.record import WalkRecord
from walkthrough_app.walkthroughs.routes.blueprint import WALKERS, bp, door, load, take_in, to


@bp.get("/walks/<uuid:walk_id>/now")
@signed_in
def now(walk_id: uuid.UUID) -> Response:
    """Go to the screen the walk stands at; the walk page itself may be an old one that the browser kept."""
    record = log.record_of(load(walk_id))
    return to("step", walk_id=walk_id, screen=present.current_screen(record))


@bp.get("/walks/<uuid:walk_id>/<screen>")
@signed_in
def step(walk_id: uuid.UUID, screen: str) -> str | Response:
    found = load(walk_id)
    if found.walker_id != current.user().id or not found.is_open:
        return to("review", walk_id=walk_id, anchor=screen)
    return _page(found, _record_with(found, screen), screen, StepForm(tap=str(uuid.uuid4())), Posted())


@bp.post("/walks/<uuid:walk_id>/<screen>")
@allow(*WALKERS)
@accepts_pictures
def save(walk_id: uuid.UUID, screen: str) -> Response | str:
    """Save everything on the page, then do what the pressed button says."""
    found = load(walk_id, write=True)
    service.must_be_open(found)
    record, form = _record_with(found, screen), StepForm()
    pictures = take_in("photo")
    valid = form.validate_on_submit()
    here = door(found, form.tap_id)
    posted = answers_in(request.form, record.questions_on(screen))
    service.answer(here, record, posted.values, posted.notes)
    for media in pictures.media:
        service.add_photo(here, media, step=present.data_step(record, screen))
    if pictures.refusals:
        posted.errors["photo"] = pictures.refusal
    if not valid or posted.errors:
        return _page(found, here.commit(), screen, form, posted)
    try:
        answer = _act(here, record, screen, form)
    except Invalid as error:
        form.refuse(error)
        return _page(found, here.commit(), screen, form, posted)
    here.commit()
    return answer


def _record_with(found: Walkthrough, screen: str) -> WalkRecord:
    """Read a walk; NotFound when it has no such screen."""
    record = log.record_of(found)
    if screen not in record.screens:
        raise NotFound
    return record


def _page(found: Walkthrough, record: WalkRecord, screen: str, form: StepForm, posted: Posted) -> str:
    form.tap.data = str(uuid.uuid4())
    number = request.values.get("set", 0, type=int)
    page = present.step_page(record, screen, posted.errors, posted.typed, number)
    return render_template("walkthroughs/step.html", walk=found, record=record, form=form, **page)


def _act(here: FormDoor, record: WalkRecord, screen: str, form: StepForm) -> Response:
    """Do what the button says; return where to go next."""
    name = request.form.get("do", "save")
    _say_texts(here, screen, form, record)
    if name.startswith("dismiss:"):
        here.add("dismiss", question=name.removeprefix("dismiss:"))
        return _stay(here, screen, anchor=f"card-{name.removeprefix('dismiss:')}")
    if name.startswith("finding"):
        return to("new_finding", walk_id=here.walk.id, screen=screen, question=name.partition(":")[2] or None)
    if name.startswith("back:"):
        here.add("retract", event=name.removeprefix("back:"), is_unique=True)
        return _stay(here, screen)
    if name in DEEDS and record.paper.doing(DEEDS[name]) is None:
        raise NotFound
    return ACTIONS.get(name, _save)(here, record, screen, form)


def _stay(here: FormDoor, screen: str, anchor: str = "") -> Response:
    number = request.form.get("set", type=int)
    return to("step", anchor, walk_id=here.walk.id, screen=screen, set=number)


def _next_set(here: FormDoor, _record: WalkRecord, screen: str, _form: StepForm) -> Response:
    """Ask one more person, after those who have answers by now."""
    people = respondents.of_screen(here.commit(), screen, 0)
    return to("step", "answers", walk_id=here.walk.id, screen=screen, set=people.next if people else None)


def _say_texts(here: FormDoor, screen: str, form: StepForm, record: WalkRecord) -> None:
    """Note and progress entry are saved with whatever button was pressed."""
    if form.note.data:
        here.add("note", present.data_step(record, screen), text=form.note.data)
    if form.track.data and record.does(screen, "result"):
        here.add("track", _home(record, "track"), channel=form.channel.data or "", text=form.track.data)


def _save(here: FormDoor, _record: WalkRecord, screen: str, _form: StepForm) -> Response:
    return _stay(here, screen)


def _begin(here: FormDoor, record: WalkRecord, screen: str, _form: StepForm) -> Response:
    """Start or go on timing this screen's step."""
    if record.state.is_paused and record.state.current and record.document.step(record.state.current).screen == screen:
        here.add("resume")
    else:
        here.add("step_start", present.data_step(record, screen))
    return _stay(here, screen)


def _pause(here: FormDoor, _record: WalkRecord, screen: str, _form: StepForm) -> Response:
    here.add("pause")
    return _stay(here, screen)


def _trip(here: FormDoor, record: WalkRecord, screen: str, form: StepForm) -> Response:
    here.add("trip")
    return _begin(here, record, screen, form)


def _number(here: FormDoor, record: WalkRecord, screen: str, form: StepForm) -> Response:
    if not record.state.trips:
        here.add("trip")
    home = _home(record, "queue")
    if record.state.current != home or record.state.is_paused:
        here.add("step_start", home)
    here.add("number", home, no=form.no.data or "", ahead=form.ahead.data)
    return _stay(here, screen)


def _called(here: FormDoor, record: WalkRecord, screen: str, form: StepForm) -> Response:
    here.add("called", _home(record, "queue"), window=form.window.data or "")
    return _stay(here, screen)


def _next(here: FormDoor, record: WalkRecord, screen: str, _form: StepForm) -> Response:
    """Go on to the next screen and start its clock; leaving the queue for the counter means being called."""
    following = present.next_screen(record, screen)
    if following is None:
        return to("review", walk_id=here.walk.id)
    if record.does(screen, "queue") and present.waiting(record):
        here.add("called", _home(record, "queue"), window="")
    if record.does(following, "queue") and not record.state.trips:
        here.add("trip")
    here.add("step_start", present.data_step(record, following))
    return _stay(here, following)


def _accepted(here: FormDoor, record: WalkRecord, screen: str, form: StepForm) -> Response:
    """It is accepted: from now on one waits for the result, where the document has a step for that."""
    promised = clock.iso_day(form.promised_on.data)
    here.add("accepted", _home(record, "accept"), receipt=form.receipt.data or "", promised_on=promised)
    following = record.paper.doing("track") or record.paper.doing("result")
    if following is None:
        return _stay(here, screen)
    here.add("step_start", following.id)
    return _stay(here, following.screen)


def _rest(here: FormDoor, record: WalkRecord, _screen: str, _form: StepForm) -> Response:
    """Put the walk aside until the result is there; without acceptance it is only a pause."""
    here.add("rest" if record.state.accepted else "pause")
    return to("review", walk_id=here.walk.id)


def _result(here: FormDoor, record: WalkRecord, screen: str, form: StepForm) -> Response:
    """The result is in hand: now, which starts the clock at the window, or on an earlier day, which does not."""
    if record.state.accepted is None and record.paper.doing("accept"):
        raise Invalid("result_on", "还没有正式受理，请先到“受理”点“窗口正式受理了”。")
    given = form.result_on.data
    home = _home(record, "result")
    here.add("result", home, on=clock.iso_day(given))
    if given is None or given >= clock.today():
        here.add("step_start", home)
    elif not record.state.is_paused:
        here.add("pause")
    return _stay(here, screen)


def _review(here: FormDoor, record: WalkRecord, _screen: str, _form: StepForm) -> Response:
    if record.state.current and not record.state.is_paused:
        here.add("pause")
    return to("review", walk_id=here.walk.id)


def _home(record: WalkRecord, deed: str) -> str:
    """Return the step where something with buttons of its own happens: its own one, else that of the result."""
    step = record.paper.doing(deed) or record.paper.doing("result")
    if step is None:
        raise NotFound
    return step.id


DEEDS = {"number": "queue", "called": "queue", "accepted": "accept", "result": "result"}  # what needs a step for it
ACTIONS: dict[str, Callable[[FormDoor, WalkRecord, str, StepForm], Response]] = {
    "save": _save,
    "begin": _begin,
    "pause": _pause,
    "trip": _trip,
    "number": _number,
    "called": _called,
    "next": _next,
    "another": _next_set,
    "accepted": _accepted,
    "rest": _rest,
    "result": _result,
    "review": _review,
}


@bp.get("/walks/<uuid:walk_id>/timing/<name>")
@allow(*WALKERS)
def timing(walk_id: uuid.UUID, name: str) -> str:
    found = load(walk_id, write=True)
    record = log.record_of(found)
    step_ = record.document.step(name)
    seconds = record.state.steps[name].seconds if name in record.state.steps else 0
    form = TimingForm(tap=str(uuid.uuid4()), minutes=clock.minutes(seconds))
    return render_template("walkthroughs/timing.html", walk=found, step=step_, form=form)


@bp.post("/walks/<uuid:walk_id>/timing/<name>")
@allow(*WALKERS)
def change_timing(walk_id: uuid.UUID, name: str) -> Response | str:
    found = load(walk_id, write=True)
    service.must_be_open(found)
    step_ = log.record_of(found).document.step(name)
    form = TimingForm()
    if not form.validate_on_submit():
        return render_template("walkthroughs/timing.html", walk=found, step=step_, form=form)
    here = door(found, form.tap_id)
    here.add("timing", name, is_unique=True, seconds=(form.minutes.data or 0) * 60, reason=form.reason.data)
    here.commit()
    return to("review", walk_id=walk_id)
