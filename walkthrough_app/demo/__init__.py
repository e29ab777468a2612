"""Believable sample data for 示例市, built only through the services."""

import os
import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Unpack

import click
from sqlalchemy import func, select

from walkthrough_app import config, jobs, wiring
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns import service as campaigns
from walkthrough_app.campaigns.models import Mode, PlanEntry
from walkthrough_app.core import clock, db
from walkthrough_app.demo import county, load, programmes, rectifying, same, scripts, submitted, town
from walkthrough_app.demo.stroll import Line, Stroll, morning
from walkthrough_app.demo.town import PlanDetails, Town
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.walkthroughs.service import Beginning

NOTE = "demo-accounts.txt"


def run(*, seed: int, if_empty: bool, size: load.Size | None = None) -> None:
    """Fill the database of the settings, with load data when a size is given.

    With `if_empty` do nothing when somebody is there already.
    """
    settings = config.from_env()
    store = wiring.connect(settings)
    if if_empty and _somebody():
        return
    refuse_somebody()
    if size:
        password, names = load.run(settings, size, seed)
        _tell(settings, password, [f"  {name}" for name in names])
        return
    password = settings.demo_password or secrets.token_hex(5)
    with db.transaction():
        build(store, password=password, seed=seed)
    jobs.run_pending()
    with db.transaction():
        submitted.hand_in()
        programmes.hand_in()
        rectifying.build(store, seed + 90)
    jobs.run_pending()
    _tell(settings, password, [*town.account_lines(), county.ACCOUNT])


def build(store: MediaStore, *, password: str, seed: int) -> Town:
    """Make 示例市 with walks in every state and confirmed reports in both lanes, ready to be handed in."""
    today = clock.today()
    with clock.pinned(morning(today - timedelta(days=9), 8, 30)):
        made = town.build(password, today)
        planned = plans(made, today)
        county.build(made, password, today)
    _walk(planned["card"], store, today - timedelta(days=5), scripts.identity_card(today), seed)
    _walk(planned["permit"], store, today - timedelta(days=4), scripts.residence_permit(today), seed + 20)
    submitted.build(made, store, today, seed + 40)
    same.build(made, store, today)
    programmes.build(made, store, seed + 1000)
    return made


def plans(made: Town, today: date) -> dict[str, PlanEntry]:
    """Plan the police bureau's walks: three wait for the head, one in each mode."""
    errand = campaigns.add_errand(
        item=made.items["residence_permit"],
        principal="firm",
        summary="某物业公司代新入职员工申领居住证",
        by=made.people["liaison"],
    )

    def plan(item: str, walker: str, mode: Mode, **details: Unpack[PlanDetails]) -> PlanEntry:
        return town.plan(made, item=item, walker=walker, by="liaison", mode=mode, today=today, **details)

    plan("newborn_hukou", "head", Mode.IN_PERSON, is_simulated=True)
    plan("residence_permit", "head", Mode.ON_BEHALF, errand=errand)
    plan("passport", "head", Mode.ACCOMPANIED)
    return {
        "card": plan("id_card", "head", Mode.IN_PERSON, test_question="照相和受理能不能一次办完"),
        "permit": plan("residence_permit", "deputy", Mode.IN_PERSON),
    }


def _walk(plan: PlanEntry, store: MediaStore, day: date, lines: Sequence[Line], seed: int) -> None:
    Stroll(plan, store, morning(day), seed).run(Beginning(has_consent=plan.mode is Mode.ACCOMPANIED), lines)


def refuse_somebody() -> None:
    """Raise ClickException unless the database is empty."""
    if _somebody():
        raise click.ClickException("已有数据，不再生成示例数据。")


def _somebody() -> bool:
    found = db.session.scalar(select(func.count()).select_from(User))
    db.session.remove()
    return bool(found)


def _tell(settings: config.Settings, password: str, accounts: Sequence[str]) -> None:
    """Print the accounts, and keep them beside the data for the next start."""
    lines = ["示例账号（只在示例数据里有），密码都是：" + password, *accounts]
    path = settings.data_dir / NOTE
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    click.echo("\n".join(lines))
