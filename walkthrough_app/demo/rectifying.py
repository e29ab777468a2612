"""What has become of the problems: some signed for, one put right, one under supervision, one to be looked at again."""

import uuid
from datetime import timedelta

from sqlalchemy import select

from walkthrough_app.accounts.models import User
from walkthrough_app.core import clock, db
from walkthrough_app.demo.stroll import morning, picture
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.rectification import service
from walkthrough_app.rectification.models import Finding
from walkthrough_app.rectification.papers import prefill
from walkthrough_app.rectification.papers import service as papers
from walkthrough_app.rectification.rechecks import service as rechecks

QUEUE, GUIDE, PUSHED, ONLINE = (
    "排队等候时间过长",
    "办事指南不简明，没有填写样表",
    "窗口之间推来推去",
    "网上查不到办理进度",
)


def build(store: MediaStore, seed: int) -> None:
    """Let units and the group go on with what stands in the ledger of the city's departments."""
    people = {user.username: user for user in db.session.scalars(select(User))}
    found = {one.title: one for one in db.session.scalars(select(Finding)) if one.resp_id != people["county"].unit_id}
    with clock.pinned(morning(clock.today() - timedelta(days=1), 15, 10)):
        _units(found, people, store, seed)
    _group(found, people)


def _units(found: dict[str, Finding], people: dict[str, User], store: MediaStore, seed: int) -> None:
    health, market = people["health_liaison"], people["market_liaison"]
    for title, by in ((QUEUE, health), (GUIDE, health), (ONLINE, market)):
        service.sign(found[title], by=by)
    service.note(found[QUEUE], "上午高峰已增开1个窗口，平均等候降到28分钟；网上预约正在开通。", by=health)
    after = picture("form", seed, store)
    service.report_done(found[GUIDE], "填写样表已做好，放在窗口和网上，指南压缩到一页。", [after], by=health)
    later = (found[ONLINE].due_on or clock.today()) + timedelta(days=14)
    asked = "进度查询要等市里的平台升级", "已报市政务服务平台，排在12月中旬升级"
    service.ask_extension(found[ONLINE], later, *asked, by=market)


def _group(found: dict[str, Finding], people: dict[str, User]) -> None:
    style = people["style"]
    due_on = clock.add_workdays(clock.today(), 5)
    rechecks.order(found[PUSHED], style, due_on, by=style, tap=uuid.uuid4())
    papers.issue(papers.draft(prefill.proposed_notice([found[QUEUE]], style), by=style), by=style)
