"""Our questionnaires in the Enketo form engine: each exported as XLSForm, opened, answered; prints a table."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from playwright.sync_api import Locator, Page, Route, sync_playwright
from pyxform.xls2xform import convert
from sites import FOLDER, TOOLS

from walkthrough_app.authoring import files
from walkthrough_app.config import ROOT
from walkthrough_app.questionnaires import source

PACKED = FOLDER / "forms"
ADDRESS = "http://forms.invalid/"
PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>Enketo</title>
<link rel="stylesheet" href="/engine.css"><script defer src="/engine.js"></script></head>
<body><div class="main"><article class="paper"></article></div></body></html>"""
PICTURE = ROOT / "static" / "icons" / "app-192.png"
CHOICES = {"yn", "one", "score5", "many"}
NONE = "–"
STRAIGHT = str.maketrans("‘’“”", "''\"\"")  # what pyxform makes of quotation marks in every form
Data = Mapping[str, Any]


def main() -> int:
    """Return how many promises are broken."""
    PACKED.mkdir(parents=True, exist_ok=True)
    subprocess.run(["node", str(TOOLS / "forms.mjs"), str(PACKED)], cwd=FOLDER, check=True)
    broken = 0
    print(f"| programme | {' | '.join(CHECKS)} |\n|---{'|---' * len(CHECKS)}|", flush=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for document in source.builtin():
            form = Opened(browser.new_page(), document)
            said = [check(form) for check in CHECKS.values()]
            broken += sum(one.startswith("no") for one in said)
            print(f"| {document['id']} | {' | '.join(said)} |", flush=True)
        browser.close()
    return broken


class Opened:
    """A questionnaire of ours as Enketo shows it."""

    def __init__(self, page: Page, document: Data) -> None:
        self.page, self.document, self.thrown = page, document, list[str]()
        page.on("pageerror", lambda error: self.thrown.append(str(error)))
        page.route("**/*", served)
        page.goto(ADDRESS)
        xform = convert(files.to_xlsform(document), file_type=".xlsx").xform
        self.errors = page.evaluate("xform => window.openForm(xform)", xform)
        self.parts = [*document["steps"], *(document.get("addons") or [])]
        self.paths = {one["id"]: f"/data/{part['id']}/{one['id']}" for part in self.parts for one in part["questions"]}
        self.questions = {one["id"]: one for part in self.parts for one in part["questions"]}

    def shown(self, question: str) -> Locator:
        """Return the first question of this name; it counts as visible only when its condition holds."""
        return self.page.locator(".question", has=self.field(question)).first

    def field(self, question: str) -> Locator:
        path = self.paths[question]
        return self.page.locator(f'input[name="{path}"], input[data-name="{path}"], textarea[name="{path}"]')

    def choose(self, question: str, value: str) -> None:
        """Choose one answer, and no other."""
        checked = self.shown(question).locator("input:checked[type=checkbox]")
        for _ in range(checked.count()):
            checked.first.uncheck()
        self.mark(question, value)

    def mark(self, question: str, value: str) -> None:
        self.shown(question).locator(f'input[value="{value}"]').check()

    def answer(self, question: str) -> str:
        """Give the answer that comes first, and return what the record has to hold; '' for a picture."""
        kind, field = self.questions[question]["type"], self.shown(question)
        if kind in CHOICES:
            value = field.locator('input[value]:not([value=""])').first.get_attribute("value") or ""
            self.choose(question, value)
            return value
        if kind == "photo":
            field.locator("input[type=file]").set_input_files(PICTURE)
            return ""
        self.write(question, "2" if kind != "text" else "照指南办的")
        return field.locator("input, textarea").first.input_value()

    def write(self, question: str, text: str) -> None:
        field = self.shown(question).locator("input, textarea").first
        field.fill(text)
        field.dispatch_event("change")

    def is_valid(self) -> bool:
        return bool(self.page.evaluate("() => window.form.validate()"))

    def invalid(self) -> Sequence[str]:
        found = self.page.locator(".invalid-constraint, .invalid-required").all()
        return [one.locator(".question-label").first.inner_text() for one in found]


def served(route: Route) -> None:
    name = route.request.url.removeprefix(ADDRESS)
    if not name:
        route.fulfill(body=PAGE, content_type="text/html; charset=utf-8")
    elif name in {"engine.js", "engine.css"}:
        route.fulfill(path=PACKED / name)
    else:
        route.fulfill(status=404)


def opens(form: Opened) -> str:
    errors = [*form.errors, *form.thrown]
    return f"no: {errors[0][:80]}" if errors else "yes"


def asks(form: Opened) -> str:
    """Every question is there, in our words; those without a condition are to be seen."""
    for name, question in form.questions.items():
        label = form.shown(name).locator(".question-label.active").first
        if label.text_content() != question["text"].translate(STRAIGHT):
            return f"no: {name}"
        if "show_if" not in question and not label.is_visible():
            return f"no: {name} cannot be seen"
    return str(len(form.questions))


def conditions(form: Opened) -> str:
    """Each condition hides its question, shows it on the answer that it names, and hides it on another."""
    found = [(name, one["show_if"]) for name, one in form.questions.items() if "show_if" in one]
    if early := [name for name, _ in found if form.shown(name).is_visible()]:
        return f"no: {early} shown at once"
    for name, show_if in found:
        hit, miss = values_for(form, show_if)
        form.choose(show_if["question"], hit)
        form.shown(name).wait_for(state="visible", timeout=5000)
        form.choose(show_if["question"], miss)
        form.shown(name).wait_for(state="hidden", timeout=5000)
    return str(len(found)) if found else NONE


def values_for(form: Opened, show_if: Data) -> tuple[str, str]:
    """Return an answer that the condition names, and one that it does not."""
    test, operand = next(iter(show_if["when"].items()))
    named = operand if isinstance(operand, list) else [operand]
    inputs = form.shown(show_if["question"]).locator('input:not([value=""])').all()
    values = [one.get_attribute("value") or "" for one in inputs]
    others = [one for one in values if one not in named]
    return (others[0], named[0]) if test == "any_but" else (named[0], others[0])


def repeats(form: Opened) -> str:
    buttons = form.page.locator(".add-repeat-btn")
    wanted = sum(1 for part in form.parts if part.get("repeat"))
    if buttons.count() != wanted:
        return f"no: {buttons.count()} of {wanted}"
    if not wanted:
        return NONE
    before = form.page.locator(".or-repeat").count()
    buttons.first.click()
    after = form.page.locator(".or-repeat").count()
    return f"{before} → {after}" if after == before + 1 else "no: none was added"


def refuses(form: Opened) -> str:
    """Numbers too large, 没有 beside others and required ones left empty are refused, in our words."""
    said = set[str]()
    for name, question in form.questions.items():
        if not form.shown(name).is_visible():
            continue
        if question["type"] in {"count", "minutes", "days"}:
            form.write(name, "99999")
        for option in question.get("options", ()) if any(map(alone, question.get("options", ()))) else ():
            form.mark(name, option["id"])
    if form.is_valid() and any(map(can_be_wrong, form.questions.values())):
        return "no: everything is taken"
    for message in form.page.locator(".or-constraint-msg:visible, .or-required-msg:visible").all():
        said.add(message.inner_text())
    foreign = [one for one in said if one.isascii()]
    return f"no: {foreign[0]}" if foreign else f"{len(form.invalid())}"


def alone(option: Data) -> bool:
    return bool(option.get("exclusive"))


def can_be_wrong(question: Data) -> bool:
    numbers = {"count", "minutes", "days"}
    return question["type"] in numbers or bool(question.get("required")) or any(map(alone, question.get("options", ())))


def fills(form: Opened) -> str:
    """A record with every question answered is valid, and holds the answers."""
    given = dict[str, str]()
    for name in form.questions:
        if form.shown(name).is_visible():
            given[name] = form.answer(name)
    if not form.is_valid():
        return f"no: {form.invalid()}"
    record = form.page.evaluate("() => window.form.getDataStr()")
    lost = [name for name, value in given.items() if value and f"<{name}>{value}</{name}>" not in record]
    return f"no: {lost} lost" if lost else f"{sum(map(bool, given.values()))}"


CHECKS = {
    "opens": opens,
    "questions": asks,
    "conditions": conditions,
    "repeat": repeats,
    "wrong answers told in Chinese": refuses,
    "answers in a valid record": fills,
}

if __name__ == "__main__":
    sys.exit(main())
