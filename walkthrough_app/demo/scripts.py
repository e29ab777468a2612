"""What happened on the sample walks. Figures and findings are invented; the places do not exist."""

from datetime import date
from typing import Any

from walkthrough_app.core import clock
from walkthrough_app.demo.stroll import Line

DISCIPLINE: dict[str, Any] = {"W-I1": "yes", "W-I2": "yes", "W-I3": "yes", "W-I4": "yes"}


def say(minute: float, what: str, **given: Any) -> Line:
    return minute, what, given


def answers(minute: float, **given: Any) -> Line:
    """Answers by question id, written W_Q1 for W-Q1."""
    return minute, "answers", {key.replace("_", "-"): value for key, value in given.items()}


def identity_card(today: date) -> list[Line]:
    """居民身份证补领: two floors, two numbers; accepted, the card is still being made."""
    merge = {
        "rectify_type": "deadline",
        "measure": "照相、指纹采集与受理合并到一个窗口，一次取号办完。",
        "steps": "先腾出一楼3号窗口；再把照相设备移到窗口旁；最后叫号系统改为一号通办。",
        "due_on": clock.add_workdays(today, 20).isoformat(),
        "resp_person": "分管领导",
    }
    hours = {
        "rectify_type": "immediate",
        "measure": "更正网上公布的办公时间，午间保留1个值班窗口。",
        "done_on": today.isoformat(),
        "after": [5],
    }
    return [
        answers(2, W_Q1=["phone", "web"], W_Q2=2, W_Q3="no", W_Q4="yes", W_Q5="no", W_Q6="yes", W_Q7="yes", W_Q8=4),
        say(12, "step_start", step="prepare"),
        answers(30, W_P1="yes", W_P2="yes", W_P3=3, W_P4=0, W_P5=1, W_P6=0, W_P7="yes", W_P8="none"),
        say(47, "trip"),
        say(47, "step_start", step="queue"),
        say(48, "number", step="queue", no="A037", ahead=14),
        say(49, "photo", step="queue", scene="hall", caption="一楼大厅取号后排队，前面14人"),
        say(52, "photo", step="queue", scene="notice", caption="公示栏写午间不休，实际11时40分停止取号"),
        say(71, "called", step="queue", window="3"),
        say(72, "note", step="queue", text="窗口让先到二楼照相，照完再取一次号。"),
        say(73, "number", step="queue", no="B012", ahead=6),
        say(75, "photo", step="queue", scene="kiosk", caption="二楼照相处再次取号"),
        say(91, "called", step="queue", window="8"),
        answers(92, W_K1="no", W_K3="yes", W_K4=1, W_K5=["windows"], W_K6="yes", W_K7="na", W_K8="no"),
        say(93, "step_start", step="accept"),
        say(96, "photo", step="accept", scene="counter", caption="二楼8号窗口受理"),
        answers(104, W_A1="no", W_A2="na", W_A4=2, W_A5="yes", W_A6="yes", W_A7="yes", W_A8=4),
        say(108, "photo", step="accept", scene="receipt", caption="受理回执，写明20个工作日"),
        say(109, "accepted", step="accept", receipt="2026-0713"),
        say(110, "step_start", step="track"),
        say(110, "photo", step="track", scene="notice", caption="更正后的办公时间公示"),
        say(
            111,
            "finding",
            step="queue",
            title="照相与受理分在两层，须重复取号",
            fact="一楼取号等候23分钟后被告知先到二楼照相，再次取号，又等候18分钟。",
            severity="moderate",
            category="C7",
            clause={"seed": "S002", "text": "重复叫号排队现象是否突出"},
            question="W-K4",
            photos=[0, 2],
            measure=merge,
        ),
        say(
            113,
            "finding",
            step="query",
            title="网上公布的办公时间与现场不一致",
            fact="网上公布午间不休，现场11时40分停止取号。",
            severity="minor",
            category="A2",
            clause={"seed": "S002", "text": "办公时间"},
            question="W-Q5",
            photos=[1],
            measure=hours,
        ),
        say(114, "rest"),
        say(114 + 2 * 1440, "track", step="track", channel="网上", text="显示“制证中”，没有预计日期"),
        (115 + 2 * 1440, "answers", {"W-T1": "yes", "W-T2": "web", "W-T5": ["share"], **DISCIPLINE}),
        say(115 + 2 * 1440, "settle"),
        say(
            116 + 2 * 1440, "feeling", text="信息问得清，窗口态度也好；难在照相和受理分两层，群众要取两次号、多等一轮。"
        ),
    ]


