"""A clerk writes a fifth programme in the browser: two steps, a rule, a look at the phone, published, offered."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.access import RULES
from tests.browser.conftest import Site

pytestmark = pytest.mark.browser


def save(page: Page, name: str = "保存") -> None:
    page.get_by_role("button", name=name, exact=True).last.click()


def test_a_fifth_programme_is_written_previewed_published_and_offered(serve: Callable[[], Site]) -> None:
    page = serve().open("office", desktop=True)
    page.locator("nav.side summary", has_text="活动安排").click()
    page.locator("nav.side").get_by_role("link", name="问卷", exact=True).click()
    page.get_by_role("link", name="新建问卷").click()
    begin(page)
    first_step(page)
    second_step(page)
    expect(page.get_by_text("可以发布")).to_be_visible()
    assert Axe().run(page, options=RULES).violations_count == 0
    preview(page)
    page.get_by_role("link", name="发布", exact=True).click()
    page.get_by_role("button", name="发布第 1 版").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("窗口提速 第 1 版")
    page.goto("/campaigns/new")
    expect(page.get_by_label("问卷版本")).to_contain_text("窗口提速 第 1 版")


def begin(page: Page) -> None:
    card = page.locator("section.card").first
    for label, text in (
        ("名称", "窗口提速"),
        ("代号", "quick_service"),
        ("依据文件名称", "关于窗口提速的通知"),
        ("文件里要求做这件事的原文", "对窗口服务逐项体验"),
    ):
        card.get_by_label(label, exact=True).fill(text)
    card.get_by_role("button", name="开始写").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("窗口提速")


def first_step(page: Page) -> None:
    """Name the step, and give its question a rule."""
    page.locator("#steps-0 a.act").click()
    page.get_by_label("名称", exact=True).fill("到窗口")
    page.get_by_label("短名").fill("窗口")
    save(page)
    page.get_by_role("link", name="这一环节顺利吗？").click()
    page.get_by_label("问题", exact=True).fill("窗口有人接待吗？")
    page.get_by_label("问题名称").fill("窗口没有人")
    page.get_by_label("类别").select_option(label="　G6 空岗离岗、做无关事")
    page.get_by_label("程度").select_option(label="较重")
    page.get_by_label("理由").fill("到窗口时没有人接待")
    save(page)


def second_step(page: Page) -> None:
    page.get_by_role("button", name="加一个环节").click()
    page.get_by_label("名称", exact=True).fill("办结")
    page.get_by_label("短名").fill("办结")
    save(page)
    expect(page.get_by_text("至少 1 项")).to_be_visible()
    page.get_by_role("link", name="加一题").nth(1).click()
    page.get_by_role("link", name="分钟数").click()
    page.get_by_label("问题", exact=True).fill("一共花了几分钟？")
    save(page)


def preview(page: Page) -> None:
    address = page.url
    page.get_by_role("link", name="手机预览").click()
    page.get_by_text("否", exact=True).click()
    page.get_by_role("button", name="看看提示").click()
    expect(page.get_by_text("可能的问题：窗口没有人")).to_be_visible()
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("办结")
    page.goto(address)
