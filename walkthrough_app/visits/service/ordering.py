"""Sending inspectors to units: chosen or drawn by lot, or an inspector goes at once."""

import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.campaigns.models import Campaign, ItemKind, Mode, ServiceItem
from walkthrough_app.core import audit, clock, db
from walkthrough_app.core.errors import Forbidden, Invalid, NotFound
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.visits import queries, sampling
from walkthrough_app.visits.models import Focus, Frequency, Visit, VisitDraw
from walkthrough_app.visits.service import walking
from walkthrough_app.walkthroughs.models import Walkthrough

MOST = 500  # visits in one order


@dataclass(frozen=True)
class Aim:
    """Where one goes and along which axes (S001-38…40); `place` is a counter or an office, `brief` what to look at."""

    place: str
    mode: Mode
    frequency: Frequency
    focus: Focus
    brief: str = ""


@dataclass(frozen=True)
class Order:
    """`units` are visited, or with `draw` so many of them drawn by lot; the inspectors take turns."""

    units: Sequence[Unit]
    inspectors: Sequence[User]
    aim: Aim
    from_on: date
    to_on: date
    draw: int | None = None


def order(campaign: Campaign, wanted: Order, *, by: User, tap: uuid.UUID) -> list[Visit]:
    """Send inspectors, all or none; the same form sent again makes nothing. Nobody visited is told."""
    queries.must_be_open(campaign)
    if db.session.get(VisitDraw, tap) or queries.known([uuid.uuid5(tap, str(one.id)) for one in wanted.units]):
        return []
    _check(campaign, wanted)
    lot = _draw(campaign, wanted, by, tap) if wanted.draw else None
    units = {one.name: one for one in wanted.units}
    chosen = [units[name] for name in lot.drawn] if lot else list(wanted.units)
    pairs = share_out(chosen, wanted.inspectors)
    return [_send(campaign, unit, who, wanted, lot, by=by, tap=tap) for unit, who in pairs]


def _check(campaign: Campaign, wanted: Order) -> None:
    check_aim(campaign, wanted.aim)
    if not wanted.units:
        raise Invalid("units", "请选择要督查的单位。")
    if len(wanted.units) > MOST:
        raise Invalid("units", f"一次最多安排{MOST}个单位。")
    if not wanted.inspectors:
        raise Invalid("inspectors", "请选择谁去督查。")
    if wanted.to_on < wanted.from_on:
        raise Invalid("to_on", "结束日期不能早于开始日期。")
    if wanted.to_on < clock.today():
        raise Invalid("to_on", "结束日期不能早于今天。")
    if wanted.draw is not None and not 1 <= wanted.draw <= len(wanted.units):
        raise Invalid("draw", f"请填 1 到 {len(wanted.units)}。")


def check_aim(campaign: Campaign, aim: Aim) -> None:
    """Raise Invalid beside the field that names nothing of the questionnaire, or no place."""
    known = {one.id for one in questionnaires.document_of(campaign.questionnaire).modes}
    if aim.mode.value not in known:
        raise Invalid("mode", "请选择明查还是暗访。")
    if not aim.place.strip():
        raise Invalid("place", "请写明看哪里，例如“政务大厅3号窗口”。")


def share_out(units: Sequence[Unit], inspectors: Sequence[User]) -> list[tuple[Unit, User]]:
    """Pair each unit with the inspector whose turn it is; nobody visits the own unit (Invalid if none is left)."""
    pairs: list[tuple[Unit, User]] = []
    for number, unit in enumerate(units):
        turns = [inspectors[(number + n) % len(inspectors)] for n in range(len(inspectors))]
        who = next((one for one in turns if one.unit_id != unit.id), None)
        if who is None:
            raise Invalid("inspectors", f"不能督查自己的单位：{unit.name}请换人去。")
        pairs.append((unit, who))
    return pairs


def _draw(campaign: Campaign, wanted: Order, by: User, tap: uuid.UUID) -> VisitDraw:
    seed, pool = secrets.token_hex(16), sorted(one.name for one in wanted.units)
    drawn = sampling.draw(seed, pool, wanted.draw or 0)
    made = VisitDraw(id=tap, campaign=campaign, drawn_by=by, seed=seed, pool=pool, drawn=drawn)
    db.session.add(made)
    db.session.flush()
    audit.record("visit.drawn", made, by=by, pool=len(pool), drawn=drawn)
    return made


def _send(  # noqa: PLR0913
    campaign: Campaign, unit: Unit, who: User, wanted: Order, lot: VisitDraw | None, *, by: User, tap: uuid.UUID
) -> Visit:
    made = _row(campaign, unit, wanted.aim, who, by=by, visit_id=uuid.uuid5(tap, str(unit.id)))
    made.from_on, made.to_on, made.draw_id = wanted.from_on, wanted.to_on, lot.id if lot else None
    _keep(made, "visit.ordered", by)
    return made


def begin(campaign: Campaign, unit: Unit, aim: Aim, *, by: User, tap: uuid.UUID) -> Walkthrough:
    """Visit a unit at once, without an order; the same form sent again returns the walk already begun."""
    queries.must_be_open(campaign)
    if by.role not in queries.DESKS:
        raise Forbidden("由作风整顿办安排以后才能去督查。")
    if unit.id not in {one.id for one in queries.units_for(by, campaign)}:
        raise NotFound
    visit_id = uuid.uuid5(tap, str(unit.id))
    found = db.session.get(Visit, visit_id)
    if found is None:
        check_aim(campaign, aim)
        found = _row(campaign, unit, aim, by, by=by, visit_id=visit_id)
        found.from_on = found.to_on = clock.today()
        _keep(found, "visit.begun", by)
    return walking.start(found, by=by, tap=tap)


def _row(campaign: Campaign, unit: Unit, aim: Aim, who: User, *, by: User, visit_id: uuid.UUID) -> Visit:  # noqa: PLR0913
    return Visit(
        id=visit_id,
        campaign=campaign,
        unit=unit,
        item=_place(unit, aim.place.strip()),
        inspector=who,
        ordered_by_id=by.id,
        mode=aim.mode,
        frequency=aim.frequency,
        focus=aim.focus,
        brief=aim.brief.strip(),
    )


def _place(unit: Unit, name: str) -> ServiceItem:
    """Return the place of this name, made when it is first visited: active in no catalogue."""
    found = queries.place_of(unit, name)
    if found is None:
        kind = ItemKind.PUBLIC_SERVICE
        found = ServiceItem(unit=unit, unit_id=unit.id, task_name=name, item_kind=kind, is_place=True, is_active=False)
        db.session.add(found)
        db.session.flush()
    return found


def _keep(visit: Visit, verb: str, by: User) -> None:
    db.session.add(visit)
    db.session.flush()
    audit.record(verb, visit, by=by, unit=visit.unit.name, place=visit.place, inspector=visit.inspector.username)
