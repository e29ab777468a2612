"""Scenes most tests start from: an open campaign and two items, one of which the head must walk."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from walkthrough_app.accounts.models import Lane, Unit
from walkthrough_app.campaigns.models import Campaign, DayType, ItemKind, Route, ServiceItem
from walkthrough_app.core import clock, db
from walkthrough_app.questionnaires import service as questionnaires


@pytest.fixture
def campaign(cast: SimpleNamespace) -> Campaign:
    questionnaires.install_builtin()
    today = clock.today()
    made = Campaign(
        title="“一把手走流程”专项行动",
        programme="集中整治窗口服务突出问题专项",
        basis_title="关于进一步做好“一把手走流程”工作的通知",
        basis_number="〔2018〕13号",
        basis_issuer="示例市深化机关作风整顿领导小组办公室",
        opens_on=today - timedelta(days=5),
        walk_due=today + timedelta(days=10),
        report_due=today + timedelta(days=15),
        questionnaire_id=questionnaires.load("walkthrough").id,
    )
    db.session.add(made)
    db.session.flush()
    for lane, receiver in (
        (Lane.STYLE, "市作风整顿办作风评议组（市直机关工委）"),
        (Lane.COORD, "市作风整顿办综合协调组"),
    ):
        db.session.add(Route(campaign_id=made.id, lane=lane, receiver=receiver))
    db.session.commit()
    return made


@pytest.fixture
def item(cast: SimpleNamespace) -> ServiceItem:
    return add_item(cast.head.unit, "居住证申领", promise_day=15)


@pytest.fixture
def must_walk_item(cast: SimpleNamespace) -> ServiceItem:
    return add_item(cast.head.unit, "居民身份证补领", promise_day=20, is_core_function=True)


def add_item(unit: Unit, name: str, *, promise_day: int = 10, is_core_function: bool = False) -> ServiceItem:
    made = ServiceItem(
        unit_id=unit.id,
        task_name=name,
        item_kind=ItemKind.PUBLIC_SERVICE,
        promise_day=promise_day,
        promise_type=DayType.WORKDAY,
        limit_scene_num=1,
        materials=["居民身份证", "居民户口簿"],
        is_core_function=is_core_function,
    )
    db.session.add(made)
    db.session.commit()
    return made
