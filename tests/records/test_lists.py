"""Lists, the office's table of units and kinds, and the same as a spreadsheet."""

import io
from collections.abc import Callable
from types import SimpleNamespace

from tests.records.conftest import LATE, Desk
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import db
from walkthrough_app.documents import workbook
from walkthrough_app.records import queries
from walkthrough_app.records.queries import Filters

At = Callable[[User, Campaign], Desk]


def main_of(desk: Desk, path: str) -> str:
    answer = desk.client.get(path)
    assert answer.status_code == 200, answer.status
    return answer.get_data(as_text=True).split("<main", 1)[1]


def test_a_unit_sees_what_it_still_owes(at: At, cast: SimpleNamespace, run_once: Campaign) -> None:
    desk = at(cast.liaison, run_once)
    assert "还差4项：查摆问题、专题讨论、实施方案、四项制度自查。" in main_of(desk, "/records")
    desk.made("discussion", Y_R2="怎样只跑一次")
    page = main_of(desk, "/records")
    assert "还差3项" in page and "怎样只跑一次" in page


def test_the_office_sees_who_has_what(at: At, cast: SimpleNamespace, run_once: Campaign) -> None:
    at(cast.head, run_once).made("discussion")
    at(cast.head, run_once).made("suggestion")
    page = main_of(at(cast.office, run_once), "/records")
    assert "示例市公安局" in page and "示例市人力资源和社会保障局" in page
    assert "未填" in page and "已填" in page
    assert at(cast.coord, run_once).client.get("/records").get_data(as_text=True).count("示例市公安局") == 0


def test_only_those_who_owe(at: At, cast: SimpleNamespace, strict: Campaign) -> None:
    for kind in ("first_receive", "openness", "rules"):
        at(cast.head, strict).made(kind)
    page = main_of(at(cast.office, strict), f"/records?campaign={strict.id}&show=owed")
    assert "示例市公安局" not in page and "示例县" in page


def test_a_promise_past_its_day_is_late_until_it_is_settled(at: At, cast: SimpleNamespace, strict: Campaign) -> None:
    desk = at(cast.head, strict)
    made = desk.made("commitment", S_R3=LATE, S_R1="过期的")
    desk.made("commitment", S_R1="没到期的")
    late = main_of(desk, f"{desk.list_of('commitment')}?state=late")
    assert "过期的" in late and "没到期的" not in late
    assert "已超期 1 项" in main_of(at(cast.office, strict), "/records")
    assert next(one.id for one in queries.owing()) == made.id
    desk.change(made, "settle")
    db.session.expire_all()
    assert not made.is_overdue
    assert "过期的" not in main_of(desk, f"{desk.list_of('commitment')}?state=late")


def test_a_list_is_narrowed_by_unit_state_and_words(at: At, cast: SimpleNamespace, strict: Campaign) -> None:
    at(cast.head, strict).made("commitment", S_R1="100%当场办结")
    at(cast.stranger, strict).made("commitment", S_R1="社保卡立等可取")
    desk = at(cast.office, strict)
    kind = desk.kind("commitment")

    def titles(wanted: Filters) -> list[str]:
        return [one.title for one in queries.page(cast.office, strict, kind, wanted, None)]

    assert titles(Filters()) == ["社保卡立等可取", "100%当场办结"]
    assert titles(Filters(unit=cast.head.unit.id)) == ["100%当场办结"]
    assert titles(Filters(text="%")) == ["100%当场办结"]
    assert titles(Filters(state="settled")) == []
    assert main_of(desk, f"{desk.list_of('commitment')}?state=nonsense&unit=x&after=@@&text=%00")


def test_a_long_list_goes_on_without_gap_or_double(at: At, cast: SimpleNamespace, effective: Campaign) -> None:
    desk = at(cast.head, effective)
    made = [desk.made("training") for _ in range(3)]
    first = queries.page(cast.head, effective, desk.kind("training"), Filters(), None)
    after = queries.key(first[0])
    rest = queries.page(cast.head, effective, desk.kind("training"), Filters(), after)
    assert [one.id for one in (first[0], *rest)] == [one.id for one in reversed(made)]


def test_the_register_of_promises_has_its_columns_and_no_formula(
    at: At, cast: SimpleNamespace, strict: Campaign
) -> None:
    desk = at(cast.head, strict)
    made = desk.made("commitment", S_R1='=HYPERLINK("http://x","点我")', S_R2="+1天", S_R3="2026-12-31", S_R4="大厅")
    desk.change(made, "settle", S_R7="按时办了")
    answer = at(cast.office, strict).client.get(f"{desk.list_of('commitment')}.xlsx")
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "private, no-store"
    (page,) = workbook.read_all(answer.data, "a.xlsx")
    assert page.title == "公开承诺台账" and page.formulas == frozenset()
    rows = [cells for _, cells in page.table.rows]
    head, row = rows[1], rows[2]
    for wanted in ("承诺内容", "指标", "兑现期限", "公示地点", "兑现情况"):
        assert wanted in head
    told = dict(zip(head, row, strict=False))
    assert told["兑现期限"] == "2026-12-31" and told["兑现情况"] == "已兑现" and told["状态"] == "已完成"
    assert "HYPERLINK" in told["承诺内容"]


def test_a_spreadsheet_holds_only_what_one_may_read(at: At, cast: SimpleNamespace, strict: Campaign) -> None:
    at(cast.head, strict).made("problem_list", S_R11="自己的")
    answer = at(cast.stranger, strict).client.get(f"/records/{strict.id}/problem_list.xlsx")
    assert answer.data[:2] == b"PK"
    (page,) = workbook.read_all(io.BytesIO(answer.data).read(), "a.xlsx")
    assert not any("自己的" in cells for _, cells in page.table.rows)


def test_nothing_to_fill_in_says_so(at: At, cast: SimpleNamespace, campaign: Campaign) -> None:
    for user in (cast.head, cast.office):
        assert "现在没有要填工作记录的活动" in main_of(at(user, campaign), "/records")


def test_a_fifth_programme_brings_its_own_kinds(at: At, cast: SimpleNamespace) -> None:
    from tests.records.conftest import open_campaign
    from walkthrough_app.questionnaires import service, source

    clause = {"seed": "S004", "text": "严禁推诿扯皮"}
    document = {
        **{key: value for key, value in source.programme("effective").items() if key not in {"records", "ratings"}},
        "id": "fifth",
        "records": [
            {
                "id": "diary",
                "title": "窗口日记",
                "by": "unit",
                "clause": clause,
                "questions": [
                    {
                        "id": "D-R1",
                        "text": "今天怎么样",
                        "type": "text",
                        "dim": "day",
                        "clause": clause,
                        "required": True,
                    }
                ],
            }
        ],
    }
    service.publish(document)
    fifth = open_campaign("fifth")
    desk = at(cast.head, fifth)
    desk.client.post(f"{desk.list_of('diary')}/new", data={"q-D-R1": "没有人来"})
    assert "没有人来" in main_of(desk, desk.list_of("diary"))
