"""The head at the window: what one does on each screen, named as the buttons are; on plain pages, or on the walk page."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.phone import all_sent, until

GOOD = {
    "query": {"W-Q4": "清楚", "W-Q5": "清楚", "W-Q6": "说全了"},
    "prepare": {"W-P1": "是"},
    "queue": {"W-K3": "是"},
    "accept": {"W-A5": "是"},
}


class Walker:
    """Walks page by page, as without JavaScript."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def task(self, name: str) -> None:
        """Press 开始走流程 on the card of this item."""
        self.page.goto("/tasks")
        card = self.page.locator("section.card", has_text=name).filter(has=self.page.get_by_text("开始走流程"))
        card.get_by_text("开始走流程").click()
        self.headline("开始走流程")

    def resume(self, name: str) -> None:
        self.listed(name, "继续走").click()

    def listed(self, name: str, words: str) -> Locator:
        """Open the list until the card of this item says so: a server slower than 2.5 s brings its news the next time."""
        found = self.page.locator("section.card", has_text=name).get_by_text(words)

        def is_there() -> bool:
            self.page.goto("/tasks")
            return found.count() > 0

        until(self.page, is_there)
        return found

    def start(self) -> None:
        self.main("开始走流程")
        self.headline("查询")

    def field(self, form: str, name: str) -> str:
        return f"[name={name}]"

    def headline(self, text: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(text)

    def main(self, text: str) -> None:
        self.page.locator("footer").get_by_role("button", name=text, exact=True).click()

    def press(self, text: str) -> None:
        self.page.get_by_role("button", name=text, exact=True).click()

    def tap(self, question: str, option: str) -> None:
        self.page.locator(f"#card-{question}").get_by_text(option, exact=True).click()

    def answer(self, screen: str) -> None:
        for question, option in GOOD[screen].items():
            self.tap(question, option)

    def walk_to_the_counter(self) -> None:
        self.tap("W-Q1", "电话")
        self.answer("query")
        self.main("下一步：准备材料")
        self.answer("prepare")
        self.main("下一步：排队")
        self.page.fill("[name=no]", "A037")
        self.page.fill("[name=ahead]", "14")
        self.press("取号")
        expect(self.page.locator("[data-list=turns]:visible")).to_contain_text("取号 A037 · 前面 14 人")
        self.answer("queue")
        self.main("叫到号，进入受理")
        self.headline("受理")

    def choose(self, file: Path) -> None:
        self.page.set_input_files("#photo", file)
        self.press("上传选好的照片")

    def photo(self, file: Path) -> None:
        """Take a picture and mask one face in it."""
        self.choose(file)
        shot = self.page.locator(".shot:visible")
        expect(shot).to_have_count(1)
        shot.click()
        self.cover()
        expect(self.page.get_by_text("已打码 1 处")).to_be_visible()
        self.main("好了")

    def cover(self) -> None:
        self.page.locator("input[type=image]").click(position={"x": 60, "y": 60})

    def problem(self, title: str) -> None:
        """Note a problem by hand, on 核对."""
        link = self.page.get_by_role("link", name="修改").or_(self.page.get_by_role("link", name="补记一个问题"))
        link.first.click()
        self.describe(title)

    def describe(self, title: str) -> None:
        self.page.fill(self.field("finding", "title"), title)
        self.page.select_option(self.field("finding", "category"), index=1)
        self.main("保存，写整改措施")

    def suggested(self, question: str, option: str) -> None:
        """Take up the suggestion of a bad answer."""
        self.tap(question, option)
        self.page.locator(f"#card-{question}").get_by_role("button", name="记为问题").click()
        self.main("保存，写整改措施")

    def mend(self, words: str, *, steps: str = "") -> None:
        """Say what is done about it: at once, or in steps."""
        self.headline("整改措施")
        self.page.fill(self.field("measure", "measure"), words)
        kind = "deadline" if steps else "immediate"
        self.page.locator(f"{self.field('measure', 'rectify_type')}[value={kind}] + span").click()
        if steps:
            self.page.fill(self.field("measure", "steps"), steps)
        self.main("保存")
        expect(self.page.get_by_role("heading", level=1)).not_to_have_text("整改措施")

    def to_review(self) -> None:
        self.main("去核对")
        self.headline("核对")

    def declare(self) -> None:
        for number in range(1, 5):
            self.tap(f"W-I{number}", "是")

    def faultless(self, reason: str) -> None:
        self.page.fill(self.field("review", "no_finding"), reason)

    def rest(self) -> None:
        self.declare()
        self.main("保存，先等结果")

    def finish(self) -> None:
        self.main("确认无误，走完了")
        expect(self.page.get_by_text("已走完").first).to_be_visible()


class LocalWalker(Walker):
    """Walks on the one page that lives on the phone."""

    def start(self) -> None:
        super().start()
        expect(self.page.locator("body.ready")).to_be_visible()

    def field(self, form: str, name: str) -> str:
        return f"[name=s-{form}-{name}]"

    def choose(self, file: Path) -> None:
        self.page.set_input_files("#camera", file)

    def cover(self) -> None:
        self.page.locator(".maskpad").click(position={"x": 60, "y": 60})

    def problem(self, title: str) -> None:
        self.press("补记一个问题")
        self.describe(title)

    def rest(self) -> None:
        """It rests since 还要等，先放着 was pressed."""
        expect(self.page.get_by_text("已放下，等结果")).to_be_visible()
        self.declare()
        self.sent()

    def finish(self) -> None:
        super().finish()
        self.sent()

    def sent(self) -> None:
        all_sent(self.page)
