"""Puts visits where a test wants them: a campaign to visit in, an order, a walk at the counter."""

import uuid
from datetime import timedelta
from typing import Any

from tests.rectification.stage import photo
from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.campaigns import service as campaigns
from walkthrough_app.campaigns.models import Campaign, CampaignState, Mode
from walkthrough_app.campaigns.values import Descent
from walkthrough_app.core import clock, db
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.visits import service
from walkthrough_app.visits.models import Focus, Frequency, Visit
from walkthrough_app.visits.service import Aim, Order
from walkthrough_app.walkthroughs import service as walkthroughs
from walkthrough_app.walkthroughs.log import FormDoor

COVERT = Aim("政务大厅3号窗口", Mode("covert"), Frequency.SURPRISE, Focus.PROCESS, "看在岗")


def campaign(key: str, by: User, descent: Descent | None = None) -> Campaign:
    """Open a campaign in which inspectors visit units: `four_strict` or `effective`."""
    questionnaires.install_builtin()
    today = clock.today()
    made = campaigns.create_campaign(
        by=by,
        descent=descent,
        title="“四严机关”明查暗访",
        programme="机关作风建设",
        basis_title="深化“四严机关”创建活动实施意见",
        basis_number="〔2017〕5号",
        basis_issuer="示例市委办公室",
        basis_made_on=None,
        basis_issued_on=None,
        opens_on=today - timedelta(days=3),
        walk_due=today + timedelta(days=20),
        report_due=today + timedelta(days=30),
        questionnaire=questionnaires.load(key),
        state=CampaignState.OPEN,
    )
    db.session.commit()
    return made


def order(within: Campaign, unit: Unit, inspector: User, by: User, aim: Aim = COVERT, **wanted: Any) -> Visit:
    today = clock.today()
    plain = {"units": [unit], "inspectors": [inspector], "aim": aim, "from_on": today, "to_on": today + timedelta(7)}
    (made,) = service.order(within, Order(**{**plain, **wanted}), by=by, tap=uuid.uuid4())
    db.session.commit()
    return made


def walk(visit: Visit, store: LocalStore, *, is_over: bool = True, **answers: Any) -> dict[str, str]:
    """Walk it: the answers are taken down, what they point to becomes a problem; return the keys by question.

    The first problem has a picture that needs no masking.
    """
    found = service.start(visit, by=visit.inspector, tap=uuid.uuid4())
    door = FormDoor(found, visit.inspector, uuid.uuid4())
    record = None
    for name, value in answers.items():
        door.add("answer", _step(visit, name), question=name.replace("_", "-"), value=value)
    record = door.commit()
    door = FormDoor(found, visit.inspector, uuid.uuid4())
    kept = photo(len(answers) + 1, store)
    taken = walkthroughs.add_photo(door, kept, step=record.document.steps[0].id)
    door.add("mask", photo=taken, boxes=[], media=kept.sha256)
    keys: dict[str, str] = {}
    for one in record.suggestions:
        keys[one.question_id] = str(uuid.uuid4())
        door.add(
            "finding",
            one.step,
            finding=keys[one.question_id],
            title=one.title,
            fact="9时10分至9时37分无人。",
            severity=one.severity,
            category=one.category,
            clause={"seed": one.clause.seed, "text": one.clause.text},
            question=one.question_id,
            photos=[taken] if len(keys) == 1 else [],
        )
    if not keys:
        door.add("no_finding", reason="都做到了。")
    door.commit()
    if is_over:
        walkthroughs.finish(found, by=visit.inspector, tap=uuid.uuid4())
    db.session.commit()
    return keys


def _step(visit: Visit, name: str) -> str | None:
    return questionnaires.document_of(visit.campaign.questionnaire).step_of(name.replace("_", "-"))


def hand_in(visit: Visit, store: LocalStore, wishes: Any = None, **answers: Any) -> Any:
    """Walk it and hand it in; return the findings."""
    walk(visit, store, **answers)
    made = service.hand_in(visit, wishes or {}, by=visit.inspector, tap=uuid.uuid4())
    db.session.commit()
    return made
