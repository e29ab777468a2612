"""How one walk is told: plain sentences with minutes, windows, trips, materials and limits."""

from datetime import date

from walkthrough_app.documents import phrases
from walkthrough_app.reports.dates import day_at
from walkthrough_app.reports.journey import Journey
from walkthrough_app.reports.voice import clause_of, sentence
from walkthrough_app.walkthroughs import respondents

RATINGS = {"W-Q8": "能否问明白、看明白", "W-R8": "能否跑明白、办明白"}


def process(journey: Journey, made_on: date) -> str:
    facts = (manner(journey), times(journey), asked(journey), queueing(journey), materials(journey))
    return "".join(sentence(part) for part in (*facts, limits(journey, made_on), tracks(journey)) if part)


def manner(journey: Journey) -> str:
    """Say who did it for whom: as the applicant, on somebody's behalf, or beside somebody."""
    start = f"{journey.when}，{journey.walker}"
    how = {
        "亲身办": "以自己为申请人亲身办理",
        "代理办": f"受{journey.principal or '企业或群众'}委托代为办理{_scope(journey)}",
        "陪同办": f"征得同意后，与{journey.shown('W-B1') or '办事群众'}一道办理",
    }.get(journey.mode, f"采取“{journey.mode}”方式体验")
    if journey.is_simulated:
        stop = f"，{journey.stopped}" if journey.stopped else ""
        return f"{start}{how}，为模拟体验{stop}，未提交虚假信息"
    return start + how


def _scope(journey: Journey) -> str:
    return f"，委托范围为{journey.scope}" if journey.scope else ""


def times(journey: Journey) -> str:
    if not journey.segments:
        return "未记录各环节用时"
    titles = {step.short: step.title for step in journey.record.document.steps}
    steps = [f"{titles[one.label]}{phrases.minutes(one.minutes)}" for one in journey.segments]
    share = phrases.percent(journey.waited, journey.minutes)
    waited = f"，其中等候{phrases.minutes(journey.waited)}，占{share}" if journey.waited else ""
    total = f"，合计用时{phrases.minutes(journey.minutes)}" if len(steps) > 1 else ""
    return "，".join(steps) + total + waited


def queueing(journey: Journey) -> str:
    """Say how often a number was taken, how long until it was called, at how many windows, in how many trips."""
    rounds, parts = len(journey.record.state.queue), []
    if rounds:
        calls = f"取号到叫号{'共' if rounds > 1 else ''}{phrases.minutes(journey.called_after)}"
        parts.append(f"取号{rounds}次" + (f"，{calls}" if journey.called_after else ""))
    if journey.windows:
        parts.append(f"经过{journey.windows}个窗口")
    if journey.record.trips:
        published = journey.record.item["limit_scene_num"]
        known = f"（公布{published}次）" if published is not None else ""
        parts.append(f"到现场{journey.record.trips}次{known}")
    return "，".join(parts)


def materials(journey: Journey) -> str:
    listed, real, extra = (
        len(journey.record.item["materials"]),
        journey.meant("materials"),
        journey.meant("extra_materials"),
    )
    if not isinstance(real, int):
        return ""
    start = f"办事指南列明材料{listed}份，实际准备{real}份" if listed else f"实际准备材料{real}份"
    return start + (f"，其中指南之外{extra}份" if isinstance(extra, int) and extra else "")


def limits(journey: Journey, made_on: date) -> str:
    """Compare the promised with the actual length, or say that the result is still to come."""
    promise = f"承诺{_done(journey.promise)}" if journey.promise else ""
    if journey.status == "待结果":
        until = f"截至{phrases.short_date(made_on)}尚未拿到结果，为已受理、待结果事项"
        return "，".join(part for part in (f"{accepted_on(journey)}窗口正式受理", promise, until) if part)
    if not journey.took:
        return ""
    accepted, got = accepted_on(journey), journey.written(journey.record.result_on or made_on)
    days = f"{accepted}受理，{'当日' if got == accepted else got}拿到结果"
    return "，".join(part for part in (days, promise, f"实际{_done(journey.took)}", _difference(journey)) if part)


def _done(limit: str) -> str:
    return f"{limit}办结"


def _difference(journey: Journey) -> str:
    over, unit = journey.days_over, "日" if journey.record.item["promise_type"] == "day" else "个工作日"
    if over > 0:
        return f"超出承诺时限{over}{unit}"
    return f"比承诺时限提前{-over}{unit}" if over < 0 else ""


def accepted_on(journey: Journey) -> str:
    accepted = journey.record.state.accepted
    return journey.written(day_at(accepted["at"])) if accepted else ""


def tracks(journey: Journey) -> str:
    entries = [
        f"{journey.written(day_at(one['at']))}{one.get('channel', '')}查询，{clause_of(one['text'])}"
        for one in journey.record.state.tracks
    ]
    return f"受理后跟踪进程{len(entries)}次：{'；'.join(entries)}" if entries else ""


def asked(journey: Journey) -> str:
    """Say how many people were asked in a walk and how many of them answered, '' when it asks nobody."""
    record = journey.record
    parts = []
    for step in respondents.steps(record):
        people = record.sets(step.id)
        refused = sum(respondents.has_refused(record, one.questions) for one in people)
        silent = f"，其中{refused}人不同意回答" if refused else ""
        parts += [f"“{step.title}”共询问{len(people)}人{silent}，不记姓名、电话"] if people else []
    return "；".join(parts)


def is_rated(journey: Journey) -> bool:
    """Tell whether the questionnaire asks how clear it was, or what the companion thinks."""
    return any(journey.record.paper.find(key) for key in (*RATINGS, "W-B2"))


def ratings(journey: Journey) -> str:
    given = [f"{words}：{score}分" for key, words in RATINGS.items() if isinstance(score := journey.value(key), int)]
    return f"{'；'.join(given)}（满分5分）。" if given else ""


def companion(journey: Journey) -> str:
    """Pass on what the companion said; no name is ever recorded."""
    content, worst, wish = journey.shown("W-B2"), journey.value("W-B3"), journey.shown("W-B4")
    parts = [f"对这次办事{content}"] if content else []
    if worst:
        parts.append("没有觉得不方便的环节" if worst == "none" else f"认为{journey.shown('W-B3')}环节最不方便")
    if wish:
        parts.append(f"建议：“{clause_of(wish)}”")
    return f"听取陪同对象意见，{'，'.join(parts)}。" if parts else ""
