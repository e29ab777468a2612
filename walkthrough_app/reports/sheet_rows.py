"""What stands on the sheet of one walk: every entry as ready words, blank where nothing was recorded."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from walkthrough_app.core import clock
from walkthrough_app.documents import phrases
from walkthrough_app.documents.charts import Segment
from walkthrough_app.questionnaires.answers import plain_answer, show_answer
from walkthrough_app.questionnaires.meanings import Meaning
from walkthrough_app.questionnaires.parts import Question, Step
from walkthrough_app.questionnaires.rules import NA
from walkthrough_app.reports.dates import moment_of
from walkthrough_app.reports.journey import Journey
from walkthrough_app.reports.sections import telling
from walkthrough_app.reports.voice import clause_of
from walkthrough_app.walkthroughs import respondents
from walkthrough_app.walkthroughs.record import RECTIFY_TYPES

BLANK = "—"
MATERIALS: tuple[Meaning, ...] = ("materials", "extra_materials")
ELSEWHERE: tuple[Meaning, ...] = (*MATERIALS, "windows")  # answers that have an entry of their own
CLIPS = {"video": "录像", "voice": "录音"}


@dataclass(frozen=True)
class StepRow:
    title: str
    span: str
    took: str
    score: str
    points: str


@dataclass(frozen=True)
class Sheet:
    """The entries of domain §6.2, people by their post."""

    journey: Journey
    campaign: Mapping[str, Any]

    @property
    def number(self) -> str:
        """TY-2018-5F0C6D1E: the year of the walk and the beginning of its id."""
        return f"TY-{self.journey.days[0].year}-{self.journey.id[:8].upper()}"

    @property
    def title(self) -> str:
        return str(self.campaign["title"])

    @property
    def unit(self) -> str:
        return str(self.journey.unit["name"])

    @property
    def walker(self) -> str:
        post = str(self.journey.record.walker["post"])
        return f"{self.journey.walker}（{post}）" if post else self.journey.walker

    @property
    def delegated(self) -> str:
        """Say whether the head went in person, and why not."""
        if self.journey.record.is_head_in_person:
            return "否，亲自体验"
        reason = clause_of(self.journey.record.plan["delegation_reason"])
        return f"是（{reason}）" if reason else "是"

    @property
    def item(self) -> str:
        item = self.journey.record.item
        code = item.get("task_code") or item.get("catalog_code")
        must = f"必须亲身体验：{phrases.listed(item['must_walk'])}" if item["must_walk"] else ""
        return "\n".join(part for part in (self.journey.item, f"编码：{code}" if code else "", must) if part)

    @property
    def mode(self) -> str:
        journey = self.journey
        if journey.mode == "代理办":
            scope = f"，范围为{journey.scope}" if journey.scope else ""
            return f"代理办（受{journey.principal or '企业或群众'}委托{scope}）"
        consent = "（已征得同意）" if journey.mode == "陪同办" and journey.record.state.has_consent else ""
        return journey.mode + consent

    @property
    def simulated(self) -> str:
        return f"是，{self.journey.stopped or '未写明终点'}" if self.journey.is_simulated else "否"

    @property
    def when(self) -> str:
        return phrases.date_range(*self.journey.days, year=True)

    @property
    def state(self) -> str:
        """Say whether the whole way was walked."""
        state = self.journey.record.state
        if state.status == "void":
            return f"已作废（{clause_of(state.void_reason)}）"
        return {"是": "全程走完", "否": "未走完全程", "待结果": "已受理、待结果"}.get(self.journey.status, "模拟体验")

    @property
    def discipline(self) -> str:
        """Return the four declarations with what was explained."""
        addon = next((one for one in self.journey.record.document.addons if one.id == "integrity"), None)
        return "；".join(self._declared(question) for question in addon.questions) if addon else BLANK

    def _declared(self, question: Question) -> str:
        answer = self.journey.record.state.answers.get(question.id)
        if not answer:
            return f"{_bare(question)}：{BLANK}"
        note = f"（{clause_of(answer['note'])}）" if answer["note"] else ""
        return f"{_bare(question)}：{plain_answer(question, answer['value'])}{note}"

    @property
    def segments(self) -> tuple[Segment, ...]:
        return self.journey.segments

    @property
    def steps(self) -> list[StepRow]:
        return [self._step(step) for step in self.journey.record.paper.steps]

    def _step(self, step: Step) -> StepRow:
        state = self.journey.record.state.steps.get(step.id)
        runs = state.runs if state else []
        took = next((one.minutes for one in self.segments if one.label == step.short), None)
        return StepRow(
            title=step.title,
            span=self._span(runs[0].start, runs[-1].stop) if runs else BLANK,
            took=phrases.minutes(took) if took is not None else BLANK,
            score=self._score(step),
            points="；".join(self._points(step)) or BLANK,
        )

    def _score(self, step: Step) -> str:
        scores = [self.journey.value(one.id) for one in step.questions if one.type == "score5"]
        return next((f"{score}分" for score in scores if isinstance(score, int)), BLANK)

    def _points(self, step: Step) -> Iterator[str]:
        """Yield what is worth saying of a step: answers that are not simply 是, notes, corrections of the time."""
        record = self.journey.record
        people = respondents.of_step(record, step) if step.repeat else []
        yield from (f"{one.name}：{one.said}" for one in people)
        asked = () if step.repeat else record.document.questions_for(step.id, str(record.data["mode"]), record.answers)
        for question in asked:
            yield from self._answered(question)
        yield from (clause_of(str(note["text"])) for note in record.state.notes if note["step"] == step.id)
        if step.deed == "track":
            yield from (
                f"{self._clock(one['at'])}{one.get('channel', '')}：{one['text']}" for one in record.state.tracks
            )
        state = record.state.steps.get(step.id)
        if state and state.typed:
            yield f"用时更正：{clause_of(state.typed['reason'])}"

    def _answered(self, question: Question) -> Iterator[str]:
        value = self.journey.value(question.id)
        has_entry = any(question.id == self.journey.record.paper.meaning(name) for name in ELSEWHERE)
        is_counted = question.auto is not None or has_entry
        if value in {None, NA, "yes"} if not isinstance(value, list) else not value:
            return
        if is_counted or question.type in {"score5", "photo"} or value == 0:
            return
        yield f"{_bare(question)}：{show_answer(question, value)}"

    @property
    def queue(self) -> str:
        return "\n".join(self._turn(n, turn) for n, turn in enumerate(self.journey.record.state.queue, 1)) or BLANK

    def _turn(self, number: int, turn: Mapping[str, Any]) -> str:
        parts = []
        if turn["number_at"]:
            ahead = f"（前面{turn['ahead']}人）" if turn["ahead"] is not None else ""
            parts.append(f"{self._clock(turn['number_at'])}取号{turn['no']}{ahead}")
        if turn["called_at"]:
            window = f"（{turn['window']}号窗口）" if turn["window"] else ""
            parts.append(f"{self._clock(turn['called_at'], beside=turn['number_at'])}叫号{window}")
        if turn["seconds"] is not None:
            parts.append(f"等候{phrases.minutes(clock.minutes(turn['seconds']))}")
        return f"第{number}次　" + "，".join(parts)

    def _span(self, start: str, stop: str | None) -> str:
        """Write from when to when: 7月9日8:30—8:42; a step still running has no end."""
        return f"{self._clock(start)}—{self._clock(stop, beside=start) if stop else ''}"

    def _clock(self, text: str, *, beside: str | None = None) -> str:
        """Write a moment short enough for a narrow column, with its day unless it is that of the one beside it."""
        at = clock.to_local(clock.parse(text))
        is_same = beside is not None and clock.to_local(clock.parse(beside)).date() == at.date()
        return ("" if is_same else self.journey.written(at.date())) + f"{at.hour}:{at.minute:02}"

    @property
    def materials(self) -> str:
        """Return the numbers of materials: in the guide, in fact, beyond the guide."""
        listed = len(self.journey.record.item["materials"])
        real, extra = (_copies(self.journey.meant(key)) for key in MATERIALS)
        return f"指南{_copies(listed or None)}／实际{real}／指南外{extra}"

    @property
    def trips(self) -> str:
        published = self.journey.record.item["limit_scene_num"]
        known = f"（公布{published}次）" if published is not None else ""
        return f"跑动{self.journey.record.trips}次{known}，窗口{self.journey.windows or BLANK}个"

    @property
    def limits(self) -> str:
        took = self.journey.took or {"待结果": "待结果", "模拟": "模拟"}.get(self.journey.status, BLANK)
        accepted, result = telling.accepted_on(self.journey), self.journey.record.result_on
        days = [f"{accepted}受理"] if accepted else []
        days += [f"{self.journey.written(result)}拿到结果"] if result else []
        return f"承诺{self.journey.promise or BLANK}／实际{took}" + (f"（{'，'.join(days)}）" if days else "")

    @property
    def voice(self) -> str:
        return telling.companion(self.journey) or BLANK

    @property
    def problems(self) -> str:
        """Return one line a problem with its number on this sheet, or why there is none."""
        lines = [self._problem(n, one) for n, one in enumerate(self.journey.record.state.findings.values(), 1)]
        reason = clause_of(self.journey.record.state.no_finding_reason)
        return "\n".join(lines) or (f"未发现问题（{reason}）" if reason else BLANK)

    def _problem(self, number: int, finding: Mapping[str, Any]) -> str:
        document = self.journey.record.document
        severity = {one.id: one.name for one in document.severities}.get(str(finding["severity"]), "")
        measure = RECTIFY_TYPES.get((finding["measure"] or {}).get("rectify_type", ""), "措施待定")
        category = str(finding["category"])
        numbers = [self._photo_numbers[one] for one in finding.get("photos") or () if one in self._photo_numbers]
        shown = f"照片{phrases.listed(map(str, numbers))}" if numbers else ""
        tags = phrases.listed(document.tag_names(finding.get("tags") or ()))
        words = (f"{category}{document.category_name(category)}", severity, tags, measure, shown)
        return f"问题{number}　{clause_of(str(finding['title']))}（{'，'.join(filter(None, words))}）"

    @property
    def _photo_numbers(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self.journey.record.state.photos, 1)}

    @property
    def evidence(self) -> str:
        """Return the numbers of the photos step by step, and how many recordings there are."""
        titles = {step.id: step.title for step in self.journey.record.document.steps}
        photos = self.journey.record.state.photos
        pairs = [(titles.get(str(photos[key]["step"]), "其他"), number) for key, number in self._photo_numbers.items()]
        groups = groupby(pairs, key=lambda pair: pair[0])
        parts = [f"{title}：照片{_range([number for _, number in found])}" for title, found in groups]
        photo_part = [f"照片共{len(photos)}张（{'；'.join(parts)}）"] if photos else []
        sorts = [clip["sort"] for clip in self.journey.record.state.clips.values()]
        clip_parts = [f"{words}{sorts.count(sort)}段" for sort, words in CLIPS.items() if sort in sorts]
        return "，".join(photo_part + clip_parts) or BLANK

    @property
    def verdict(self) -> str:
        """Return the two ratings and what the walker felt."""
        return telling.ratings(self.journey) + self.journey.record.state.feeling.strip() or BLANK

    @property
    def confirmed(self) -> str:
        """Say who confirmed the record and when; it is confirmed by ending the walk."""
        finished = self.journey.record.state.finished_at
        return f"体验人于{moment_of(finished, None)}核对无误，确认走完" if finished else "尚未确认"


def _bare(question: Question) -> str:
    return question.text.rstrip("？?")


def _copies(value: Any) -> str:
    return f"{value}份" if isinstance(value, int) else BLANK


def _range(numbers: list[int]) -> str:
    return f"{numbers[0]}至{numbers[-1]}" if len(numbers) > 1 else str(numbers[0])
