"""核对: what is missing or looks thin (S002-23). It warns and explains; it never blocks honest work."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from walkthrough_app.questionnaires.document import Addon, Step
from walkthrough_app.walkthroughs.record import WalkRecord

SHORTEST = 60  # seconds; a step done faster than this was hardly walked


@dataclass(frozen=True)
class Gap:
    """One thing to look at: `page` names where it is put right (a screen, or finding/photo with its id)."""

    text: str
    hint: str
    page: str
    target: str = ""


def gaps(record: WalkRecord) -> list[Gap]:
    return [
        *_steps(record),
        *_evidence(record),
        *_findings(record),
        *_declarations(record),
        *_mode(record),
        *_clock(record),
    ]


def _steps(record: WalkRecord) -> Iterator[Gap]:
    for name in record.to_walk:
        step, state = record.document.step(name), record.state.steps.get(name)
        if name not in record.done_steps:
            yield Gap(f"“{step.title}”没有记录", _unwalked(record), step.screen)
        elif state and state.seconds < SHORTEST and not state.is_running:
            yield Gap(f"“{step.title}”用时不到 1 分钟", "如果是忘了计时，可以改用时并写明原因", step.screen)
        if state:
            yield from _unanswered(record, step)


def _unwalked(record: WalkRecord) -> str:
    if record.is_recheck:
        return "请到现场把这一步再走一遍"
    if record.paper.doing("result") is None:
        return "请到现场走一遍，在这一步点“开始计时”"
    return f"全程办是指从{record.paper.steps[0].title}到拿到结果每一步都走"


def _unanswered(record: WalkRecord, step: Step) -> Iterator[Gap]:
    """Count what is open, of each person asked by himself."""
    skipped = Counter(one.respondent for one in record.asked(step.id) if one.id not in record.answers)
    for who, count in skipped.items():
        yield Gap(f"“{step.title}”{who}还有 {count} 问没答", "不适用的可以点“不适用”", step.screen)


def _evidence(record: WalkRecord) -> Iterator[Gap]:
    photos = record.state.photos
    if not photos:
        hint = "回头看至少要有一张现场照片" if record.is_recheck else "报送后可能被退回补充"
        yield Gap("没有佐证照片", hint, record.screens[0], "photos")
    unmasked = [photo for photo in photos.values() if not is_settled(photo) and not photo["refused"]]
    if unmasked:
        hint = "报告只用打过码或确认无需打码的照片"
        yield Gap(f"{len(unmasked)} 张照片还没有打码或确认", hint, "photo", unmasked[0]["id"])
    if record.pending:
        hint = "连上网会自动上传，传完再报送"
        yield Gap(f"{len(record.pending)} 份佐证还在手机上，没有传完", hint, record.screens[0], "photos")
    for one in record.refused:
        yield Gap("有一份佐证没能用上", one["refused"], "photo", one["id"])


def is_settled(photo: Mapping[str, Any]) -> bool:
    """Tell whether the walker has hidden what must be hidden, though the masked copy may not be made yet."""
    return bool(photo["masked"] or photo["boxes"] or photo["is_clear"])


def _findings(record: WalkRecord) -> Iterator[Gap]:
    suggestions = record.open_suggestions
    if suggestions:
        step = suggestions[0].step
        page = record.document.step(step).screen if step else "review"
        yield Gap(f"{len(suggestions)} 处可能的问题还没定", "记为问题，或者点“不是问题”", page)
    for key, finding in record.state.findings.items():
        measure = finding["measure"]
        if not measure:
            yield Gap(f"问题“{finding['title']}”还没有整改措施", "立行立改，或者写明时限和步骤", "finding", key)
        elif measure["rectify_type"] == "immediate" and not measure.get("after_photos"):
            yield Gap(f"问题“{finding['title']}”立行立改，还没有整改后的照片", "改好以后补拍一张", "finding", key)
        if not finding.get("photos"):
            yield Gap(f"问题“{finding['title']}”没有配照片", "没有照片也可以报送", "finding", key)


def _declarations(record: WalkRecord) -> Iterator[Gap]:
    for question in record.closing_questions():
        answer = record.state.answers.get(question.id)
        if answer and question.note and answer["value"] == "no" and not answer["note"]:
            yield Gap(f"“{question.text.rstrip('？')}”选了否，还没有说明", "简单说明情况即可", "review", question.id)


def _mode(record: WalkRecord) -> Iterator[Gap]:
    for addon in record.closing:
        opinions = [one.id for one in addon.questions if not one.required]
        if opinions and not any(key in record.state.answers for key in opinions):
            yield _unheard(addon)
    if record.item["must_walk"] and not (record.is_head_in_person or record.is_recheck):
        hint = "这次的记录照常保留，一把手还须亲身走一遍（S002-10）"
        yield Gap("这个事项已列为一把手必须亲身体验", hint, "review")
    if record.is_awaiting:
        page = next((step.screen for step in record.paper.steps if step.deed == "result"), "review")
        yield Gap("已受理，还没有拿到结果", "可以先报送，拿到结果后再补报", page)


def _unheard(addon: Addon) -> Gap:
    if addon.id == "accompany":
        return Gap("还没有记下陪同对象的意见", "听取企业办事人员和群众意见，不记姓名", "review", addon.id)
    first = next(one for one in addon.questions if not one.required)
    return Gap(f"“{first.text.rstrip('？')}”还没有填", "不适用的可以点“不适用”", "review", addon.id)


def _clock(record: WalkRecord) -> Iterator[Gap]:
    if {"clock_back", "clock_jump"} & set(record.state.flags):
        yield Gap("手机时间变动过", "请看一下各环节用时，不对的可以改", record.screens[0])
    if "long_run" in record.state.flags:
        yield Gap("有一个环节计时超过 6 小时", "如果是忘了停，可以改用时并写明原因", record.screens[0])
