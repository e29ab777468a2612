"""What happened on the sample walks of 最多跑一次: one looked, one asked, one did it himself. All of it is invented."""

from datetime import date
from typing import Any

from walkthrough_app.core import clock
from walkthrough_app.demo.scripts import say
from walkthrough_app.demo.stroll import Line


def told(minute: float, answers: dict[str, Any]) -> Line:
    """Answers by question id: sets of respondents end in `_2`, `_3`."""
    return minute, "answers", answers


def look(today: date) -> list[Line]:
    """现场看: twenty minutes beside the counter for residence permits."""
    sign = {
        "rectify_type": "immediate",
        "measure": "四项制度做成一块牌子，放到每个窗口。",
        "done_on": today.isoformat(),
        "after": [1],
    }
    return [
        told(4, {"Y-L1": "yes", "Y-L2": "yes"}),
        say(9, "photo", step="look", scene="kiosk", caption="大厅自助机前没有人引导"),
        told(26, {"Y-L3": "yes", "Y-L4": 0, "Y-L5": 18, "Y-L6": "no", "Y-L7": "yes"}),
        say(30, "photo", step="look", scene="notice", caption="补上的四项制度公示牌"),
        say(
            31,
            "finding",
            step="look",
            title="四项制度没有公示全",
            fact="窗口只公示了岗位责任，公开承诺、限时办结、AB岗都没有公示。",
            severity="minor",
            category="B5",
            clause={"seed": "S000", "text": "“岗位责任制”“公开承诺制”“限时办结制”“AB 岗工作制”"},
            question="Y-L6",
            root_cause="RC3",
            photos=[0],
            measure=sign,
        ),
        say(33, "feeling", text="人不多，秩序好；制度写在文件里，没有写到群众看得见的地方。"),
        say(34, "settle"),
        say(35, "finish"),
    ]


def ask(today: date) -> list[Line]:
    """跟踪问: three people who came for a passport, one of whom would rather not answer."""
    share = {
        "rectify_type": "deadline",
        "measure": "户籍信息窗口内部核验，不再要群众另交户口本复印件。",
        "steps": "先列出能内部核验的材料；再改办事指南；最后培训窗口人员。",
        "due_on": clock.add_workdays(today, 12).isoformat(),
        "resp_person": "出入境管理支队支队长",
    }
    first = {"Y-W0": "yes", "Y-W1": "estate", "Y-W2": 1, "Y-W3": 0, "Y-W4": "good", "Y-W5": ["queue"]}
    third = {"Y-W0_3": "yes", "Y-W1_3": "estate", "Y-W2_3": 2, "Y-W3_3": 1, "Y-W4_3": "bad", "Y-W5_3": ["papers"]}
    return [
        told(6, {**first, "Y-W6": "周六能办就更好了。"}),
        told(14, {"Y-W0_2": "no"}),
        told(24, {**third, "Y-W6_3": "户口本复印件交过一次了，今天又要一份。"}),
        say(
            27,
            "finding",
            step="ask",
            title="同样的材料让群众交两次",
            fact="受访者3说跑了2趟，第二趟是补交户口本复印件，这份材料预约时已经传过。",
            severity="moderate",
            category="D6",
            clause={"seed": "S000", "text": "杜绝重复提交"},
            question="Y-W3_3",
            root_cause="RC7",
            tags=["reluctant"],
            photos=[],
            measure=share,
        ),
        say(29, "feeling", text="群众不是嫌办得慢，是嫌同一张纸交两遍。"),
        say(30, "settle"),
        say(31, "finish"),
    ]


def do(today: date) -> list[Line]:
    """具体办: a residence permit, two trips because of a form nobody had named."""
    once = {
        "rectify_type": "deadline",
        "measure": "一次性告知单改成一张表，缺什么当场打勾交给群众。",
        "steps": "本周改表，下周起每个窗口使用，分管领导每周抽查。",
        "due_on": clock.add_workdays(today, 8).isoformat(),
        "resp_person": "治安管理支队支队长",
    }
    return [
        told(12, {"Y-D5": "no"}),
        say(30, "trip"),
        say(30, "step_start", step="queue"),
        say(31, "number", step="queue", no="C021", ahead=7),
        say(52, "called", step="queue", window="2"),
        say(52, "step_start", step="accept"),
        told(60, {"Y-D2": 0, "Y-D4": "yes", "Y-D6": "yes"}),
        say(61, "note", step="accept", text="窗口说还要一张单位证明，明天再来。"),
        say(62, "rest"),
        say(62 + 1440, "trip"),
        say(75 + 1440, "photo", step="accept", scene="receipt", caption="第二趟才拿到的受理回执"),
        say(76 + 1440, "accepted", step="accept", receipt="2026-0932"),
        say(76 + 1440, "step_start", step="track"),
        told(77 + 1440, {"Y-D9": "yes"}),
        say(78 + 1440, "step_start", step="result"),
        say(84 + 1440, "result", step="result", how="onsite"),
        told(86 + 1440, {"Y-D3": "no", "Y-D7": "delay", "Y-D8": 3}),
        say(
            88 + 1440,
            "finding",
            step="accept",
            title="没有一次说清，让群众多跑一趟",
            fact="第一趟没说要单位证明，第二天带来才受理，这件事跑了2趟。",
            severity="moderate",
            category="D5",
            clause={"seed": "S000", "text": "“最多跑一次”"},
            question="Y-D1",
            root_cause="RC4",
            tags=["delay"],
            photos=[0],
            measure=once,
        ),
        say(90 + 1440, "feeling", text="差一张纸，群众就差半天。"),
        say(91 + 1440, "settle"),
        say(92 + 1440, "finish"),
    ]


def begun(_today: date) -> list[Line]:
    """跟踪问, not yet over: two people of the health commission's hall were asked."""
    first = {"Y-W0": "yes", "Y-W1": "permit", "Y-W2": 1, "Y-W3": 0, "Y-W4": "very", "Y-W5": ["none"]}
    second = {"Y-W0_2": "yes", "Y-W1_2": "permit", "Y-W2_2": 1, "Y-W4_2": "fair", "Y-W5_2": ["papers", "queue"]}
    return [told(7, first), told(18, second)]