def residence_permit(today: date) -> list[Line]:
    """居住证申领 by the deputy: one window, one trip, one material too many."""
    trim = {
        "rectify_type": "immediate",
        "measure": "取消租房备案复印件，由窗口内部核验。",
        "done_on": today.isoformat(),
        "after": [3],
    }
    return [
        answers(3, W_Q1=["web", "onsite"], W_Q3="yes", W_Q4="yes", W_Q5="yes", W_Q6="no", W_Q7="yes", W_Q8=4),
        say(9, "step_start", step="prepare"),
        answers(25, W_P1="yes", W_P2="no", W_P3=4, W_P4=1, W_P5=0, W_P6=0, W_P7="yes", W_P8="one"),
        say(31, "trip"),
        say(31, "step_start", step="queue"),
        say(32, "number", step="queue", no="C008", ahead=3),
        say(33, "photo", step="queue", scene="hall", caption="社区服务站排队"),
        say(44, "called", step="queue", window="2"),
        answers(45, W_K1="yes", W_K3="yes", W_K4=0, W_K5=["enough"], W_K6="yes", W_K7="na", W_K8="yes"),
        say(45, "step_start", step="accept"),
        say(50, "photo", step="accept", scene="form", caption="要求另交租房备案复印件"),
        answers(58, W_A1="yes", W_A2="yes", W_A4=1, W_A5="yes", W_A6="no", W_A7="yes", W_A8=5),
        say(60, "accepted", step="accept"),
        say(60, "step_start", step="track"),
        say(62, "result", step="result", how="onsite"),
        say(62, "step_start", step="result"),
        say(66, "photo", step="result", scene="receipt", caption="当场办结的回执"),
        say(66, "photo", step="result", scene="notice", caption="更正后的材料清单已公示"),
        answers(67, W_R2="onspot", W_R4="yes", W_R5="none", W_R6=["keep"], W_R8=4),
        say(
            69,
            "finding",
            step="prepare",
            title="指南没写的材料现场才要",
            fact="指南列3份材料，窗口另要租房备案复印件1份。",
            severity="minor",
            category="D1",
            clause={"seed": "S002", "text": "所需材料等信息是否方便获取"},
            question="W-P4",
            photos=[1],
            measure=trim,
        ),
        (70, "answers", DISCIPLINE),
        say(71, "feeling", text="一次取号、一个窗口办完，比想的快；多要的那份复印件不该由群众跑。"),
        say(72, "settle"),
        say(73, "finish"),
    ]


def accompanied(today: date) -> list[Line]:
    """A walk beside a citizen: long queue, unclear guide."""
    guide = {
        "rectify_type": "deadline",
        "measure": "办事指南改成一张图，附填写样表。",
        "steps": "先改样表，再在大厅和网上同步公布。",
        "due_on": clock.add_workdays(today, 10).isoformat(),
        "resp_person": "办公室主任",
    }
    return [
        answers(4, W_Q1=["phone"], W_Q2=1, W_Q4="yes", W_Q5="yes", W_Q6="no", W_Q7="yes", W_Q8=3),
        say(8, "step_start", step="prepare"),
        answers(26, W_P1="no", W_P2="no", W_P3=5, W_P4=0, W_P5=0, W_P6=1, W_P7="no", W_P8="one"),
        say(28, "trip"),
        say(28, "step_start", step="queue"),
        say(29, "number", step="queue", no="027", ahead=21),
        say(30, "photo", step="queue", scene="hall", caption="窗口前排队21人"),
        say(81, "called", step="queue", window="1"),
        answers(82, W_K1="yes", W_K3="yes", W_K4=0, W_K5=["staff"], W_K6="yes", W_K7="na", W_K8="no"),
        say(82, "step_start", step="accept"),
        say(90, "photo", step="accept", scene="counter", caption="窗口受理"),
        answers(97, W_A1="yes", W_A2="yes", W_A4=1, W_A5="yes", W_A6="yes", W_A7="yes", W_A8=4),
        say(98, "accepted", step="accept"),
        say(98, "step_start", step="track"),
        say(100, "result", step="result", how="onsite"),
        say(100, "step_start", step="result"),
        answers(104, W_R2="onspot", W_R4="yes", W_R5="none", W_R6=["online"], W_R8=3),
        say(
            106,
            "finding",
            step="queue",
            title="排队等候时间过长",
            fact="取号后等候52分钟，前面21人，只开1个窗口。",
            severity="moderate",
            category="C2",
            clause={"seed": "S002", "text": "排队难问题"},
            question="W-K2",
            photos=[0],
            measure={
                "rectify_type": "deadline",
                "measure": "上午高峰增开1个窗口，开通网上预约。",
                "steps": "本周增开窗口；下月开通预约。",
                "due_on": clock.add_workdays(today, 15).isoformat(),
                "resp_person": "分管领导",
            },
        ),
        say(
            108,
            "finding",
            step="prepare",
            title="办事指南不简明，没有填写样表",
            fact="申请表有3处看不懂，陪同对象改了两遍。",
            severity="minor",
            category="A5",
            clause={"seed": "S002", "text": "填写范例是否简明易懂"},
            question="W-P2",
            photos=[],
            measure=guide,
        ),
        (
            109,
            "answers",
            {"W-B1": "citizen", "W-B2": "mostly_satisfied", "W-B3": "queue", "W-B4": "希望能预约。", **DISCIPLINE},
        ),
        say(110, "feeling", text="陪着走一遍才知道，等的时间比办的时间长得多。"),
        say(111, "settle"),
        say(112, "finish"),
    ]


