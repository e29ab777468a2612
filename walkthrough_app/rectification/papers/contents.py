"""From what a form says to the paper that is laid out: plain JSON in, a content of documents.papers out."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from walkthrough_app.core import clock
from walkthrough_app.documents import papers
from walkthrough_app.documents.papers import Contact, LetterHead, Paper, Signed
from walkthrough_app.rectification.papers.life import Kind

Data = Mapping[str, Any]
CLASSES = {
    "A": "部分单位信息公开不到位",
    "B": "部分窗口首问负责、一次性告知等制度不落实",
    "C": "部分大厅秩序和资源配备不到位",
    "D": "部分事项要件多、环节多、时限长",
    "E": "部分事项网上办理不顺畅",
    "F": "部分审批改革事项不落地",
    "G": "部分窗口作风纪律松散",
    "H": "部分窗口人员业务不熟、评价渠道不畅",
}
BRIEF_PARTS = {"practice": "做法", "effect": "成效", "fixed_as": "固化", "spread": "可推广性"}


def of(frozen: Data) -> Paper:
    """Return the content of a frozen paper (see service.prints.freeze)."""
    return MAKERS[Kind(frozen["kind"])](frozen, frozen["content"])


def lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def words(text: str) -> tuple[str, ...]:
    """Return what is listed in one line: 市纪委监委机关、市委督查室."""
    return tuple(one.strip() for one in text.replace("，", "、").rstrip("。").split("、") if one.strip())


def texts(kind: Kind, data: Data) -> dict[str, str]:
    """Return what is published of a paper, by the name of its place on the form; contacts are meant to be there."""
    if kind is Kind.BRIEF:
        places = {"title": "标题", "item": "事项", **BRIEF_PARTS}
        return {label: str(data.get(name) or "") for name, label in places.items()}
    places = {"campaign": "活动", "addressee": "主送", "opening": "开头", "overview": "总体情况", "praise": "好的做法"}
    found = {label: str(data.get(name) or "") for name, label in places.items()}
    for letter in CLASSES:
        found[f"存在的问题{letter}类"] = f"{data.get(f'title_{letter}') or ''}\n{data.get(f'facts_{letter}') or ''}"
    last = {"demands": "工作要求", "deadline": "整改期限", "copies_to": "抄送"}
    return found | {label: str(data.get(name) or "") for name, label in last.items()}


def length_of_brief(data: Data) -> int:
    """Count the characters of 典型经验 without blanks."""
    return sum(len("".join(str(data.get(name) or "").split())) for name in BRIEF_PARTS)


def _day(text: Any) -> date:
    return date.fromisoformat(text) if text else clock.today()


def _moment(text: str) -> datetime:
    return clock.to_local(clock.parse(text))


def _signed(found: Data) -> Signed:
    return Signed(found["post"], _moment(found["at"]))


def _head(frozen: Data, data: Data) -> LetterHead:
    return LetterHead(data["issuer"], frozen["code"], urgency=data.get("urgency") or "")


def _contact(data: Data) -> Contact:
    return Contact(data["contact_post"] or "办公室", data["contact_phone"] or "")


def _notice(frozen: Data, data: Data) -> Paper:
    problems = tuple(papers.SupervisedProblem(one["code"], one["text"]) for one in data["problems"])
    return papers.SupervisionNotice(
        head=_head(frozen, data),
        unit=frozen["unit"],
        matter=data["matter"],
        basis=lines(data["basis"]),
        problems=problems,
        requirement=data["requirement"],
        due_on=_day(data["due_on"]),
        contact=_contact(data),
        feedback=data["feedback"],
        issued_by=data["issued_by"],
        issued_on=_day(frozen["issued_on"]),
        co_units=tuple(frozen["co_units"]),
        copies_to=words(data.get("copies_to") or ""),
        **_life(frozen["life"]),
    )


def _life(life: Data) -> dict[str, Any]:
    """Return what has happened to a notice so far."""
    received, reply, review = life.get("received"), life.get("reply"), life.get("review")
    confirmed = reply and reply.get("confirmed")
    return {
        "received": _signed(received) if received else None,
        "reply": papers.Reply(reply["done"], reply["result"], _signed(confirmed) if confirmed else None)
        if reply
        else None,
        "review": papers.Review(review["verdict"], review["reason"], _signed(review)) if review else None,
        "urges": tuple(papers.Urge(_day(one["on"]), one["channel"], one["answer"]) for one in life.get("urges", ())),
        "extensions": tuple(
            papers.Extension(_day(one["asked_on"]), one["reason"], _day(one["new_due_on"]), one["approved_by"])
            for one in life.get("extensions", ())
        ),
    }


def _letter(frozen: Data, data: Data) -> Paper:
    problems = tuple(
        papers.AssignedProblem(
            one["code"],
            one["item"],
            one["fact"],
            one["basis"].rstrip("。"),
            one["severity"],
            one["demand"],
            _day(one["due_on"]),
        )
        for one in data["problems"]
    )
    return papers.AssignmentLetter(
        head=_head(frozen, data),
        addressee=frozen["unit"],
        campaign=data["campaign"],
        source=data["source"].rstrip("。，"),
        problems=problems,
        reply_by=_day(data["reply_by"]),
        objection_days=int(data["objection_days"]),
        receiver=data["receiver"],
        contact=_contact(data),
        issued_on=_day(frozen["issued_on"]),
        copies_to=words(data.get("copies_to") or ""),
    )


def _bulletin(frozen: Data, data: Data) -> Paper:
    office = data["issuer"]
    return papers.Bulletin(
        mark=f"{office}文件" if data.get("with_head") else "",
        issuer=office,
        number=frozen["head_number"],
        issue=frozen["issue"] or 0,
        campaign=data["campaign"],
        addressee=data["addressee"],
        scope=frozen["scope"],
        from_on=_day(data["from_on"]),
        to_on=_day(data["to_on"]),
        basis=data["opening"].rstrip("。"),
        inspection=papers.Inspection(0, 0, 0, 0, 0, 0),
        praise=lines(data["praise"]),
        problems=tuple(_classes(data)),
        demands=lines(data["demands"]),
        due_on=_day(data["due_on"]),
        receiver=data["receiver"],
        contact=_contact(data),
        issued_on=_day(frozen["issued_on"]),
        printer=office,
        copies_to=words(data.get("copies_to") or ""),
        told_overview=data["overview"],
        told_deadline=data["deadline"],
    )


def _classes(data: Data) -> Iterator[papers.ProblemClass]:
    for letter, title in CLASSES.items():
        facts = lines(data.get(f"facts_{letter}") or "")
        if facts:
            yield papers.ProblemClass(data.get(f"title_{letter}") or title, facts)


def about(unit: str, names: Sequence[str], facts: Sequence[str]) -> list[str]:
    """Return the facts that name a unit, and those that name none of the units."""
    return [one for one in facts if unit in one or not any(name in one for name in names)]


def _recheck(frozen: Data, data: Data) -> Paper:
    return papers.RecheckRecord(
        number=frozen["code"],
        issuer=data["issuer"],
        issued_on=_day(frozen["issued_on"]),
        unit=frozen["unit"],
        problems=data["code"],
        item=data["item"],
        found_on=_day(data["found_on"]),
        problem=data["problem"],
        measure=data["measure"],
        checked_on=_day(data["checked_on"]),
        method=data["method"],
        checker=data["checker"],
        state_now=data["state_now"],
        conclusion=data["conclusion"],
        measures=tuple(papers.ThenNow(one["name"], one["then"], one["now"]) for one in data.get("measures", ())),
        pictures=tuple(papers.PicturePair(one["then"], one["now"]) for one in data.get("pictures", ())),
    )


def _brief(frozen: Data, data: Data) -> Paper:
    return papers.PracticeBrief(
        number=frozen["code"],
        title_text=data["title"],
        issuer=data["issuer"],
        issued_on=_day(frozen["issued_on"]),
        unit=data["unit_name"],
        item=data["item"],
        practice=data["practice"],
        effect=data["effect"],
        fixed_as=data["fixed_as"],
        spread=data["spread"],
    )


MAKERS = {
    Kind.NOTICE: _notice,
    Kind.LETTER: _letter,
    Kind.RECHECK: _recheck,
    Kind.BULLETIN: _bulletin,
    Kind.BRIEF: _brief,
}
