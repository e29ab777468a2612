"""最多跑一次 · 一看二问三办 from the plan to the report: three ways planned, three people asked without a network."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.test_journey import confirm, draft

pytestmark = pytest.mark.browser
ITEMS = {"现场看": "居住证申领", "跟踪问": "普通护照首次申请", "具体办": "新生儿国内出生户口登记"}
LOOKS = os.environ.get("WALKTHROUGH_LOOKS", "")


def test_three_people_are_asked_without_a_network_and_stand_in_the_report(serve: Callable[..., Site]) -> None:
    site = serve("run_once")
    liaison = site.open("liaison", desktop=True)
    for way, item in ITEMS.items():
        planned(liaison, way, item)

    head = site.open("head")
    begun(head, ITEMS["跟踪问"])
    head.context.set_offline(True)
    head.get_by_role("button", name="开始问").click()
    expect(head.get_by_role("heading", level=1, name="受访者1")).to_be_visible()
    expect(head.locator("#card-Y-W2")).to_be_hidden()
    asked(head, 1, "同意", W1="缴费办税", W4="满意")
    count(head, "Y-W2", 1)
    look(head, "set")
    another(head)
    asked(head, 2, "不同意")
    expect(head.locator("#card-Y-W1_2")).to_be_hidden()
    another(head)
    asked(head, 3, "同意", W4="不满意")
    count(head, "Y-W2_3", 3)
    found(head)
    head.locator("[data-sheet=set]").get_by_text("好了").click()
    expect(head.locator("[data-people=ask]:visible .row")).to_have_count(3)
    expect(head.locator("[data-people=ask]:visible .row").nth(1)).to_contain_text("不同意回答")
    look(head, "screen")
    corrected(head)
    head.locator("footer").get_by_role("button", name="去核对").click()
    expect(head.get_by_role("heading", level=1)).to_have_text("核对")
    expect(head.get_by_text("“跟踪问”受访者3还有 4 问没答", exact=True)).to_be_visible()
    look(head, "review")
    head.context.set_offline(False)
    head.evaluate("dispatchEvent(new Event('online'))")
    head.get_by_role("button", name="确认无误，走完了").click()
    expect(head.get_by_text("已走完").first).to_be_visible()
    expect(head.locator("#saved")).to_have_text("全部已上传", timeout=60_000)

    address = draft(liaison)
    explained(liaison, "受访的人不愿意拍照，其他事项下周走")
    confirm(head, address)
    handed_in(liaison, address)
    in_the_ledger(liaison)


def in_the_ledger(liaison: Page) -> None:
    liaison.goto("/ledger")
    liaison.locator("main a[href*='/findings/']").first.click()
    expect(liaison.locator("dl.facts").first).to_contain_text("慢慢改")
    expect(liaison.locator("dl.facts").first).to_contain_text("流程设计")
    look(liaison, "ledger")


def explained(liaison: Page, reason: str) -> None:
    """Say why the report shows no pictures, and that other items are still to be walked."""
    form = liaison.locator("form[action$='/explain']")
    for field in form.locator("textarea").all():
        field.fill(reason)
    form.get_by_role("button").last.click()


def handed_in(liaison: Page, address: str) -> None:
    """The report tells who was asked and how the problem is marked, and is handed in."""
    liaison.goto(address)
    expect(liaison.get_by_text("共询问3人，其中1人不同意回答").first).to_be_visible()
    expect(liaison.get_by_text("属于“慢慢改”").first).to_be_visible()
    look(liaison, "report")
    liaison.get_by_role("button", name="报送").first.click()
    expect(liaison.get_by_text("已报送").first).to_be_visible()


def planned(liaison: Page, way: str, item: str) -> None:
    """Plan an item for the head in one of the three ways; no other ways are offered."""
    liaison.goto("/plan")
    liaison.locator(".row", has_text=item).get_by_role("link").first.click()
    liaison.get_by_text("局长", exact=False).first.click()
    expect(liaison.get_by_text("代理办")).to_have_count(0)
    liaison.get_by_text(way, exact=True).click()
    look(liaison, f"plan-{way}")
    liaison.locator("footer").get_by_role("button", name="安排体验").click()
    expect(liaison.get_by_text(f"已安排体验“{item}”")).to_be_visible()


def begun(head: Page, item: str) -> None:
    head.goto("/tasks")
    head.locator("section.card", has_text=item).get_by_text("开始走流程").click()
    look(head, "start")
    head.locator("footer").get_by_role("button", name="开始走流程").click()
    expect(head.locator("body.ready")).to_be_visible()
    expect(head.locator("#sheets [data-sheet=set]")).to_be_attached()
    expect(head.get_by_role("button", name="开始问")).to_be_visible()


def asked(head: Page, number: int, consent: str, **answers: str) -> None:
    end = "" if number == 1 else f"_{number}"
    head.locator(f"#card-Y-W0{end}").get_by_text(consent, exact=True).click()
    for name, words in answers.items():
        head.locator(f"#card-Y-{name}{end}").get_by_text(words, exact=True).click()


def count(head: Page, question: str, number: int) -> None:
    head.locator(f"#card-{question} .quick").get_by_text(str(number), exact=True).click()


def another(head: Page) -> None:
    head.locator("[data-sheet=set]").get_by_role("button", name="再问一位").click()


def found(head: Page) -> None:
    """Note what the third one says as a problem, with its cause and mark."""
    hint = head.locator("#card-Y-W2_3 .hint")
    expect(hint).to_contain_text("受访者3：未实现最多跑一次")
    hint.get_by_role("button", name="记为问题").click()
    sheet = head.locator("[data-sheet=finding]")
    expect(sheet.locator("[name=s-finding-title]")).to_have_value("受访者3：未实现最多跑一次")
    sheet.get_by_text("慢慢改", exact=True).click()
    sheet.locator("[name=s-finding-root_cause]").select_option(label="流程设计")
    look(head, "finding")
    head.get_by_role("button", name="保存，写整改措施").click()
    head.fill("[name=s-measure-measure]", "一次告知，后台流转")
    head.fill("[name=s-measure-steps]", "本月改流程")
    head.locator("[data-sheet=measure]").get_by_role("button", name="保存", exact=True).click()
    expect(head.locator("[data-sheet=set]")).to_be_visible()


def corrected(head: Page) -> None:
    """An earlier set of answers opens again and can be changed."""
    head.locator("[data-people=ask]:visible .row").first.get_by_role("button").click()
    expect(head.get_by_role("heading", level=1, name="受访者1")).to_be_visible()
    head.locator("#card-Y-W4").get_by_text("非常满意", exact=True).click()
    head.locator("[data-sheet=set]").get_by_text("好了").click()
    expect(head.locator("[data-people=ask]:visible .row").first).to_contain_text("非常满意")


def look(page: Page, name: str) -> None:
    """Keep a picture for who asks for it: WALKTHROUGH_LOOKS names the folder."""
    if LOOKS:
        page.screenshot(path=Path(LOOKS) / f"{name}.png", full_page=False)
