"""Only the city's office and its administrator write questionnaires; a county's looks at what is published."""

import uuid
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient

from walkthrough_app.accounts.models import User
from walkthrough_app.authoring import queries
from walkthrough_app.core import db
from walkthrough_app.core.errors import Forbidden, NotFound
from walkthrough_app.questionnaires import service as questionnaires

Client = Callable[[User], FlaskClient]
GETS = (
    "",
    "/basics",
    "/steps/0",
    "/steps/0/0",
    "/steps/0/new",
    "/yaml/steps",
    "/table/modes",
    "/saves",
    "/preview",
    "/publish",
    "/file.yaml",
)
POSTS = (
    "/arrange",
    "/basics",
    "/steps/0",
    "/steps/0/0",
    "/yaml/steps",
    "/table/modes",
    "/saves/1",
    "/discard",
    "/publish",
    "/preview",
)


@pytest.mark.parametrize("who", ["head", "deputy", "liaison", "stranger", "style", "coord", "county"])
def test_others_have_no_business_there(cast: SimpleNamespace, client_for: Client, at: str, who: str) -> None:
    client = client_for(getattr(cast, who))
    row = questionnaires.load("walkthrough")
    for page in (
        "/questionnaires",
        "/questionnaires/new",
        f"/questionnaires/{row.id}",
        *(f"{at}{page}" for page in GETS),
    ):
        assert client.get(page).status_code == 403
    assert client.post(f"{at}/publish", data={"revision": 1}).status_code == 403
    with pytest.raises(NotFound):
        queries.draft_for(getattr(cast, who), uuid.uuid4())


def test_the_administrator_writes_as_the_office_does(cast: SimpleNamespace, client_for: Client, at: str) -> None:
    client = client_for(cast.admin)
    assert [client.get(f"{at}{page}").status_code for page in GETS] == [200] * len(GETS)
    assert client.post(f"{at}/arrange", data={"revision": 1, "do": "add:steps"}).status_code == 303


def test_a_countys_office_reads_what_is_published_and_writes_nothing(
    county: SimpleNamespace, client_for: Client, at: str
) -> None:
    client = client_for(county.office)
    row = questionnaires.load("walkthrough")
    shown = client.get("/questionnaires").get_data(as_text=True)
    assert "一把手走流程" in shown
    assert "新建问卷" not in shown
    assert "窗口提速" not in shown
    assert client.get(f"/questionnaires/{row.id}").status_code == 200
    assert client.get(f"/questionnaires/{row.id}/file.yaml").status_code == 200
    assert client.get("/questionnaires/new").status_code == 403
    assert client.post(f"/questionnaires/{row.id}/next").status_code == 403
    for page in GETS:
        assert client.get(f"{at}{page}").status_code == 403
    for page in POSTS:
        assert client.post(f"{at}{page}", data={"revision": 1, "do": "add:steps"}).status_code == 403
    with pytest.raises(Forbidden):
        queries.must_write(county.admin)


def test_who_is_not_signed_in_is_asked_to(anonymous: FlaskClient, at: str) -> None:
    assert "/sign-in" in anonymous.get(at).location


def test_ids_of_nothing_are_not_found(desk: FlaskClient) -> None:
    nobody = uuid.uuid4()
    assert desk.get(f"/questionnaires/{nobody}").status_code == 404
    assert desk.get(f"/questionnaires/drafts/{nobody}").status_code == 404
    assert desk.get("/questionnaires/drafts/1").status_code == 404
    assert desk.post(f"/questionnaires/{nobody}/next").status_code == 404


def test_the_small_ones_for_looking_again_are_not_shown(desk: FlaskClient, cast: SimpleNamespace) -> None:
    row = questionnaires.load("run_once")
    hidden = questionnaires.publish({**row.document, "id": "recheck_1"})
    db.session.commit()
    assert desk.get(f"/questionnaires/{hidden.id}").status_code == 404
    assert f"/questionnaires/{hidden.id}" not in desk.get("/questionnaires").get_data(as_text=True)
