"""附件: 1 the items walked, 2 the ledger of problems, 3 the pictures; one that would be empty is not bound in."""

from walkthrough_app.reports.composed import Annex, Column, Table, fit
from walkthrough_app.reports.journey import Journey
from walkthrough_app.reports.material import ALL, Material
from walkthrough_app.reports.problems import Problem
from walkthrough_app.reports.voice import clause_of
from walkthrough_app.walkthroughs.record import RECTIFY_TYPES

KINDS = {"approval": "审批", "public_service": "公共服务"}


def write(material: Material) -> tuple[Annex, ...]:
    photos = tuple(sorted(material.pictures.photos.values(), key=lambda photo: photo.number))
    annexes = [Annex(1, "体验事项清单", _items(material), material.figures.get(ALL))]
    if material.problems:
        annexes.append(Annex(2, "问题整改台账", _ledger(material)))
    if photos:
        annexes.append(Annex(len(annexes) + 1, "佐证材料", photos=photos))
    return tuple(annexes)


def _items(material: Material) -> Table:
    rows = tuple(_item(n, journey) for n, journey in enumerate(material.journeys, 1))
    columns = (
        Column("序号", 2),
        Column("事项", is_text=True),
        Column("类别", 4),
        Column("必须亲身体验", 6),
        Column("体验人", fit((row[4] for row in rows), 4, 8)),
        Column("委托理由", 8, is_text=True) if any(row[5] != "—" for row in rows) else Column("委托理由", 4),
        Column("承诺时限", 5),
    )
    return Table("", "", columns, rows)


def _ledger(material: Material) -> Table:
    """The measure is the widest: what is left of the line."""
    rows = tuple(_entry(problem) for problem in material.problems)
    columns = (
        Column("序号", 2),
        Column("问题", 7, is_text=True),
        Column("事项和环节", 5, is_text=True),
        Column("程度", 2),
        Column("整改类型", 4),
        Column("整改措施", is_text=True),
        Column("时限和进展", fit((row[6] for row in rows), 5, 9)),
    )
    return Table("", "", columns, rows, may_turn=True)


def _item(number: int, journey: Journey) -> tuple[str, ...]:
    item = journey.record.item
    must_walk = "、".join(item["must_walk"])
    reason = clause_of(journey.record.plan["delegation_reason"])
    kind = KINDS.get(item["item_kind"], "")
    return str(number), journey.item, kind, must_walk or "—", journey.walker, reason or "—", journey.promise or "—"


def _entry(problem: Problem) -> tuple[str, ...]:
    return (
        str(problem.number),
        problem.title,
        f"{problem.journey.item}，{problem.step}",
        problem.severity,
        RECTIFY_TYPES.get(problem.rectify_type, "待定"),
        clause_of(str(problem.measure.get("measure") or "—")),
        _progress(problem),
    )


def _progress(problem: Problem) -> str:
    due, done = problem.written("due_on"), problem.written("done_on")
    if done:
        return f"{done}完成"
    if due:
        return f"{due}前"
    return "长期" if problem.rectify_type == "ongoing" else "整改中"
