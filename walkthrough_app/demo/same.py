"""同事同标: two more counties walk what 示例县 walks, and ask for other things."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from walkthrough_app.accounts import service as accounts
from walkthrough_app.accounts.models import OrgClass, Role
from walkthrough_app.campaigns import service as campaigns
from walkthrough_app.campaigns.models import Mode
from walkthrough_app.campaigns.sample import sample_items
from walkthrough_app.core import clock
from walkthrough_app.demo import town as towns
from walkthrough_app.demo.scripts import DISCIPLINE, answers, say
from walkthrough_app.demo.stroll import Line, Stroll, morning
from walkthrough_app.demo.town import Town
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.walkthroughs.service import Beginning


@dataclass(frozen=True)
class Other:
    """A county: what it asks for, how long it takes there, and what its head made of it."""

    name: str
    username: str
    head: str
    post: str
    days: int
    papers: int
    wait: int
    trips: int
    title: str
    measure: str
    feeling: str


COUNTIES = (
    Other(
        name="示例区",
        username="district",
        head="钱区长",
        post="区长",
        days=15,
        papers=3,
        wait=12,
        trips=1,
        title="网上没有写可以村里代交",
        measure="办事指南补上代办点，贴到每个村。",
        feeling="材料少、一趟办完，难的是老人不知道村里就能交。",
    ),
    Other(
        name="示例新区",
        username="new_district",
        head="许主任",
        post="主任",
        days=22,
        papers=6,
        wait=38,
        trips=2,
        title="比别的县多要材料，让群众多跑",
        measure="照全市统一的清单收，村委会证明和银行流水改为内部核查。",
        feeling="同一件事，换个地方就换一份清单，最难的家庭反而跑得最多。",
    ),
)


def build(made: Town, store: MediaStore, today: date) -> None:
    for number, other in enumerate(COUNTIES):
        with clock.pinned(morning(today - timedelta(days=9), 8, 30)):
            grown = _with(made, other)
        with clock.pinned(morning(today - timedelta(days=8), 8)):
            plan = towns.plan(
                grown, item=other.name, walker=other.name, by=other.name, mode=Mode.IN_PERSON, today=today
            )
        stroll = Stroll(plan, store, morning(today - timedelta(days=6 - number), 9, 10), seed=0)
        stroll.run(Beginning(), _lines(today, other))


def _with(made: Town, other: Other) -> Town:
    """Return the town with a county, its head, and the item as it stands in its catalogue."""
    admin = made.people["admin"]
    unit = accounts.add_unit(name=other.name, org_class=OrgClass.COUNTY, by=admin)
    head = accounts.add_user(
        username=other.username, name=other.head, post=other.post, role=Role.HEAD, unit=unit, by=admin
    )
    fields: dict[str, Any] = next(item for item in sample_items() if item["key"] == "minimum_living")["fields"]
    kept = [*fields["materials"], "村（居）民委员会证明", "银行流水"][: other.papers]
    fields |= {"promise_day": other.days, "promise_explain": "", "materials": kept}
    item = campaigns.add_item(unit=unit, by=admin, **fields)
    return replace(made, people={**made.people, other.name: head}, items={**made.items, other.name: item})


def _lines(today: date, other: Other) -> list[Line]:
    """Walk it in person: what differs is what is asked for, how long one waits and how often one comes."""
    measure = {
        "rectify_type": "deadline",
        "measure": other.measure,
        "steps": "先改指南，再培训乡镇窗口。",
        "due_on": clock.add_workdays(today, 10).isoformat(),
        "resp_person": "民政局局长",
    }
    seen = 20 + other.wait
    again = [say(seen + 22, "rest"), say(seen + 22 + 1440, "trip")] if other.trips > 1 else []
    late = 1440 if again else 0
    return [
        answers(3, W_Q1=["phone"], W_Q2=1, W_Q4="yes", W_Q5="yes", W_Q6="yes", W_Q7="yes", W_Q8=4),
        say(6, "step_start", step="prepare"),
        answers(
            16, W_P1="yes", W_P2="yes", W_P3=other.papers, W_P4=other.trips - 1, W_P5=0, W_P6=0, W_P7="yes", W_P8="none"
        ),
        say(18, "trip"),
        say(18, "step_start", step="queue"),
        say(19, "number", step="queue", no="018", ahead=other.wait // 4),
        say(seen, "called", step="queue", window="2"),
        answers(seen, W_K1="yes", W_K3="yes", W_K4=0, W_K5=["enough"], W_K6="yes", W_K7="na", W_K8="yes"),
        say(seen, "step_start", step="accept"),
        answers(seen + 20, W_A1="yes", W_A2="yes", W_A4=other.trips, W_A5="yes", W_A6="yes", W_A7="yes", W_A8=4),
        *again,
        say(seen + 24 + late, "accepted", step="accept"),
        say(
            seen + 26 + late,
            "finding",
            step="prepare",
            title=other.title,
            fact=f"这里收{other.papers}份材料，示例县收5份，市里没有统一的清单。",
            severity="minor",
            category="D1",
            clause={"seed": "S002", "text": "所需材料等信息是否方便获取"},
            question="W-P3",
            photos=[],
            measure=measure,
        ),
        (seen + 27 + late, "answers", {"W-T1": "yes", "W-T2": "phone", **DISCIPLINE}),
        say(seen + 28 + late, "feeling", text=other.feeling),
        say(seen + 29 + late, "settle"),
    ]
