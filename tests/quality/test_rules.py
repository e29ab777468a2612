"""The rules as data: every rule has its sign and its sentences, and no sign stumbles over any log of events."""

import uuid
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.quality.honest import DOCUMENT
from tests.reports import story
from tests.walkthroughs.events import Log, moment
from walkthrough_app.quality import texts, traces
from walkthrough_app.quality.judging import judge
from walkthrough_app.quality.rulebook import builtin, parse
from walkthrough_app.quality.signs import SIGNS
from walkthrough_app.quality.subject import Around, Match, Overlap, Subject, Whose
from walkthrough_app.quality.words import length
from walkthrough_app.walkthroughs.record import WalkRecord

OTHER = uuid.uuid4()
KEYS = [str(uuid.UUID(int=(0x4000 << 64) | (0x8 << 60) | number)) for number in range(1, 5)]
STEPS = ["query", "prepare", "queue", "accept", "track", "result", "lunch", None]
QUESTIONS = [question.id for question in DOCUMENT.all_questions()] + ["W-gone"]
VALUES = st.one_of(
    st.none(), st.integers(0, 99), st.sampled_from(["yes", "no", "na", "{length}"]), st.lists(st.just("web"))
)
WORDS = st.text(min_size=1, max_size=40)
TAKEN = st.sampled_from([None, "2018-07-09T01:00:00.000Z", "1970-01-01T00:00:00Z", "2018-99-09T01:00:00Z"])


def kinds() -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    """Any tap with any payload the schema lets in."""
    key = st.sampled_from(KEYS)
    finding = st.fixed_dictionaries(
        {"finding": key, "title": WORDS, "severity": st.just("minor"), "category": st.just("C4")},
        optional={"fact": WORDS, "photos": st.lists(key, max_size=2)},
    )
    measure = st.fixed_dictionaries(
        {"finding": key, "rectify_type": st.just("ongoing"), "measure": WORDS},
        optional={"after_photos": st.lists(key, max_size=2)},
    )
    payloads: dict[str, st.SearchStrategy[dict[str, Any]]] = {
        "answer": st.fixed_dictionaries({"question": st.sampled_from(QUESTIONS), "value": VALUES}),
        "photo": st.fixed_dictionaries({"media": st.sampled_from([None, "a" * 64, "b" * 64]), "taken_at": TAKEN}),
        "clip": st.just({"sort": "voice", "type": "", "size": 1}),
        "finding": finding,
        "measure": measure,
        "drop": st.fixed_dictionaries({"finding": key}),
        "timing": st.fixed_dictionaries({"seconds": st.integers(0, 604800), "reason": WORDS}),
        "retract": st.fixed_dictionaries({"event": key}),
        "feeling": st.fixed_dictionaries({"text": WORDS}),
        "no_finding": st.fixed_dictionaries({"reason": WORDS}),
        "kept": st.fixed_dictionaries({"evidence": key, "media": st.just("c" * 64), "sent": st.just("d" * 64)}),
        "clock": st.just({"jump": 900}),
        **{
            name: st.just({})
            for name in ("step_start", "step_stop", "pause", "resume", "rest", "number", "called", "accepted", "result")
        },
        **{name: st.just({}) for name in ("finish", "reopen", "trip", "authorization")},
    }
    payloads["authorization"] = st.fixed_dictionaries({"principal": st.just("firm"), "scope": WORDS, "photo": key})
    return st.sampled_from(sorted(payloads)).flatmap(lambda kind: st.tuples(st.just(kind), payloads[kind]))


TAPS = st.lists(st.tuples(kinds(), st.integers(-3000, 9000), st.sampled_from(STEPS), st.integers(0, 3)), max_size=40)


