"""From an empty database to printed invitations: a campaign of 56 units, opened by clicking."""

import io
import json
import re
from collections.abc import Iterator
from datetime import timedelta

import pikepdf
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.access import broken_rules
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.server import EMPTY, Server, prepared, told
from tests.imports.conftest import sheet
from walkthrough_app.core import clock
from walkthrough_app.imports.columns import Kind

pytestmark = pytest.mark.browser
PASSWORD = "清晨的窗口八点半开门"
COUNTIES, DEPARTMENTS = 7, 49
PEOPLE = 2 * (COUNTIES + DEPARTMENTS) + COUNTIES


@pytest.fixture
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on an empty database, with the office's one account, still to be invited."""
    server = Server(prepared(tmp_path_factory, *EMPTY), {})
    commands = [["user", "invite", "--first-admin"]]
    for username, role in (("office", "office"), ("style", "group_style"), ("coord", "group_coord")):
        who = ["--name", "某某", "--post", "主任", "--role", role, "--unit", "市作风整顿办"]
        commands.append(["user", "add", username, *who])
    told(server.folder, "tests.browser.commands", json.dumps(commands))
    server.start()
    yield server
    server.kill()


def units(*, broken: bool) -> bytes:
    """Make the file of 56 units, each with head and liaison; with one class that does not exist when `broken`."""
    rows = [_unit(f"示例市第{number}局", "市直部门", number) for number in range(DEPARTMENTS)]
    for number in range(COUNTIES):
        second = {"第二位主要负责同志姓名": f"吴某{number}", "第二位主要负责同志职务": "县长"}
        rows.append({**_unit(f"示例第{number}县", "县（市）区", 100 + number), **second})
    if broken:
        rows[30]["类别"] = "局"
    return sheet(Kind.UNITS, *rows)


def _unit(name: str, label: str, number: int) -> dict[str, str]:
    head = {"主要负责同志姓名": f"王某{number}", "主要负责同志账号": f"head{number}"}
    return {"单位名称": name, "类别": label, **head, "联络员姓名": f"赵某{number}", "联络员职务": "办公室主任"}


def items() -> bytes:
    names = [f"示例市第{number}局" for number in range(DEPARTMENTS)] + [
        f"示例第{number}县" for number in range(COUNTIES)
    ]
    rows = [{"单位名称": name, "事项名称": what} for name in names for what in ("登记", "变更", "注销")]
    return sheet(Kind.ITEMS, *rows)


def test_a_campaign_of_56_units_is_opened_by_clicking(empty: Server, browser: Browser) -> None:
    invite = ("user", "invite", "office", "--port", str(empty.port))
    office = enter(browser, empty, told(empty.folder, "walkthrough_app.cli", *invite))
    open_campaign(office)
    expect(office.locator(".ready li:not(.done)").first).to_contain_text("参加单位")
    bring(office, "导入单位和人员", units(broken=True))
    expect(office.locator(".badrows")).to_contain_text("第 32 行")
    expect(office.locator(".badrows")).to_contain_text("没有“局”这一种")
    check(office)
    office.get_by_role("button", name="放弃").click()
    upload(office, units(broken=False))
    office.get_by_role("button", name="确认导入 56 行").click()
    expect(office.locator("h1")).to_have_text("单位和人员已导入")
    bring(office, "导入事项", items())
    office.get_by_role("button", name="确认导入 168 行").click()
    expect(office.locator("h1")).to_have_text("事项已导入")
    go(office, "活动")
    office.get_by_role("link", name="走流程专项行动").click()
    expect(office.locator(".ready .done")).to_have_count(5)
    check(office)
    link = print_invitations(office)
    head = enter(browser, empty, link, phone=True)
    expect(head.locator("h1")).to_be_visible()
    answer = head.goto(link)
    assert answer
    assert answer.status == 404, "a code is good once"


def open_campaign(page: Page) -> None:
    """Fill in the set-up as the notice says it, and begin at once."""
    go(page, "活动")
    page.get_by_role("link", name="新建活动").first.click()
    today = clock.today()
    texts = {"依据文件名称": "关于进一步做好“一把手走流程”工作的通知", "发文字号": "〔2018〕13号", "发文机关": "示例市作风整顿办",
             "活动名称": "走流程专项行动", "所属专项工作": "集中整治窗口服务突出问题专项", "宽限（工作日）": "2"}  # fmt: skip
    days = {"活动开始日期": 0, "体验截止日期": 12, "报送截止日期": 17}
    for label, text in texts.items():
        page.get_by_label(label).first.fill(text)
    for label, ahead in days.items():
        page.get_by_label(label).fill((today + timedelta(days=ahead)).isoformat())
    for field in page.locator("[name$=-contact], [name$=-phone]").all():
        field.fill("0000-1234567")
    page.get_by_label("状态").select_option("open")
    check(page)
    page.get_by_role("button", name="建立").click()
    expect(page.locator(".status, .chip").first).to_contain_text("进行中")


def bring(page: Page, tool: str, content: bytes) -> None:
    go(page, "单位与事项")
    page.get_by_role("link", name=tool).click()
    check(page)
    upload(page, content)


def upload(page: Page, content: bytes) -> None:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.set_input_files("[type=file]", {"name": "表.xlsx", "mimeType": kind, "buffer": content})
    page.get_by_role("button", name="上传并检查").click()
    expect(page.locator("h1")).to_contain_text("检查结果")


def print_invitations(page: Page) -> str:
    """Print the sheet, and return the link of the first head's code as a phone's camera reads it."""
    page.get_by_role("link", name="打印邀请").first.click()
    check(page)
    page.get_by_role("button", name="生成邀请页").click()
    expect(page.locator(".invite")).to_have_count(PEOPLE)
    with pikepdf.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as paper:
        assert len(paper.pages) == -(-PEOPLE // 8), "eight cards on a page"
    card = page.locator(".invite").filter(has_text=re.compile("一把手|局长")).first
    [code] = zxingcpp.read_barcodes(Image.open(io.BytesIO(card.locator("svg").screenshot())))
    page.reload()
    expect(page.locator("main")).to_contain_text("二维码只显示一次")
    return str(code.text)


def enter(browser: Browser, server: Server, words: str, *, phone: bool = False) -> Page:
    """Accept the invitation in these words in a browser of one's own."""
    found = re.search(r"/invite/\S+", words)
    assert found
    context = browser.new_context(
        viewport=PHONE if phone else DESKTOP, locale="zh-CN", base_url=f"http://127.0.0.1:{server.port}"
    )
    page = context.new_page()
    page.set_default_timeout(40_000)
    page.goto(found[0])
    for name in ("password", "again"):
        page.fill(f"[name={name}]", PASSWORD)
    page.locator("main form button").last.click()
    page.wait_for_url(lambda address: "invite" not in address)
    return page


def go(page: Page, entry: str) -> None:
    link = page.locator("a", has_text=re.compile(f"^{entry}$"))
    group = page.locator("nav.side details", has=link)
    if group.get_attribute("open") is None:
        group.locator("summary").click()
    group.locator(link).click()


def check(page: Page) -> None:
    """Hold the page to the rules of access, and to the width of a phone."""
    assert not (found := broken_rules(page)), f"{page.url}: {found}"
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    page.set_viewport_size(DESKTOP)
