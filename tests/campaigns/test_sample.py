"""The sample: 21 items with the figures of real guides, in units that do not exist."""

import re

from walkthrough_app.accounts.models import OrgClass, Unit
from walkthrough_app.campaigns import queries, service
from walkthrough_app.campaigns.sample import sample_items
from walkthrough_app.core import db


def by_key() -> dict:
    return {sample["key"]: sample for sample in sample_items()}


def test_all_21_items_go_into_their_units_catalogues(session) -> None:
    units = {name: Unit(name=name, org_class=OrgClass.CITY_DEPT) for name in {one["unit"] for one in sample_items()}}
    db.session.add_all(units.values())
    db.session.flush()
    for sample in sample_items():
        service.add_item(unit=units[sample["unit"]], by=None, **sample["fields"])
    kept = [item for unit in units.values() for item in queries.items_of(unit)]
    assert len(kept) == 21
    assert all(item.promise and item.materials for item in kept)


def test_the_police_have_four_items_two_of_which_the_head_must_walk() -> None:
    police = [sample["fields"] for sample in sample_items() if sample["unit"] == "示例市公安局"]
    must = {one["task_name"] for one in police if one.get("is_important") or one.get("is_core_function")}
    assert len(police) == 4
    assert must == {"新生儿国内出生户口登记", "居民身份证申领、换领、补领"}


def test_the_must_walk_items_are_those_of_the_demo() -> None:
    known = by_key()
    assert known["house_transfer"]["fields"]["is_core_function"]
    assert known["food_permit"]["fields"]["is_important"]
    assert known["public_hygiene"]["fields"]["is_important"]
    assert known["minimum_living"]["fields"]["is_complaint"]


def test_every_item_says_that_it_is_a_sample_and_where_its_figures_come_from() -> None:
    for sample in sample_items():
        assert "示例数据，以当地办事指南为准" in sample["fields"]["source_flag"]
        assert re.search(r"\b[FLT]\b|[FLT] ", sample["fields"]["source_flag"])


def test_units_are_invented_and_nothing_names_a_real_place_or_site() -> None:
    for sample in sample_items():
        said = str(sample)
        assert sample["unit"].startswith("示例市")
        assert not re.search(
            r"[a-z]+\.(gov|com|cn)|福建|洛阳|昆明|湘潭|郑州|广州|西安|陕西|安徽|湖南|河南|连云港", said
        )
