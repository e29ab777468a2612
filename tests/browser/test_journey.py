"""From the sign-in to the PDF in the lane's list: one walk in each mode; without JavaScript one walk with all there is."""

import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.walker import LocalWalker, Walker
from walkthrough_app.media import draw

pytestmark = pytest.mark.browser


def test_walks_in_each_mode_become_a_report_in_the_right_lane(fresh_site: Site, picture: Path) -> None:
    page = fresh_site.open("head")
    head = LocalWalker(page)
    simulated(head)
    on_behalf(head, picture)
    accompanied(head)
    in_person(head)
    becomes_a_report(fresh_site, page, script=True)


def test_without_javascript_a_walk_becomes_a_report_just_so(fresh_site: Site, picture: Path) -> None:
    """The fullest of the walks: each page of it is a form like those of the other modes."""
    page = fresh_site.open("head", script=False)
    on_behalf(Walker(page), picture)
    becomes_a_report(fresh_site, page, script=False)


def becomes_a_report(fresh_site: Site, page: Page, *, script: bool) -> None:
    """Draft, confirm, hand in, read and take it; the other lane finds nothing."""
    liaison = fresh_site.open("liaison", script=script, desktop=True)
    address = draft(liaison)
    explain(liaison)
    confirm(page, address)
    liaison.goto(address)
    liaison.get_by_role("button", name="报送").first.click()
    expect(liaison.get_by_text("已报送").first).to_be_visible()

    style = fresh_site.open("style", script=script, desktop=True)
    style.goto("/inbox")
    row = style.locator("tr", has_text="示例市公安局")
    expect(row).to_contain_text("按期")
    row.get_by_role("link").first.click()
    pdf = style.request.get(style.get_by_role("link", name="打开PDF").get_attribute("href") or "")
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.body().startswith(b"%PDF-")
    style.get_by_role("button", name="接收").first.click()
    expect(style.get_by_text("已接收").first).to_be_visible()

    coord = fresh_site.open("coord", script=script, desktop=True)
    coord.goto("/inbox")
    expect(coord.get_by_text("示例市公安局")).to_have_count(0)
    assert coord.request.get(address).status == 404


def simulated(head: Walker) -> None:
    """新生儿登记 as 模拟事项: stops before anything false enters a real system."""
    head.task("新生儿国内出生户口登记")
    head.start()
    head.walk_to_the_counter()
    head.to_review()
    head.declare()
    head.faultless("走到受理前都一次办成")
    head.finish()


def on_behalf(head: Walker, picture: Path) -> None:
    """居住证 on behalf of a firm: not without its authorisation; accepted and done."""
    head.task("居住证申领")
    head.main("开始走流程")
    expect(head.page.get_by_text("代理办要先有授权").first).to_be_visible()
    head.page.get_by_text("企业", exact=True).click()
    head.page.select_option("[name=scope]", label="全程")
    head.page.set_input_files("[name=photo]", picture)
    head.start()
    head.walk_to_the_counter()
    head.answer("accept")
    head.main("窗口正式受理了")
    head.headline("拿结果")
    head.photo(picture)
    head.main("拿到结果了")
    head.to_review()
    head.problem("受理单没有写办结时限")
    head.mend("受理单加印办结时限")
    head.declare()
    head.finish()


def accompanied(head: Walker) -> None:
    """护照 beside a citizen: consent first, a finding with deadline and steps, result awaited."""
    head.task("普通护照首次申请")
    head.main("开始走流程")
    expect(head.page.get_by_text("请先征得陪同对象同意").first).to_be_visible()
    head.page.get_by_text("已向陪同对象说明来意，并征得同意").click()
    head.start()
    head.walk_to_the_counter()
    head.suggested("W-A1", "否")
    head.mend("合并窗口，一次取号", steps="先腾窗口，再移设备")
    head.resume("普通护照首次申请")
    head.main("窗口正式受理了")
    head.press("还要等，先放着")
    head.headline("核对")
    head.rest()
    head.listed("普通护照首次申请", "已受理、待结果")


def in_person(head: Walker) -> None:
    """身份证 for himself, all the way."""
    head.task("居民身份证申领、换领、补领")
    head.start()
    head.walk_to_the_counter()
    head.main("窗口正式受理了")
    head.main("拿到结果了")
    head.to_review()
    head.declare()
    head.faultless("这一次都办得顺")
    head.finish()


def draft(liaison: Page) -> str:
    """Generate the report, and return its address."""
    liaison.goto("/reports")
    liaison.get_by_role("link", name="生成专项报告").first.click()
    liaison.locator("main form button").last.click()
    return liaison.url


def explain(liaison: Page) -> None:
    """Say why items have not been walked, if that is so."""
    reasons = liaison.locator("textarea[name^=why-]").all()
    for reason in reasons:
        reason.fill("其余事项正在体验，按计划走完。")
    if reasons:
        liaison.get_by_role("button", name="保存说明").click()
    expect(liaison.get_by_text("可以确认了")).to_be_visible()


def confirm(head: Page, address: str) -> None:
    head.goto(f"{address}/confirm")
    head.get_by_text("我已核对，内容属实").click()
    head.locator("footer").get_by_role("button", name="确认").click()
    head.wait_for_url(lambda url: not url.endswith("/confirm"))


@pytest.fixture(scope="session")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("camera") / "IMG_0001.jpg"
    drawn = Image.open(io.BytesIO(draw.sample_photo("form", seed=7))).resize((4000, 3000))
    grain = Image.effect_noise(drawn.size, 60).convert("RGB")
    Image.blend(drawn.convert("RGB"), grain, 0.3).save(file, quality=92)
    assert file.stat().st_size > 3_000_000, "as large as a phone makes them"
    return file
