"""The head at the window: what one does on each page, named as the buttons are."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

GOOD = {
    "query": {"W-Q4": "清楚", "W-Q5": "清楚", "W-Q6": "说全了"},
    "prepare": {"W-P1": "是"},
    "queue": {"W-K3": "是"},
    "accept": {"W-A5": "是"},
}


@dataclass
class Walker:
    page: Page

    def task(self, name: str) -> None:
        """Press 开始走流程 on the card of this item."""
        self.page.goto("/tasks")
        card = self.page.locator("section.card", has_text=name).filter(has=self.page.get_by_text("开始走流程"))
        card.get_by_text("开始走流程").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("开始走流程")

    def start(self) -> None:
        self.main("开始走流程")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("查询")

    def main(self, text: str) -> None:
        self.page.locator("footer").get_by_role("button", name=text).click()

    def tap(self, question: str, option: str) -> None:
        self.page.locator(f"#card-{question}").get_by_text(option, exact=True).click()

    def answer(self, screen: str) -> None:
        for question, option in GOOD[screen].items():
            self.tap(question, option)

    def walk_to_the_counter(self) -> None:
        self.page.locator("#card-W-Q1").get_by_text("电话", exact=True).click()
        self.answer("query")
        self.main("下一步：准备材料")
        self.answer("prepare")
        self.main("下一步：排队")
        self.page.fill("[name=no]", "A037")
        self.page.fill("[name=ahead]", "14")
        self.page.get_by_role("button", name="取号", exact=True).click()
        expect(self.page.get_by_text("取号 A037 · 前面 14 人")).to_be_visible()
        self.answer("queue")
        self.main("叫到号，进入受理")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("受理")

    def photo(self, file: Path, *, script: bool) -> None:
        """Take a picture; with JavaScript choosing it is enough."""
        self.page.set_input_files("#photo", file)
        if not script:
            self.page.get_by_role("button", name="上传选好的照片").click()
        expect(self.page.locator("a.shot")).to_have_count(1)
        self.page.locator("a.shot").click()
        box = self.page.locator("input[type=image]")
        box.click(position={"x": 60, "y": 60})
        expect(self.page.get_by_text("已打码 1 处")).to_be_visible()
        self.main("好了")

    def finding(self, question: str, option: str, *, later: bool) -> None:
        """Take up the suggestion of a bad answer and set its measure."""
        self.tap(question, option)
        card = self.page.locator(f"#card-{question}")
        card.get_by_role("button", name="记为问题").click()
        self.main("保存，写整改措施")
        page = self.page
        page.fill("[name=measure]", "合并窗口，一次取号")
        if later:
            page.get_by_text("限期整改", exact=True).click()
            page.fill("[name=steps]", "先腾窗口，再移设备")
        else:
            page.get_by_text("立行立改", exact=True).click()
        self.main("保存")
        expect(page.get_by_role("heading", level=1)).to_have_text("核对")

    def declare(self) -> None:
        for number in range(1, 5):
            self.tap(f"W-I{number}", "是")

    def finish(self) -> None:
        self.main("确认无误，走完了")
        expect(self.page.get_by_text("已走完")).to_be_visible()
