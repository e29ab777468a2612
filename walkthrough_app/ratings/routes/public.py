"""The page behind the code at the counter: no account, no name, no cookie, no script."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import current_app, render_template, request
from werkzeug.wrappers import Response

from walkthrough_app.accounts.guard import by_token, public
from walkthrough_app.core.errors import AppError, Conflict, Invalid, NotFound
from walkthrough_app.core.pace import Pace
from walkthrough_app.questionnaires.parts import Question
from walkthrough_app.ratings import formkeys, queries, service
from walkthrough_app.ratings.asking import Asked, Said
from walkthrough_app.ratings.models import RatingPoint
from walkthrough_app.ratings.routes.blueprint import bp, to
from walkthrough_app.ratings.sources import Source

LARGEST = 16 * 1024  # bytes: five hundred characters need five thousand
LOCAL = ("127.", "::1")
OF_ONE = Pace(20, "您提交得太快了，请过一分钟再试。")
OF_ALL = Pace(240, "现在评价的人太多，请过一分钟再试。")
STALE = "页面放得太久了，请再点一次，您选的都还在。"


@dataclass
class Sheet:
    """What one person sees now: the screen `at`, what was said so far, and one sentence when something is wrong."""

    point: RatingPoint
    asked: Asked
    is_elder: bool
    at: int = 0
    said: Said = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    error: str = ""

    @property
    def screens(self) -> list[list[Question]]:
        return self.asked.screens(one_each=self.is_elder)

    @property
    def shown(self) -> list[Question]:
        return [one for one in self.screens[self.at] if self.asked.is_asked(one, self.said)]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """Return what was said on other screens, for hidden fields."""
        here = {one.id for one in self.screens[self.at]}
        pairs = [(key, value) for key, value in self.said.items() if key not in here]
        return [(key, str(one)) for key, value in pairs for one in (value if isinstance(value, list) else [value])]

    @property
    def following(self) -> int | None:
        return self.asked.following(self.at, self.said, one_each=self.is_elder)

    @property
    def before(self) -> int | None:
        return self.asked.following(self.at, self.said, one_each=self.is_elder, step=-1)

    @property
    def goes_on(self) -> bool:
        """Tell whether another screen may follow, whatever is answered here."""
        return self.at + 1 < len(self.screens)

    @property
    def is_taps(self) -> bool:
        """Tell whether an answer is itself the button that goes on."""
        return len(self.shown) == 1 and self.shown[0].type == "one"


@bp.get("/r/<code>")
@public
def form(code: str) -> Response | tuple[str, int] | str:
    try:
        point = _open(code)
    except AppError as error:
        return _end(error)
    return _page(_sheet(point))


@bp.post("/r/<code>")
@by_token
def give(code: str) -> Response | tuple[str, int] | str:
    """Go on to the next screen, or take the rating; nothing is stored before the last."""
    request.max_content_length = LARGEST
    try:
        point = _found(code)
    except AppError as error:
        return _end(error)
    sheet = _sheet(point)
    try:
        _read(sheet)
        return _turn(sheet) or _take(sheet)
    except Invalid as error:
        return _refused(sheet, error)
    except Conflict as error:
        return _end(error)
    except AppError as error:
        sheet.error = error.message
        return _page(sheet), error.status


@bp.get("/r/<code>/thanks")
@public
def thanks(code: str) -> str:
    return render_template("ratings/public/thanks.html", is_elder="elder" in request.args, code=code)


def _found(code: str) -> RatingPoint:
    return queries.point_by_code(code)


def _open(code: str) -> RatingPoint:
    point = _found(code)
    if not queries.is_open(point):
        raise Conflict(service.OVER)
    return point


def _sheet(point: RatingPoint) -> Sheet:
    asked = queries.asked_of(point.campaign, point.form_key)
    at = request.form.get("at", 0, type=int) if request.method == "POST" else 0
    sheet = Sheet(point, asked, "elder" in request.values)
    sheet.at = min(max(at, 0), len(sheet.screens) - 1)
    return sheet


def _read(sheet: Sheet) -> None:
    """Read what was posted; texts are kept as typed too, to be shown again when they are refused."""
    posted: dict[str, Sequence[str]] = {key: request.form.getlist(key) for key in request.form}
    texts = [one for one in sheet.asked.form.questions if one.type == "text"]
    sheet.typed = {one.id: request.form.get(one.id, "") for one in texts}
    try:
        sheet.said = sheet.asked.read(posted)
    except Invalid as error:
        sheet.said = sheet.asked.read({key: value for key, value in posted.items() if key != error.field})
        raise


def _turn(sheet: Sheet) -> str | None:
    """Return another screen, if one is asked for or follows; None when this was the last."""
    wanted = sheet.before if request.form.get("go") == "back" else sheet.following
    needed = [one for one in sheet.shown if one.required and one.id not in sheet.said]
    if needed and request.form.get("go") != "back":
        raise Invalid(needed[0].id, "请先选一项。")
    if wanted is None:
        return None
    sheet.at = wanted
    return _page(sheet)


def _take(sheet: Sheet) -> Response | tuple[str, int]:
    code = sheet.point.code
    rating_id = formkeys.read(_key(), code, request.form.get("token", ""))
    if rating_id is None:
        sheet.error = STALE
        return _page(sheet), 400
    source = Source(_address(), request.user_agent.string)
    OF_ONE.spend(f"{code} {source.address} {source.browser}")
    OF_ALL.spend(code)
    service.give(sheet.point, rating_id, sheet.said, source=source)
    return to("thanks", code=code, **({"elder": 1} if sheet.is_elder else {}))


def _refused(sheet: Sheet, error: Invalid) -> tuple[str, int]:
    """Show the screen on which something is wrong, with the sentence."""
    places = [n for n, screen in enumerate(sheet.screens) if error.field in {one.id for one in screen}]
    sheet.at, sheet.error = (places or [0])[0], error.message
    return _page(sheet), 422


def _page(sheet: Sheet) -> str:
    token = request.form.get("token", "") if request.method == "POST" else ""
    is_good = formkeys.read(_key(), sheet.point.code, token) is not None
    return render_template(
        "ratings/public/form.html",
        sheet=sheet,
        is_elder=sheet.is_elder,
        token=token if is_good else formkeys.issue(_key(), sheet.point.code),
    )


def _end(error: AppError) -> tuple[str, int]:
    status = NotFound.status if isinstance(error, NotFound) else 410
    return render_template("ratings/public/over.html", is_elder=False, message=error.message), status


def _key() -> str:
    return str(current_app.secret_key)


def _address() -> str:
    """Return where the post comes from: the address itself, or what our own proxy says that it serves."""
    address = request.remote_addr or ""
    forwarded: Any = request.headers.get("X-Forwarded-For", "")
    return forwarded.rsplit(",", 1)[-1].strip() if forwarded and address.startswith(LOCAL) else address
