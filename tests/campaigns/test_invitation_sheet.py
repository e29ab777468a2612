"""Invitations in bulk: one printed sheet, each code good once and shown once."""

import uuid

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from tests.campaigns.doors import deeds
from walkthrough_app.accounts import service as inviting
from walkthrough_app.accounts.models import Invitation, InvitationSheet, User
from walkthrough_app.campaigns.routes import invitations
from walkthrough_app.core import db
from walkthrough_app.core.audit import AuditEntry


def page_of(client, query: str = "") -> tuple[list[str], list[str], str]:
    """Return who is offered, who is ticked, and the page's own id."""
    page = BeautifulSoup(client.get(f"/invitations{query}").text, "html.parser")
    boxes = page.select("input[name=people]")
    return (
        [one["value"] for one in boxes],
        [one["value"] for one in boxes if one.has_attr("checked")],
        page.find(id="sheet")["value"],
    )


def test_a_sheet_has_one_card_for_each_who_never_signed_in(cast, office, campaign) -> None:
    cast.head.password_hash = "x"
    db.session.commit()
    offered, ticked, sheet = page_of(office, f"?campaign={campaign.id}")
    assert offered == ticked
    assert str(cast.head.id) not in offered
    assert str(cast.admin.id) not in offered
    answer = office.post("/invitations", data={"people": ticked, "sheet": sheet})
    cards = BeautifulSoup(answer.text, "html.parser").select(".invite")
    assert (answer.status_code, len(cards)) == (200, len(ticked))
    assert all(card.find("svg") for card in cards)
    text = cards[0].get_text(" ", strip=True)
    assert all(word in text for word in ("示例", "用户名", "扫码", "只能用一次"))
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_codes_work_and_older_ones_die(cast, office, anonymous, campaign) -> None:
    old = inviting.invite(cast.liaison, by=cast.office)
    made = inviting.invite_many([cast.liaison, cast.deputy], sheet=uuid.uuid4(), by=cast.office)
    db.session.commit()
    assert anonymous.get(f"/invite/{old}").status_code == 404
    for user, token in made:
        assert user.username in anonymous.get(f"/invite/{token}").text


def test_the_same_page_sent_again_is_refused_and_the_printed_codes_live(cast, office, campaign) -> None:
    _, _, sheet = page_of(office)
    data = {"people": str(cast.liaison.id), "sheet": sheet}
    assert office.post("/invitations", data=data).status_code == 200
    hashes = open_ones(cast.liaison)
    again = office.post("/invitations", data=data)
    assert (again.status_code, "二维码只显示一次" in again.text) == (409, True)
    assert open_ones(cast.liaison) == hashes
    made = db.session.scalars(select(InvitationSheet)).one()
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.subject_id == made.id)).one()
    assert (entry.verb, entry.details, entry.actor_id) == (
        "account.invited_many",
        {"usernames": ["liaison"]},
        cast.office.id,
    )
    assert deeds(cast.liaison.id) == ["account.invited"]


def test_who_signed_in_is_offered_only_when_asked_for(cast, office) -> None:
    cast.head.password_hash = "x"
    db.session.commit()
    offered, ticked, _ = page_of(office, f"?unit={cast.head.unit_id}&all=1")
    assert str(cast.head.id) in offered
    assert str(cast.head.id) not in ticked


def test_nobody_chosen_is_asked_again(cast, office) -> None:
    _, _, sheet = page_of(office)
    assert "请至少选一个人" in office.post("/invitations", data={"sheet": sheet}).text
    assert office.post("/invitations", data={"people": str(cast.head.id)}).status_code == 404


@pytest.mark.parametrize("name", ["admin", "office", "style"])
def test_accounts_of_the_office_are_not_invited_here(cast, office, name) -> None:
    _, _, sheet = page_of(office)
    data = {"people": str(getattr(cast, name).id), "sheet": sheet}
    assert office.post("/invitations", data=data).status_code == 404
    assert db.session.scalars(select(Invitation)).all() == []


def test_a_countys_office_invites_its_own_people_only(cast, county, client_for) -> None:
    client = client_for(county.office)
    offered, _, sheet = page_of(client)
    assert set(offered) == {str(one.id) for one in (cast.county, cast.county_liaison, county.head, county.liaison)}
    assert client.post("/invitations", data={"people": str(cast.head.id), "sheet": sheet}).status_code == 404
    assert client.post("/invitations", data={"people": offered, "sheet": sheet}).status_code == 200


@pytest.mark.parametrize("name", ["head", "liaison", "style", "coord"])
def test_nobody_else_prints_invitations(cast, client_for, name) -> None:
    client = client_for(getattr(cast, name))
    assert client.get("/invitations").status_code == 403
    assert (
        client.post("/invitations", data={"people": str(cast.deputy.id), "sheet": str(uuid.uuid4())}).status_code == 403
    )


def open_ones(user: User) -> list[str]:
    query = select(Invitation.token_hash).where(Invitation.user_id == user.id, Invitation.used_at.is_(None))
    return list(db.session.scalars(query))


def test_the_people_of_many_units_are_offered_part_by_part(cast, office, campaign, monkeypatch) -> None:
    everyone, _, _ = page_of(office, f"?campaign={campaign.id}")
    monkeypatch.setattr(invitations, "UNITS", 1)
    address, offered = f"/invitations?campaign={campaign.id}", []
    while address:
        page = BeautifulSoup(office.get(address).text, "html.parser")
        offered += [one["value"] for one in page.select("input[name=people]")]
        link = page.select_one("a[rel=next]")
        address = link["href"] if link else ""
    assert offered == everyone
