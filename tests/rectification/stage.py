"""Puts findings and pictures where a test wants them."""

import io
import itertools
from datetime import timedelta
from typing import Any

from PIL import Image, ImageDraw

from tests.reports import story
from walkthrough_app.accounts.models import Unit
from walkthrough_app.campaigns.models import Campaign, ServiceItem
from walkthrough_app.core import clock, db
from walkthrough_app.media import service as media
from walkthrough_app.media.models import MediaFile
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.rectification.machine import State, Verb
from walkthrough_app.rectification.models import Finding, Source
from walkthrough_app.rectification.service import moving

_counter = itertools.count(5001)  # behind the numbers that reports take


def three_problems(item: str) -> story.Walk:
    told = story.Walk(item)
    told.step("query", 5)
    told.queue(40)
    told.step("accept", 10)
    told.tap("accepted", "accept", receipt="", promised_on=None)
    queue = told.finding("取号后排队等候40分钟", "C2", severity="serious", fact="大厅只开1个窗口。")
    told.measure(queue, "ongoing", "增开窗口，每月检查叫号情况")
    guide = told.finding("指南没有写复印件", "A4", step="prepare", fact="窗口另要复印件1份。")
    told.measure(guide, "deadline", "修订办事指南", steps="核对材料；修订；公布", due_on=str(soon()))
    seats = told.finding("等候区没有座位", "C4", severity="minor")
    told.measure(seats, "immediate", "摆放座椅", done_on=str(clock.today()))
    told.tap("result", "result", on="2018-07-09")
    told.step("result", 2)
    told.discreet()
    told.tap("finish", after=1)
    return told


def soon() -> Any:
    return clock.add_workdays(clock.today(), 10)


def put_finding(unit: Unit, campaign: Campaign, item: ServiceItem, **wanted: Any) -> Finding:
    """Write a finding that was handed over today, due in ten working days, whatever is said otherwise."""
    plain: dict[str, Any] = {
        "campaign": campaign,
        "unit": unit,
        "resp": unit,
        "lane": unit.lane,
        "source": Source.WALK,
        "item_id": item.id,
        "task_name": item.task_name,
        "step": "queue",
        "code": f"WT-2026-市直-公安局-{next(_counter):04}",
        "category": "C2",
        "severity": "moderate",
        "title": "取号后排队等候40分钟",
        "fact": "大厅只开1个窗口。",
        "found_on": clock.today() - timedelta(days=3),
        "rectify_type": "deadline",
        "measure": "增开窗口",
        "steps": "调配人员；增开窗口",
        "due_on": soon(),
        "state": State.ASSIGNED,
        "assigned_at": clock.now(),
    }
    made = Finding(**plain | wanted)
    if made.state is State.CLOSED and made.closed_at is None:
        made.closed_at = clock.now()
    db.session.add(made)
    db.session.flush()
    moving.write(made, Verb.REGISTER, None, by=None)
    db.session.commit()
    return made


def picture(number: int, size: tuple[int, int] = (640, 480)) -> Image.Image:
    """Draw a scene of its own for each number: what two of them share is that they are pictures."""
    image = Image.new("RGB", size, (40 + number * 37 % 160, 90, 200 - number * 53 % 150))
    draw = ImageDraw.Draw(image)
    for n in range(40):
        x, y = (n * 131 * (number + 3)) % size[0], (n * 89 * (number + 7)) % size[1]
        width, height = 20 + n * 7 * (number + 1) % 120, 20 + n * 11 * (number + 2) % 90
        draw.rectangle((x, y, x + width, y + height), fill=(n * 6 % 255, n * 17 * number % 255, 255 - n * 6))
    return image


def jpeg(image: Image.Image, quality: int = 90) -> io.BytesIO:
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=quality)
    stream.seek(0)
    return stream


def photo(number: int, store: LocalStore) -> MediaFile:
    return media.add_photo(jpeg(picture(number)), store=store)


def bare_campaign() -> Campaign:
    """Put a campaign without routes and plans, for a database that was made for many threads."""
    questionnaires.install_builtin()
    today = clock.today()
    days = {"opens_on": today, "walk_due": today, "report_due": today}
    basis = {"basis_title": "通知", "basis_number": "〔2018〕13号", "basis_issuer": "领导小组办公室"}
    questionnaire = questionnaires.load("walkthrough").id
    made = Campaign(title="走流程", programme="专项", questionnaire_id=questionnaire, **days, **basis)
    db.session.add(made)
    db.session.flush()
    return made
