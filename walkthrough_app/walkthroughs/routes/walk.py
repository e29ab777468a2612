"""The walk page: all steps in one, for a phone that goes on without the network."""

import uuid

from flask import current_app, render_template, url_for
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow, signed_in
from walkthrough_app.core import keys
from walkthrough_app.core.assets import asset
from walkthrough_app.core.web import keepable
from walkthrough_app.media import limits
from walkthrough_app.questionnaires.document import Step
from walkthrough_app.walkthroughs import log, measures, present, respondents, tokens
from walkthrough_app.walkthroughs.cards import Card, cards
from walkthrough_app.walkthroughs.forms import FindingForm, MeasureForm, PhotoForm, ReviewForm, StepForm, TimingForm
from walkthrough_app.walkthroughs.island import island
from walkthrough_app.walkthroughs.models import Walkthrough
from walkthrough_app.walkthroughs.record import WalkRecord
from walkthrough_app.walkthroughs.routes.blueprint import WALKERS, bp, home_of, load, to

KEPT = int(tokens.LIFE.total_seconds())


@bp.get("/walks/<uuid:walk_id>")
@signed_in
def walk(walk_id: uuid.UUID) -> Response:
    """Show the walk to its walker; to all others, and when it is walked, 核对."""
    found = load(walk_id)
    if not found.is_open or found.walker_id != current.user().id:
        return to("review", walk_id=walk_id)
    record = log.record_of(found)
    screens = [_screen(record, screen) for screen in record.screens]
    page = render_template(
        "walkthroughs/walk.html",
        walk=found,
        record=record,
        current=present.current_screen(record),
        screens=screens,
        form=StepForm(tap=str(uuid.uuid4())),
        island=_island(found, record),
    )
    return keepable(page, KEPT)


@bp.get("/walks/<uuid:walk_id>/sheets")
@allow(*WALKERS)
def sheets(walk_id: uuid.UUID) -> Response:
    """Show the second half of the page: forms and lists over the screens, empty until the script fills them."""
    found = load(walk_id, write=True)
    record = log.record_of(found)
    page = render_template(
        "walkthroughs/sheets.html",
        walk=found,
        record=record,
        limits=limits.FOR_PHONES,
        addons=_addons(record),
        people=_people(record),
        **_forms(record),
    )
    return keepable(page, KEPT)


def _screen(record: WalkRecord, screen: str) -> dict[str, object]:
    """Return a step page with all its questions, asked now or not: the answers given on the phone decide."""
    steps = [step for step in record.document.steps if step.screen == screen]
    groups = [(step, () if step.repeat else cards(record, step.questions, {})) for step in steps]
    return {**present.step_page(record, screen, {}), "groups": groups}


def _forms(record: WalkRecord) -> dict[str, object]:
    """Return the empty forms that the script fills in: one of each kind."""
    finding = FindingForm(prefix="s-finding")
    measures.offer(finding, record.paper)
    return {
        "finding_form": finding,
        "measure_form": MeasureForm(prefix="s-measure"),
        "timing_form": TimingForm(prefix="s-timing"),
        "photo_form": PhotoForm(prefix="s-photo"),
        "review_form": ReviewForm(prefix="s-review"),
    }


def _addons(record: WalkRecord) -> list[tuple[object, object]]:
    closing = [one for one in record.document.addons_for(record.data["mode"]) if one.at == "finish"]
    return [(addon, cards(record, addon.questions, {})) for addon in closing]


def _people(record: WalkRecord) -> list[tuple[Step, list[Card]]]:
    """Return the cards of the first person asked in a step; the script makes those of the others after them."""
    steps = respondents.steps(record)
    first = [record.document.step(step.id).questions[: len(step.questions)] for step in steps]
    return [(step, cards(record, asked, {})) for step, asked in zip(steps, first, strict=True)]


def _island(found: Walkthrough, record: WalkRecord) -> dict[str, object]:
    settings = current_app.config["SETTINGS"]
    api = f"/api/walks/{found.id}"
    return island(
        found,
        record,
        token=tokens.issue(found, current.user(), secret=settings.secret_key),
        rescue=keys.public(settings.data_dir),
        urls={
            "page": url_for("walkthroughs.walk", walk_id=found.id),
            "sheets": url_for("walkthroughs.sheets", walk_id=found.id),
            "script": asset("js/sheets.js"),
            "events": f"{api}/events",
            "slices": f"{api}/slices/",
            "media": f"{api}/media/",
            "base": url_for("sync.base", walk_id=found.id),
            "review": url_for("walkthroughs.review", walk_id=found.id),
            "tasks": home_of(found)[0],
        },
    )
