"""最多跑一次 · 一看二问三办: plans in its three ways, a report of the police, what was written down beside it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns import service as campaigns
from walkthrough_app.campaigns.models import Campaign, Mode, PlanEntry
from walkthrough_app.core import clock, db
from walkthrough_app.demo import town as towns
from walkthrough_app.demo.programmes import asking
from walkthrough_app.demo.programmes.stage import Stage, opened
from walkthrough_app.demo.programmes.writing import settle, write
from walkthrough_app.demo.stroll import Line, Stroll, morning
from walkthrough_app.demo.town import Town
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.records import service as records
from walkthrough_app.records.models import Record
from walkthrough_app.reports import service as reports
from walkthrough_app.reports.models import Report
from walkthrough_app.walkthroughs.models import Walkthrough
from walkthrough_app.walkthroughs.service import Beginning

TITLE = "“最多跑一次”强服务强效能专项行动"
BASIS = {
    "key": "run_once",
    "title": TITLE,
    "programme": "最多跑一次",
    "basis_title": "以“最多跑一次”理念促进机关党组织强服务强效能专项行动方案",
    "basis_number": "市机工委通〔2017〕24号",
    "basis_issuer": "示例市直机关工委",
}
GAP = "其余事项和方式按计划在体验期内走完。"
ALL_WELL: Mapping[str, Any] = {f"Y-C{number}": "yes" for number in (1, 2, 9, 3, 10, 4, 5, 6)}


def build(town: Town, store: MediaStore, seed: int) -> Stage:
    stage = opened(town, store, clock.today(), seed, BASIS)
    done = [
        _walk(stage, "residence_permit", "head", "look", 12, asking.look(stage.day(10))),
        _walk(stage, "passport", "head", "ask", 11, asking.ask(stage.day(10))),
        _walk(stage, "residence_permit", "deputy", "do", 13, asking.do(stage.day(10))),
    ]
    _walk(stage, "public_hygiene", "health", "ask", 1, asking.begun(stage.today))
    _plan(stage, "newborn_hukou", "head", "do", 6)
    _plan(stage, "food_permit", "market", "look", 5)
    _confirm(stage, done)
    _selfchecks(stage)
    _heard(stage)
    _practices(stage)
    return stage


def hand_in(people: Mapping[str, User]) -> None:
    """Submit the report of the police, now that its paper is there; the group receives it."""
    campaign = db.session.scalars(select(Campaign).filter_by(title=TITLE)).one()
    report = db.session.scalars(select(Report).filter_by(campaign_id=campaign.id, head_id=people["head"].id)).one()
    with clock.pinned(morning(clock.today() - timedelta(days=2), 9, 40)):
        reports.submit(report, by=people["liaison"])
    with clock.pinned(morning(clock.today() - timedelta(days=1), 9, 15)):
        reports.receive(report, by=people["style"])


def _plan(stage: Stage, item: str, walker: str, mode: str, ago: int) -> PlanEntry:
    user = stage.people[walker]
    by = "liaison" if user.unit == stage.unit("head") else f"{walker}_liaison"
    with stage.at(ago + 2, 8):
        return campaigns.plan(
            campaign=stage.campaign,
            item=stage.town.items[item],
            by=stage.people[by],
            walker=user,
            mode=Mode(mode),
            from_on=stage.day(ago + 2),
            to_on=stage.campaign.walk_due,
            delegation_reason=towns.REASON if walker == "deputy" else "",
        )


def _walk(stage: Stage, item: str, walker: str, mode: str, ago: int, lines: Sequence[Line]) -> Walkthrough:  # noqa: PLR0913, PLR0917
    entry = _plan(stage, item, walker, mode, ago)
    stroll = Stroll(entry, stage.store, morning(stage.day(ago), 9, 30), stage.next_seed() * 10)
    return stroll.run(Beginning(), lines)


def _confirm(stage: Stage, walks: Sequence[Walkthrough]) -> None:
    head, liaison = stage.people["head"], stage.people["liaison"]
    with stage.at(4, 10):
        report = reports.draft(stage.campaign, head, walks, by=liaison)
        reports.set_contact(report, "联系人：办公室，电话：0000-1234567", by=liaison)
        for gap in reports.check(report):
            if gap.level == "explain":
                reports.explain(report, gap.key, GAP, by=liaison)
        reports.confirm(report, by=head, ticked=True, store=stage.store)


def _selfchecks(stage: Stage) -> None:
    """查摆: the police find two things and take one for a problem, the market bureau finds little, the rest owe it."""
    police: dict[str, Any] = {**ALL_WELL, "Y-C2": "no", "note-Y-C2": "支队到窗口这一层，会上讲过，窗口没有改。"}
    police |= {"Y-C5": "no", "Y-C11": stage.day(20).isoformat(), "Y-C7": ["rc4", "rc9"]}
    police["Y-C8"] = "把两个窗口、两次取号合成一次；责任落到支队长和窗口负责人。"
    record = write(stage, "liaison", "selfcheck", 19, police)
    with stage.at(19, 11, 20):
        records.take(record, "Y-C2", by=stage.people["liaison"])
    market = {**ALL_WELL, "Y-C4": "no", "Y-C7": ["rc3"], "Y-C8": "会签单从5个章减到2个章。"}
    write(stage, "market_liaison", "selfcheck", 17, market)
    county = {
        **ALL_WELL,
        "Y-C3": "no",
        "Y-C7": ["rc9", "rc11"],
        "Y-C8": "县乡之间的事项逐项写清谁办、几天办。",
    }
    write(stage, "county_liaison", "selfcheck", 16, county)
    for who, ago, number in (("liaison", 21, 46), ("market_liaison", 18, 32)):
        write(stage, who, "discussion", ago, _discussion(stage.day(ago).isoformat(), number))
    write(stage, "liaison", "plan", 18, _PLAN | {"Y-R12": stage.day(18).isoformat()})
    systems = {"Y-R41": "yes", "Y-R42": "yes", "Y-R43": "yes", "Y-R44": "no", "Y-R45": "午间AB岗没有排进值班表。"}
    write(stage, "liaison", "systems", 15, systems)


def _discussion(day: str, number: int) -> dict[str, Any]:
    return {
        "Y-R1": day,
        "Y-R2": "群众为什么要跑第二趟",
        "Y-R3": number,
        "Y-R4": "第二趟大多是因为第一趟没有说全。一次说清是窗口的责任，写清楚是科室的责任。",
    }


_PLAN = {
    "Y-R11": "窗口“最多跑一次”实施方案",
    "Y-R13": "分管户政的副局长",
    "Y-R14": "治安管理支队支队长、出入境管理支队支队长、办公室主任",
    "Y-R15": "一是一次性告知改成一张表；二是两个窗口合一；三是户籍信息内部核验。每周一调度。",
}


def _heard(stage: Stage) -> None:
    """What people said, what young staff saw, what was proposed."""
    said = {"Y-R31": "firm", "Y-R32": "meeting", "Y-R34": "trips"}
    first = write(stage, "liaison", "voice", 22, said | {"Y-R33": "员工办居住证要一个个来，能不能单位一起报？"})
    settle(stage, first, 14, {"Y-R35": "yes", "Y-R36": "每周三开企业专窗，一次收齐、一次发证。"})
    said = {"Y-R31": "citizen", "Y-R32": "hall", "Y-R34": "queue"}
    write(stage, "market_liaison", "voice", 9, said | {"Y-R33": "上午人多，下午没人，取号机上看不出来要等多久。"})
    seen = {"Y-R23": ["youth"], "Y-R24": 3, "Y-R25": 3, "Y-R26": 4, "Y-R27": 2, "Y-R28": "表格两处重复填写。"}
    day = stage.day(13).isoformat()
    youth = write(stage, "liaison", "member_walk", 13, {"Y-R21": "居民身份证补领", "Y-R22": day, **seen})
    with stage.at(12, 9, 30):
        records.take(youth, "Y-R27", by=stage.people["liaison"])
    idea = {
        "Y-R51": "身份证、居住证照相用同一张照片，一年内不用再照。",
        "Y-R52": "window",
        "Y-R53": ["materials", "trips"],
    }
    taken = write(stage, "liaison", "suggestion", 16, idea)
    settle(stage, taken, 8, {"Y-R54": "yes", "Y-R55": "照片库已共用，每天少照40多人次。"})


def _practices(stage: Stage) -> Record:
    """One model that others may read; the office publishes it and tells the province (专报)."""
    told = {
        "Y-R61": "一张告知单，一次说清楚",
        "Y-R62": "窗口人员对着一张表打勾，缺什么、去哪补、找谁，一次写清，群众带走一联。",
        "Y-R63": "试行两周，因为材料不全跑第二趟的从每天23人降到6人。",
        "Y-R64": "rule",
        "Y-R65": "窗口一次性告知办法",
        "Y-R66": "yes",
        "Y-R67": "告知单只有一页，窗口打勾、群众带走。两周里跑第二趟的人少了七成，做法不花钱，别的窗口当天就能照做。",
        "Y-R68": "yes",
        "Y-R69": "yes",
    }
    write(stage, "liaison", "practice", 7, told)
    spread = {"Y-R72": ["web", "province"], "Y-R73": stage.day(3).isoformat(), "Y-R74": "一页告知单，少跑七成第二趟。"}
    return write(stage, "office", "publicity", 3, {"Y-R71": "一张告知单，一次说清楚", **spread}, of=stage.unit("head"))
