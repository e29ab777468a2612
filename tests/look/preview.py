"""A small app that shows every part of the visual language with believable contents; only for tests and for looking."""

from types import SimpleNamespace
from urllib.parse import quote

from flask import Flask, render_template
from jinja2 import ChoiceLoader, FileSystemLoader
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from walkthrough_app.accounts.navigation import Entry, Group, Navigation
from walkthrough_app.config import ROOT
from walkthrough_app.core import web
from walkthrough_app.core.forms import BaseForm, options

PHONE_PAGES = ("tasks", "step", "review", "plan", "parts", "sign_in", "error")
OFFICE_PAGES = ("board", "editor")
PAGES = PHONE_PAGES + OFFICE_PAGES
HEAD = SimpleNamespace(
    name="赵立新", post="局长", role="head", username="head", unit=SimpleNamespace(name="示例市公安局")
)
PHONE_NAVIGATION = [
    Entry("我的任务", "/tasks", is_current=True),
    Entry("体验计划", "/plan"),
    Entry("专项报告", "/review"),
    Entry("问题整改", "#problems", Group.RECTIFYING, new=2),
    Entry("事项目录", "#items"),
    Entry("提醒", "#told", Group.SYSTEM, new=3),
    Entry("我", "/parts", Group.SYSTEM),
]
OFFICE_NAVIGATION = [
    Entry("进度", "/board", is_current=True),
    Entry("收到的报告", "/editor"),
    Entry("谁还没报", "#owing"),
    Entry("汇总", "#sum"),
    Entry("同事同标", "#same"),
    Entry("问题台账", "#ledger", Group.RECTIFYING),
    Entry("回头看", "#again", Group.RECTIFYING, new=1),
    Entry("督办通报", "#papers", Group.RECTIFYING),
    Entry("明查暗访", "#visits", Group.ASSESSING),
    Entry("群众评价", "#ratings", Group.ASSESSING),
    Entry("活动", "#campaigns", Group.PREPARING),
    Entry("问卷", "#forms", Group.PREPARING),
    Entry("提醒", "#told", Group.SYSTEM, new=3),
    Entry("我", "#me", Group.SYSTEM),
]


class PlanForm(BaseForm):
    """Every kind of field there is, as the plan page needs them."""

    item = SelectField(
        "事项", choices=options([("1", "居民身份证申领、换领、补领"), ("2", "新建商品房转移登记")], ask=True)
    )
    walker = RadioField("谁来走", choices=options([("head", "一把手本人"), ("deputy", "分管领导")]))
    mode = RadioField(
        "方式", choices=options([("in_person", "亲身办"), ("on_behalf", "代理办"), ("accompanied", "陪同办")])
    )
    from_on = DateField("从哪天")
    minutes = IntegerField("预计用几分钟")
    channels = SelectMultipleField(
        "用哪些渠道查询", choices=options([("1", "电话"), ("2", "网上"), ("3", "现场"), ("4", "自助机")])
    )
    reason = TextAreaField("委托的原因")
    photo = FileField("委托书照片", render_kw={"accept": "image/*", "capture": "environment"})
    simulated = BooleanField("模拟事项，不提交真实申请")


class SignInForm(BaseForm):
    username = StringField("用户名", render_kw={"autocomplete": "username", "autocapitalize": "none"})
    password = PasswordField("密码")


def make_app() -> Flask:
    """Return the app; it has the real glue, headers and templates but no database."""
    app = Flask("preview", static_folder=None)
    app.config.update(SECRET_KEY="preview", WTF_CSRF_ENABLED=True, TESTING=True)
    web.init_app(app)
    app.before_request_funcs.clear()
    app.teardown_request_funcs.clear()
    folders = (ROOT / "tests/look/templates", ROOT / "walkthrough_app/templates")
    app.jinja_env.loader = ChoiceLoader([FileSystemLoader(folder) for folder in folders])
    app.context_processor(lambda: {"me": HEAD})
    app.add_url_rule("/sign-out", "accounts.sign_out", lambda: "", methods=["POST"])
    app.add_url_rule("/<any(" + ",".join(PAGES) + "):name>", "page", page, methods=["GET", "POST"])
    return app


def page(name: str) -> str:
    if name == "error":
        return render_template("errors/page.html", status=404, message=web.HTTP_TEXT[404], request_id="3f9a12bc77e0")
    navigation = OFFICE_NAVIGATION if name in OFFICE_PAGES else PHONE_NAVIGATION
    known: dict[str, object] = {"navigation": Navigation(lambda: navigation)}
    if name == "sign_in":
        known = {"me": None, "navigation": None}
    form = refused() if name == "plan" else SignInForm() if name == "sign_in" else PlanForm(mode="in_person")
    return render_template(f"preview/{name}.html", form=form, **contents(), **known)


def refused() -> PlanForm:
    form = PlanForm(walker="deputy", mode="in_person", channels=["1", "2"])
    form.walker.errors = ["这个事项群众反映强烈，须一把手本人体验（通知二（二））。"]
    form.minutes.errors = ["请填 0 到 9999。"]
    return form


def contents() -> dict[str, object]:
    """Return the values of one walk: clock, rail, ribbons, pictures."""
    return {
        "steps": STEPS,
        "under_way": [segment("查询", 12), segment("备材料", 35), segment("排队", 23, "wait", running=True)],
        "walked": [
            segment("查询", 12),
            segment("备材料", 35),
            segment("排队", 41, "wait"),
            segment("受理", 18),
            segment("拿结果", 6, "wait"),
        ],
        "long_wait": [segment("查询", 1), segment("备材料", 20), segment("排队", 152, "wait"), segment("受理", 16)],
        "photos": [
            picture("09:42", "#b8c3d1", is_masked=True),
            picture("09:55", "#d1c3b8"),
            picture("10:01", "#bcd1b8"),
        ],
    }


def segment(label: str, minutes: int, kind: str = "do", *, running: bool = False) -> dict[str, object]:
    return {"label": label, "minutes": minutes, "kind": kind, "running": running}


def picture(at: str, colour: str, *, is_masked: bool = False) -> dict[str, object]:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path fill="{colour}" d="M0 0h4v3H0z"/></svg>'
    src = "data:image/svg+xml," + quote(drawing)
    return {"src": src, "href": "#photo", "at": at, "alt": f"{at} 排队照片", "is_masked": is_masked}


STEPS = [
    {"label": "查询", "state": "done", "seconds": 760, "running": False, "name": "query"},
    {"label": "备材料", "state": "done", "seconds": 2105, "running": False, "name": "prepare"},
    {"label": "排队", "state": "now", "seconds": 0, "running": True, "name": "queue"},
    {"label": "受理", "state": "todo", "seconds": 0, "running": False, "name": "accept"},
    {"label": "拿结果", "state": "todo", "seconds": 0, "running": False, "name": "result"},
]
