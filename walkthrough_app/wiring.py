"""The application put together: features, navigation, home page. Nothing is decided here."""

from functools import partial

from flask import Flask, Response, redirect, url_for

from walkthrough_app import config, jobs
from walkthrough_app.accounts import current, guard
from walkthrough_app.accounts import routes as accounts_routes
from walkthrough_app.accounts.guard import signed_in
from walkthrough_app.accounts.navigation import NavItem
from walkthrough_app.assessment import routes as assessment_routes
from walkthrough_app.assessment import told as assessed
from walkthrough_app.authoring import routes as authoring_routes
from walkthrough_app.board import routes as board_routes
from walkthrough_app.board.search import listening
from walkthrough_app.campaigns import progress, sameness
from walkthrough_app.campaigns import routes as campaigns_routes
from walkthrough_app.compilation import ledger as compiled
from walkthrough_app.compilation import routes as compilation_routes
from walkthrough_app.compilation import tasks as compilation_tasks
from walkthrough_app.core import clock, db, web
from walkthrough_app.documents import signing
from walkthrough_app.exports import routes as exports_routes
from walkthrough_app.exports import tasks as export_tasks
from walkthrough_app.figures import reported
from walkthrough_app.figures import service as figures
from walkthrough_app.imports import routes as imports_routes
from walkthrough_app.media.storage import MediaStore, open_store
from walkthrough_app.quality import routes as quality_routes
from walkthrough_app.quality import service as quality
from walkthrough_app.quality import tasks as quality_tasks
from walkthrough_app.ratings import routes as ratings_routes
from walkthrough_app.ratings import tasks as ratings_tasks
from walkthrough_app.ratings.routes.results import to_do_part as ratings_part
from walkthrough_app.reception import routes as reception_routes
from walkthrough_app.records import routes as records_routes
from walkthrough_app.rectification import connections as rectified
from walkthrough_app.rectification import routes as rectification_routes
from walkthrough_app.rectification.papers import queries as official_papers
from walkthrough_app.rectification.routes.recheck import to_do_part
from walkthrough_app.reminders import routes as reminders_routes
from walkthrough_app.reminders import tasks as reminders_tasks
from walkthrough_app.reports import desk, tasks
from walkthrough_app.reports import queries as reports
from walkthrough_app.reports import routes as reports_routes
from walkthrough_app.sync import routes as sync_routes
from walkthrough_app.upkeep import duties
from walkthrough_app.verification import routes as verification_routes
from walkthrough_app.visits import routes as visits_routes
from walkthrough_app.visits import tasks as visits_tasks
from walkthrough_app.visits.routes.listing import to_do_part as visits_to_do
from walkthrough_app.walkthroughs import changes, queries
from walkthrough_app.walkthroughs import routes as walkthroughs_routes

FEATURES = (
    sync_routes,
    assessment_routes,
    board_routes,
    compilation_routes,
    reception_routes,
    reminders_routes,
    exports_routes,
    verification_routes,
    records_routes,
    authoring_routes,
    visits_routes,
    ratings_routes,
    rectification_routes,
    reports_routes,
    quality_routes,
    walkthroughs_routes,
    imports_routes,
    campaigns_routes,
    accounts_routes,
)


def build(settings: config.Settings | None = None) -> Flask:
    """Build the application; the database is connected but not migrated."""
    settings = settings or config.from_env()
    app = Flask(__name__, static_folder=None)
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=web.MIB,
        MAX_FORM_PARTS=400,
        TESTING=settings.testing,
    )
    store = app.extensions["media_store"] = connect(settings)
    store.sweep_temp(clock.now() - duties.LEFT)
    web.init_app(app)
    app.extensions["walk_papers"] = [("打印记录表", "reports.sheet")]  # what a finished walk's page offers
    app.extensions["unit_tools"] = imports_routes.TOOLS  # what the list of units offers
    app.extensions["walk_parts"] = [quality_routes.first_look]  # what other features say on it
    app.extensions["recheck_page"] = "rectification.recheck_of_walk"  # where a walk that looks again goes back to
    app.extensions["visit_page"] = "visits.visit_of_walk"  # where the walk of a visit goes back to
    app.extensions["task_parts"] = [to_do_part, visits_to_do, ratings_part]  # what other features say on 我的任务
    navigation: list[NavItem] = []
    for feature in FEATURES:
        app.register_blueprint(feature.bp)
        navigation += feature.nav
    guard.init_app(app, sorted(navigation, key=lambda item: item.order))
    app.add_url_rule("/", "home", home)
    app.add_url_rule("/healthz", "healthz", healthz)
    return app


def connect(settings: config.Settings) -> MediaStore:
    """Bind the features to database, store and queue: all that a worker or a command needs of the application."""
    store = open_store(settings)
    db.connect(settings.database_url)
    jobs.connect(settings)
    tasks.connect(store, partial(sign, settings))
    rectified.connect(store, lambda reason: partial(sign, settings, reason=reason))
    reminders_tasks.connect(settings)
    compilation_tasks.connect(store, partial(sign, settings, reason="汇总定稿"))
    progress.connect(queries.walks_of_plans)
    changes.connect(figures.note)
    sameness.connect(figures.note_same)
    desk.connect(reception_routes.desk_of_the_lane)
    reported.connect(reports.walks_in_reports)
    compiled.connect(official_papers.numbers)
    changes.connect(listening.note)
    listening.connect()
    export_tasks.connect(store)
    changes.connect(quality.note)
    assessed.connect()
    quality_tasks.connect()
    visits_tasks.connect(store, partial(sign, settings, reason="督查反馈"))
    ratings_tasks.connect(store, partial(sign, settings, reason="评议结果反馈"))
    duties.connect(store)
    return store


def sign(settings: config.Settings, pdf: bytes, *, reason: str = "主要负责同志确认定稿") -> bytes:
    """Sign a finished paper as the settings say; RuntimeError with one line when that cannot be done."""
    return signing.sign(pdf, signing.signer_from(settings), reason=reason, at=clock.now())


@signed_in
def home() -> Response:
    """Send everyone to what their role does first."""
    return redirect(url_for(guard.first_page(current.user())), code=303)  # type: ignore[return-value]


def healthz() -> str:
    return "ok"


healthz.guard = "public"  # type: ignore[attr-defined]