def licence(today: date) -> list[Line]:
    """A permit walked by the head: sent to another window, one form too many."""
    one_window = {
        "rectify_type": "immediate",
        "measure": "首个接待窗口负责到底，内部流转，不再让申请人自己找窗口。",
        "done_on": today.isoformat(),
        "after": [3],
    }
    online = {
        "rectify_type": "escalate",
        "measure": "网上平台增加材料上传和进度查询。",
        "escalate_to": "市数据局",
    }
    return [
        answers(5, W_Q1=["web", "phone"], W_Q2=4, W_Q3="no", W_Q4="yes", W_Q5="yes", W_Q6="yes", W_Q7="yes", W_Q8=3),
        say(16, "step_start", step="prepare"),
        answers(50, W_P1="yes", W_P2="yes", W_P3=3, W_P4=0, W_P5=2, W_P6=0, W_P7="no", W_P8="one"),
        say(56, "trip"),
        say(56, "step_start", step="queue"),
        say(57, "number", step="queue", no="D019", ahead=5),
        say(58, "photo", step="queue", scene="kiosk", caption="自助机只能查询，不能申请"),
        say(69, "called", step="queue", window="5"),
        answers(70, W_K1="yes", W_K3="yes", W_K4=0, W_K5=["enough"], W_K6="yes", W_K7="no", W_K8="yes"),
        say(70, "step_start", step="accept"),
        say(75, "photo", step="accept", scene="counter", caption="5号窗口让改去7号窗口"),
        answers(92, W_A1="no", W_A2="yes", W_A4=2, W_A5="yes", W_A6="yes", W_A7="yes", W_A8=3),
        say(94, "accepted", step="accept", receipt="2026-2210"),
        say(94, "step_start", step="track"),
        say(95, "rest"),
        say(95 + 1440, "track", step="track", channel="电话", text="正在审核，预计三天"),
        say(100 + 2 * 1440, "step_start", step="result"),
        say(101 + 2 * 1440, "photo", step="result", scene="licence", caption="邮寄送达的许可证"),
        say(102 + 2 * 1440, "result", step="result", how="post"),
        say(102 + 2 * 1440, "photo", step="result", scene="notice", caption="首问负责制公示牌已设置"),
        (
            103 + 2 * 1440,
            "answers",
            {"W-T1": "no", "W-T2": "phone", "W-R2": "post", "W-R4": "yes", "W-R5": "shorter", "W-R6": ["online"]},
        ),
        say(
            104 + 2 * 1440,
            "finding",
            step="accept",
            title="窗口之间推来推去",
            fact="5号窗口看过材料后让到7号窗口重新排队，多等11分钟。",
            severity="moderate",
            category="B1",
            clause={"seed": "S002", "text": "首问负责制"},
            question="W-A1",
            photos=[1],
            measure=one_window,
        ),
        say(
            105 + 2 * 1440,
            "finding",
            step="track",
            title="网上查不到办理进度",
            fact="受理后网上没有进度，只能打电话问。",
            severity="minor",
            category="E4",
            clause={"seed": "S002", "text": "跟踪进程"},
            question="W-T1",
            photos=[],
            measure=online,
        ),
        (106 + 2 * 1440, "answers", {"W-R8": 4, **DISCIPLINE}),
        say(106 + 2 * 1440, "feeling", text="材料不多，就是不知道该找哪个窗口。"),
        say(107 + 2 * 1440, "settle"),
        say(108 + 2 * 1440, "finish"),
    ]
