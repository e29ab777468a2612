"""Items that are the same in several units carry the number of one group, however they come and change."""

from types import SimpleNamespace

from tests.scenes import add_item
from walkthrough_app.accounts.models import Unit
from walkthrough_app.campaigns import sameness
from walkthrough_app.campaigns import service as campaigns
from walkthrough_app.campaigns.models import ItemKind, ServiceItem
from walkthrough_app.core import db


def put(unit: Unit, name: str, *, catalog: str = "", code: str = "") -> ServiceItem:
    details = {"catalog_code": catalog, "task_code": code}
    return campaigns.add_item(unit=unit, task_name=name, item_kind=ItemKind.APPROVAL, by=None, **details)


def groups(*items: ServiceItem) -> list[int]:
    """Return for each item the number of the first one that is the same, as the database has it."""
    db.session.expire_all()
    same = [item.same_id for item in items]
    return [same.index(one) for one in same]


def test_an_item_joins_those_with_its_name_or_code(cast: SimpleNamespace) -> None:
    one, other, third = (getattr(cast, who).unit for who in ("head", "stranger", "county"))
    a = put(one, "居住证申领")
    b = put(other, "居住证 申领")
    c = put(third, "申领居住证", catalog="77")
    assert groups(a, b, c) == [0, 0, 2]
    d = put(third, "居住证申领", code="77")  # has the name of the one group and the code of the other
    assert groups(a, b, c, d) == [0, 0, 0, 0]


def test_a_new_name_leaves_the_group_and_may_part_it(cast: SimpleNamespace) -> None:
    one, other, third = (getattr(cast, who).unit for who in ("head", "stranger", "county"))
    a, b, c = put(one, "甲证"), put(other, "乙证", code="9"), put(third, "乙证")
    bridge = put(third, "甲证", code="9")
    assert groups(a, b, c, bridge) == [0, 0, 0, 0]
    campaigns.change_item(bridge, by=None, task_name="丙证", task_code="")
    assert groups(a, b, c, bridge) == [0, 1, 1, 3]


def test_many_at_once_find_each_other(cast: SimpleNamespace) -> None:
    new = [
        ServiceItem(unit=getattr(cast, who).unit, task_name="护照签发", item_kind=ItemKind.APPROVAL)
        for who in ("head", "stranger", "county")
    ]
    campaigns.add_items(new, by=None)
    assert groups(*new) == [0, 0, 0]


def test_the_numbers_are_those_of_grouping_all_at_once(cast: SimpleNamespace) -> None:
    names = ("甲", "乙", "甲", "丙", "丁", "乙")
    codes = ("", "1", "2", "2", "1", "")
    units = [getattr(cast, who).unit for who in ("head", "stranger", "county")]
    made = [add_item(units[n % 3], f"{name}{n // 3}") for n, name in enumerate(names)]
    for item, code in zip(made, codes, strict=True):
        campaigns.change_item(item, by=None, catalog_code=code)
    whole = sameness.grouped({item.id: sameness.marks_of(item) for item in made})
    db.session.expire_all()
    told = {frozenset(one.id for one in made if one.same_id == same) for same in {one.same_id for one in made}}
    assert told == set(map(frozenset, whole))
