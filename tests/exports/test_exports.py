"""A list as a file: asked for, made in the background with the rights of that moment, fetched by who asked, forgotten."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import openpyxl
import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from tests import desks
from tests.scenes import add_item
from walkthrough_app import jobs
from walkthrough_app.accounts import service as accounts
from walkthrough_app.accounts.models import User
from walkthrough_app.core import db
from walkthrough_app.core.audit import AuditEntry
from walkthrough_app.exports import registry, service
from walkthrough_app.exports.lists import walks
from walkthrough_app.exports.models import Export, FileKind
from walkthrough_app.jobs import runner, sweep
from walkthrough_app.media.storage import LocalStore

Sign = Callable[[User], FlaskClient]


def ask(client: FlaskClient, key: str, kind: str = "csv", **given: object) -> TestResponse:
    return client.post("/exports", data={"list": key, "kind": kind, **{name: str(one) for name, one in given.items()}})


def fetch(client: FlaskClient, key: str, kind: str = "csv", **given: object) -> bytes:
    """Ask, have the job done and fetch the file."""
    address = ask(client, key, kind, **given).headers["Location"]
    make()
    with client.get(f"{address}/file") as answer:
        assert answer.status_code == 200, answer.text
        return answer.data


def make() -> None:
    """Make what was asked for; papers of reports wait for somebody else."""
    db.session.commit()
    for job in db.session.scalars(select(jobs.Job).filter_by(kind=service.KIND, state=jobs.JobState.TODO)).all():
        runner.run(str(job.id))


def rows(client: FlaskClient, key: str, **given: object) -> list[dict[str, str]]:
    text = fetch(client, key, **given).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def said(answer: TestResponse) -> str:
    return " ".join(BeautifulSoup(answer.text, "html5lib").main.text.split())  # type: ignore[union-attr]


def test_the_walks_come_as_a_workbook(play: SimpleNamespace, cast: SimpleNamespace, client_for: Sign) -> None:
    book = openpyxl.load_workbook(io.BytesIO(fetch(client_for(cast.office), "walks", "xlsx")))
    table = list(book.active.values)
    assert "走流程记录" in table[0][0]
    assert table[1] == tuple(column.title for column in walks.COLUMNS)
    found = {(row[1], row[5], row[11]) for row in table[2:]}
    assert found == {
        ("示例市公安局", "一把手", 20),
        ("示例市公安局", "分管领导", 35),
        ("示例市人力资源和社会保障局", "一把手", 60),
        ("示例县", "一把手", 5),
    }


def test_every_list_comes_whole_however_small_its_batches(
    play: SimpleNamespace, cast: SimpleNamespace, client_for: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    desks.hand_in(play, cast.head, play.walks["head"])
    client, counts = (
        client_for(cast.office),
        {"walks": 4, "problems": 4, "steps": 16, "units": 3, "items": 3, "reports": 1},
    )
    whole = {key: rows(client, key) for key in counts}
    monkeypatch.setattr("walkthrough_app.exports.lists.paging.BATCH", 1)
    monkeypatch.setattr("walkthrough_app.exports.lists.items.BATCH", 1)
    assert {key: rows(client, key) for key in counts} == whole
    assert {key: len(found) for key, found in whole.items()} == counts


def test_problems_are_told_in_words(play: SimpleNamespace, cast: SimpleNamespace, client_for: Sign) -> None:
    found = rows(client_for(cast.office), "problems", unit=cast.county.unit_id)
    assert [(one["环节"], one["类别"], one["严重程度"], one["问题"]) for one in found] == [
        ("排队", "C2 排队难", "一般", "取号后排队等候5分钟")
    ]


def test_filters_narrow_the_list(play: SimpleNamespace, cast: SimpleNamespace, client_for: Sign) -> None:
    client = client_for(cast.office)
    for given, count in (
        ({"lane": "coord"}, 1),
        ({"category": "C"}, 4),
        ({"category": "A"}, 0),
        ({"text": "等候60"}, 1),
        ({"text": "100%"}, 0),
        ({"state": "ongoing"}, 4),
        ({"state": "deadline"}, 0),
    ):
        assert len(rows(client, "problems", **given)) == count, given


def test_a_filter_that_is_there_no_more_is_one_sentence(
    play: SimpleNamespace, cast: SimpleNamespace, client_for: Sign
) -> None:
    client = client_for(cast.office)
    for given in ({"unit": "00000000-0000-4000-8000-000000000000"}, {"campaign": "x"}, {"lane": "third"}):
        assert "请重新选择" in said(ask(client, "walks", **given))
        assert "请重新选择" in said(client.get("/exports", query_string={"list": "walks", **given}))
    assert db.session.scalars(select(Export)).all() == []


def test_a_filter_of_another_list_is_refused(play: SimpleNamespace, cast: SimpleNamespace) -> None:
    with pytest.raises(Exception, match="不能按“问题类别”筛选"):
        service.ask(cast.office, "walks", FileKind.CSV, {"category": "C2"})


def test_a_page_leads_here_with_its_filters(play: SimpleNamespace, cast: SimpleNamespace, client_for: Sign) -> None:
    page = client_for(cast.office).get(f"/exports?list=problems&unit={cast.county.unit_id}&category=C2").text
    chosen = [one["value"] for one in BeautifulSoup(page, "html5lib").select("option[selected]")]
    assert {str(cast.county.unit_id), "C2"} <= set(chosen)


def test_the_page_waits_by_itself_and_then_leads_to_the_file(
    play: SimpleNamespace, cast: SimpleNamespace, client_for: Sign
) -> None:
    client = client_for(cast.office)
    address = ask(client, "walks").headers["Location"]
    waiting = client.get(address)
    assert waiting.headers["Refresh"]
    assert "本页自动刷新" in said(waiting)
    assert client.get(f"{address}/file").status_code == 409
    make()
    ready = client.get(address)
    assert "Refresh" not in ready.headers
    assert "4行" in said(ready)


def test_asking_again_while_it_is_made_is_asking_once(
    play: SimpleNamespace, cast: SimpleNamespace, client_for: Sign
) -> None:
    client = client_for(cast.office)
    assert ask(client, "walks").headers["Location"] == ask(client, "walks").headers["Location"]
    assert ask(client, "walks", text="居住证").headers["Location"] != ask(client, "walks").headers["Location"]


def test_units_and_administrators_export_nothing(cast: SimpleNamespace, client_for: Sign) -> None:
    for name in ("head", "liaison", "deputy", "admin"):
        client = client_for(getattr(cast, name))
        assert client.get("/exports").status_code == 403
        assert ask(client, "walks").status_code == 403


def test_nobody_else_fetches_it(play: SimpleNamespace, cast: SimpleNamespace, client_for: Sign) -> None:
    address = ask(client_for(cast.office), "walks").headers["Location"]
    make()
    for name in ("style", "coord"):
        client = client_for(getattr(cast, name))
        assert client.get(address).status_code == 404
        assert client.get(f"{address}/file").status_code == 404
        assert client.post(f"{address}/again").status_code == 404


def test_a_lane_sees_what_was_handed_in_to_it(play: SimpleNamespace, cast: SimpleNamespace, client_for: Sign) -> None:
    style, coord = client_for(cast.style), client_for(cast.coord)
    assert rows(style, "walks") == rows(style, "problems", text="等") == rows(style, "reports") == []
    report = desks.hand_in(play, cast.head, play.walks["head"])
    for key in ("walks", "problems", "reports", "units"):
        assert [one["单位"] for one in rows(style, key, text="示例" if key in {"units", "reports"} else "")] == [
            "示例市公安局"
        ], key
        assert rows(coord, key) == [], key
    from walkthrough_app.reports import service as reports

    reports.withdraw(report, by=cast.head)
    db.session.commit()
    assert rows(style, "steps") == []


def test_a_countys_office_sees_its_county(play: SimpleNamespace, cast: SimpleNamespace, client_for: Sign) -> None:
    client = client_for(play.county_office)
    add_item(desks.child(play, "示例县医保局"), "医保缴费")
    assert [one["单位"] for one in rows(client, "walks")] == ["示例县"]
    assert sorted(one["单位"] for one in rows(client, "items")) == ["示例县", "示例县医保局"]
    assert "请重新选择" in said(ask(client, "walks", unit=cast.head.unit_id))


def test_rights_are_those_of_the_moment_it_is_made(
    play: SimpleNamespace, cast: SimpleNamespace, client_for: Sign
) -> None:
    address = ask(client_for(cast.office), "walks").headers["Location"]
    accounts.disable_user(cast.office, by=cast.admin)
    db.session.commit()
    make()
    made = db.session.scalars(select(Export)).one()
    assert made.sha256 is None
    assert "停用" in service.job_of(made).error  # type: ignore[union-attr]
    accounts.enable_user(cast.office, by=cast.admin)
    db.session.commit()
    client = client_for(cast.office)
    assert "停用" in said(client.get(address))
    client.post(f"{address}/again")
    make()
    with client.get(f"{address}/file") as answer:
        assert answer.status_code == 200


def test_a_user_disabled_half_way_gets_nothing(
    play: SimpleNamespace, cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("walkthrough_app.exports.lists.paging.BATCH", 1)
    listing = registry.listing_for(cast.office, "walks")
    user_id = cast.office.id

    def batch(user: User, filters: object, after: object) -> registry.Batch:
        read = walks.batch(user, filters, after)  # type: ignore[arg-type]
        if after is None:
            later.append(read)
        return read

    later: list[registry.Batch] = []
    spied = registry.Listing(**{**listing.__dict__, "batch": batch})
    monkeypatch.setitem(registry._known, "walks", spied)
    made = service.ask(cast.office, "walks", FileKind.CSV, {})
    db.session.commit()

    def tell(_percent: int, _words: str) -> None:
        db.session.execute(update(User).where(User.id == user_id).values(is_active=False))
        db.session.commit()

    from walkthrough_app.exports import making

    with pytest.raises(Exception, match="停用"):
        making.make(making.order_of(made.id, tell), play.store)
    assert later


def test_nothing_typed_becomes_a_formula(play: SimpleNamespace, cast: SimpleNamespace, client_for: Sign) -> None:
    evil = '=HYPERLINK("http://example.com","看")'
    item = add_item(cast.head.unit, "@SUM(1+1)")
    desks.put(cast.head, play.campaign, item, play.store, wait=1, title=evil)
    client = client_for(cast.office)
    assert f"'{evil}" in {one["问题"] for one in rows(client, "problems")}
    sheet = openpyxl.load_workbook(io.BytesIO(fetch(client, "problems", "xlsx"))).active
    found = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith(("=", "@", "'="))]
    assert {cell.value for cell in found} == {evil, "@SUM(1+1)"}
    assert {cell.data_type for cell in found} == {"s"}


def test_after_a_week_it_is_forgotten(
    play: SimpleNamespace, cast: SimpleNamespace, client_for: Sign, store: LocalStore
) -> None:
    client = client_for(cast.office)
    address = ask(client, "walks").headers["Location"]
    make()
    made = db.session.scalars(select(Export)).one()
    sha256 = made.sha256
    assert sha256
    assert store.path(sha256).is_file()
    forget_all(days=8)
    db.session.expire_all()
    assert made.sha256 is None
    with pytest.raises(KeyError):
        store.path(sha256)
    assert client.get(f"{address}/file").status_code == 404
    assert "已经清理" in said(client.get(address))


def test_the_same_bytes_stay_for_the_other_who_has_them(
    play: SimpleNamespace, cast: SimpleNamespace, client_for: Sign, store: LocalStore
) -> None:
    first = ask(client_for(cast.office), "items").headers["Location"]
    make()
    age_jobs(days=8)
    second = ask(client_for(cast.office), "items").headers["Location"]
    make()
    sweep.sweep()
    assert first != second
    with client_for(cast.office).get(f"{second}/file") as answer:
        assert answer.status_code == 200
    assert client_for(cast.office).get(f"{first}/file").status_code == 404


def test_asking_and_making_are_in_the_audit(play: SimpleNamespace, cast: SimpleNamespace, client_for: Sign) -> None:
    fetch(client_for(cast.office), "walks", text="居住证")
    found = db.session.scalars(select(AuditEntry).where(AuditEntry.subject_kind == "export")).all()
    assert {(one.verb, one.actor_id) for one in found} == {
        ("export.asked", cast.office.id),
        ("export.made", cast.office.id),
    }


def forget_all(*, days: int) -> None:
    age_jobs(days=days)
    sweep.sweep()


def age_jobs(*, days: int) -> None:
    """Let all jobs have ended so many days ago."""
    for job in db.session.scalars(select(jobs.Job)):
        job.updated_at -= timedelta(days=days)
    db.session.commit()