@settings(max_examples=150, deadline=None)
@given(TAPS, st.booleans(), st.lists(st.integers(0, 4000), max_size=12), st.integers(0, 256))
def test_no_rule_stumbles_over_any_log(taps: list[Any], is_simulated: bool, lengths: list[int], apart: int) -> None:
    log = Log()
    log.add("start", 0, mode="in_person", is_simulated=is_simulated, simulation_stop="queue" if is_simulated else None)
    at = 0.0
    for (kind, payload), seconds, step, device in taps:
        at += seconds / 60
        log.add(kind, max(at, 0), step, device=f"phone-{device}", **payload)
    walk = story.Walk("居住证申领", is_simulated=is_simulated)
    data = walk.json() | {"events": log.events}
    record = WalkRecord(data, DOCUMENT, DOCUMENT.thresholds)
    around = Around(
        peers={step: lengths for step in STEPS if step},
        pictures=[Match(KEYS[0], OTHER, whose, apart, seconds=1e6) for whose in Whose],
        texts=[Match("fact:x", OTHER, whose, alike=99.0, text="字" * 40, shown="{count}" * 9) for whose in Whose],
        devices={"phone-1": [OTHER]},
        overlaps=[Overlap(OTHER, 1e4)],
    )
    subject = Subject(record, around, posted_by_other=KEYS)
    found = list(judge(subject, builtin()))
    assert len({one.id_in(OTHER) for one in found}) == len(found)
    assert all(one.sentence for one in found)
    traces.spans(subject)
    list(traces.photo_traces(subject, {}, lambda _key: traces.clock.parse(moment(0))))
    list(traces.text_traces(subject, {}, traces.clock.parse(moment(0))))


def test_every_rule_has_a_sign_and_every_sign_a_rule() -> None:
    assert {rule.id for rule in builtin().rules} == set(SIGNS)


def test_a_sentence_never_accuses() -> None:
    said = "".join(words for rule in builtin().rules for words in (rule.name, *rule.says.values()))
    assert not [word for word in ("造假", "作弊", "弄虚", "敷衍", "涉嫌", "违规", "抄袭", "冒充") if word in said]


def test_limits_of_zero_break_nothing() -> None:
    zeros = {rule.id: {"limits": {limit.id: 0 for limit in rule.limits}} for rule in builtin().rules}
    walk = story.short()
    record = WalkRecord(walk.json(), DOCUMENT, DOCUMENT.thresholds)
    list(judge(Subject(record, Around(peers={"queue": [5]})), builtin().changed(zeros)))


@pytest.mark.parametrize(
    "broken",
    [
        {"level": "accuse"},
        {"says": {}},
        {"limits": [{"id": "a", "name": "甲乙", "value": -1, "unit": "次"}]},
        {"id": "A"},
    ],
)
def test_a_rulebook_that_is_not_laid_out_right_is_refused(broken: dict[str, Any]) -> None:
    rule = {"id": "one", "name": "一条", "level": "note", "says": {"default": "有一处。"}}
    assert parse({"schema": "walkthrough-quality/1", "version": 1, "rules": [rule]}).rule("one").is_on
    with pytest.raises(jsonschema.ValidationError):
        parse({"schema": "walkthrough-quality/1", "version": 1, "rules": [rule | broken]})


def test_lengths_are_said_as_people_say_them() -> None:
    assert [length(n) for n in (0, 20, 59, 60, 359, 3600, 5400, 200_000)] == [
        "0秒", "20秒", "59秒", "1分钟", "5分钟", "1小时", "1小时30分钟", "2天",
    ]  # fmt: skip


def test_the_apps_own_words_are_nobodys_copy() -> None:
    suggested = "咨询电话打了3次才接通。排到窗口又被告知少一份材料"
    assert texts.plain(texts.without_standard(suggested, DOCUMENT)) == "排到窗口又被告知少一份材料"


def test_texts_that_differ_in_a_word_share_a_mark_and_others_do_not() -> None:
    one = texts.plain("二楼综合窗口的告知单和网上写的对不上，多跑了一个来回，身边的老人只好站着")
    two = one.replace("二楼", "三楼")
    other = texts.plain("取号机坏了，最后是保安给指的路，排了四十分钟才轮到，材料又要重填一遍")
    assert set(texts.marks(one).items()) & set(texts.marks(two).items())
    assert not set(texts.marks(one).items()) & set(texts.marks(other).items())
    assert texts.alike(one, two) > 90
