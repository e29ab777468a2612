"""Text as people paste it, and refusals in their language."""

import pytest
from flask import Flask

from walkthrough_app.core.errors import Invalid
from walkthrough_app.core.forms import BaseForm, choice, day, text, tidy


class Form(BaseForm):
    name = text("名称", limit=5, needed="请填名称。")
    on = day("日期")
    kind = choice("类别", [("a", "甲")])


def test_invisible_characters_are_dropped() -> None:
    assert tidy("\ufeff\u202e公安局\x00\r\n ") == "公安局"
    assert tidy("两\r\n行") == "两\n行"
    assert tidy("\u200b\u200b") == ""
    assert tidy("家\ud800庭") == "家庭"
    assert tidy("👨\u200d👩\u200d👧") == "👨\u200d👩\u200d👧"
    assert tidy(None) is None


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"kind": "a"}, "name", "请填名称。"),
        ({"name": "名称超过五个字", "kind": "a"}, "name", "最多 5 个字。"),
        ({"name": "甲", "kind": "a", "on": "31/31"}, "on", "不是"),
        ({"name": "甲", "kind": "z"}, "kind", "不是"),
    ],
)
def test_refusals_are_chinese_and_beside_the_field(app: Flask, data, field, sentence) -> None:
    with app.test_request_context(method="POST", data=data):
        form = Form()
        assert not form.validate_on_submit()
        assert sentence in form.errors[field][0]


def test_a_services_refusal_goes_beside_its_field_or_above_the_form(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"name": "甲", "kind": "a"}):
        form = Form()
        assert form.validate_on_submit()
        form.refuse(Invalid("name", "已有同名的。"))
        form.refuse(Invalid("elsewhere", "整张表的问题。"))
        assert form.name.errors == ["已有同名的。"]
        assert form.errors[""] == ["整张表的问题。"]
