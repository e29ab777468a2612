"""Where reminders go: set by oneself or by the administrator, checked, and never a way to smuggle a header in."""

import pytest

from walkthrough_app.core import db


def test_one_sets_and_clears_the_own_address(cast, client_for) -> None:
    client = client_for(cast.head)
    assert client.post("/me/email", data={"email": " head@example.gov.cn "}).status_code == 303
    assert cast.head.email == "head@example.gov.cn"
    assert "head@example.gov.cn" in client.get("/me").text
    client.post("/me/email", data={"email": ""})
    db.session.refresh(cast.head)
    assert cast.head.email is None


def test_the_administrator_sets_the_address_of_others(cast, client_for) -> None:
    client = client_for(cast.admin)
    head = cast.head
    filled = {"name": "王", "post": "局长", "role": "head", "unit": str(head.unit_id), "email": "x@example.gov.cn"}
    assert client.post(f"/admin/people/{head.id}", data=filled).status_code == 303
    db.session.refresh(head)
    assert head.email == "x@example.gov.cn"
    assert "x@example.gov.cn" in client.get(f"/admin/people/{head.id}").text


@pytest.mark.parametrize(
    "email", ["head", "a@b", "a b@c.cn", "a@b.cn, c@d.cn", "<a@b.cn>", "局长@b.cn", "a@b.cn\nBcc: c@d.cn"]
)
def test_what_is_no_address_is_refused_beside_its_field(cast, client_for, email) -> None:
    answer = client_for(cast.head).post("/me/email", data={"email": email})
    assert answer.status_code == 200
    assert "邮箱地址不对" in answer.text
    db.session.refresh(cast.head)
    assert cast.head.email is None
