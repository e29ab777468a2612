"""Papers on a desk: a form half filled in, a receipt with a stamp, a licence."""

import math

from walkthrough_app.media.scenes.canvas import Canvas

INK = "#2a333c"
PALE = "#9aa5ad"
PEN = "#274a8a"
STAMP = "#c23b33"
FORMS = {
    "居民身份证申领登记表": ("姓名", "性别", "民族", "出生日期", "住址", "联系电话"),
    "住房公积金提取申请表": ("姓名", "证件类型", "提取原因", "提取金额", "收款账户", "联系电话"),
    "居住证申领登记表": ("姓名", "性别", "户籍地", "居住地址", "居住事由", "联系电话"),
}
SIGNS = {"姓名": 3, "性别": 1, "民族": 1, "证件类型": 3, "户籍地": 7, "提取原因": 2}
RECEIPTS = ("居民身份证补领", "居住证申领", "个体工商户设立登记", "医疗费用报销")
LICENCES = ("食品经营许可证", "公共场所卫生许可证", "劳务派遣经营许可证")


def draw_form(canvas: Canvas) -> None:
    _desk(canvas)
    title = canvas.chance.choice(tuple(FORMS))
    sheet = Canvas((1060, 900), canvas.chance.randint(0, 999), "#fdfdfb")
    sheet.heading((530, 84), title, 50, INK, anchor="mm")
    for row, label in enumerate(FORMS[title]):
        _field(sheet, 70, 150 + row * 92, label)
    sheet.text((70, 752), "填写说明：请用黑色签字笔填写，字迹清楚。", 32, INK, anchor="lm")
    sheet.text((600, 834), "申请人签名：", 34, INK, anchor="lm")
    canvas.lay(sheet, 760, 520, canvas.chance.uniform(-5, 5))
    _pen(canvas)
    _card(canvas)


def draw_receipt(canvas: Canvas) -> None:
    _desk(canvas)
    sheet = Canvas((880, 1180), canvas.chance.randint(0, 999), "#fdfdfb")
    sheet.heading((440, 110), "业务受理回执", 64, INK, anchor="mm")
    sheet.box((70, 180, 740, 4), INK)
    day, days = canvas.chance.randint(2, 20), canvas.chance.choice((5, 10, 15, 20))
    lines = (
        f"受理编号：SL-2026-{canvas.chance.randint(1, 9999):04d}",
        f"申请事项：{canvas.chance.choice(RECEIPTS)}",
        f"受理日期：2026年11月{day}日",
        f"承诺时限：{days}个工作日",
        "领取方式：窗口领取或邮寄送达",
    )
    for row, words in enumerate(lines):
        sheet.text((80, 260 + row * 92), words, 42, INK, anchor="lm")
    sheet.text((80, 770), "您申请的事项已经受理，请保存好本回执，", 38, INK, anchor="lm")
    sheet.text((80, 834), "凭回执领取办理结果。", 38, INK, anchor="lm")
    sheet.text((800, 1000), "示例市政务服务中心", 40, INK, anchor="rm")
    _stamp(sheet, 620, 990, "受理专用章")
    canvas.lay(sheet, 600, 760, canvas.chance.uniform(-4, 4))


def draw_licence(canvas: Canvas) -> None:
    _desk(canvas)
    sheet = Canvas((1300, 930), canvas.chance.randint(0, 999), "#fffaf0")
    for inset, line in ((30, "#c9a24a"), (46, "#e2c98c"), (58, "#c9a24a")):
        sheet.box((inset, inset, 1300 - 2 * inset, 930 - 2 * inset), "", line=line)
    sheet.heading((650, 160), canvas.chance.choice(LICENCES), 82, "#8c2f26", anchor="mm")
    sheet.text((650, 244), "（样张）", 40, PALE, anchor="mm")
    rows = ("经营者：示例商行", "经营场所：示例市示例路1号", "法定代表人：（略）", "有效期：2026年11月至2031年11月")
    for row, words in enumerate(rows):
        sheet.text((130, 350 + row * 92), words, 42, INK, anchor="lm")
    sheet.text((1150, 800), "2026年11月", 40, INK, anchor="rm")
    _stamp(sheet, 1010, 700, "行政审批专用章")
    canvas.lay(sheet, 790, 590, canvas.chance.uniform(-3, 3))


def _desk(canvas: Canvas) -> None:
    canvas.shade("#cfa67a", "#b98d60", 0, canvas.height)
    for _ in range(26):
        y, sway = canvas.chance.uniform(0, canvas.height), canvas.chance.uniform(6, 26)
        points = [(x, y + math.sin(x / 260 + sway) * sway) for x in range(-20, canvas.width + 60, 40)]
        canvas.stroke(points, canvas.chance.choice(("#c39a6c", "#b5885a", "#d3ad83")), canvas.chance.uniform(2, 6))


def _field(sheet: Canvas, x: float, y: float, label: str) -> None:
    sheet.box((x, y, 230, 95), "#f0f3f5", line=PALE)
    sheet.box((x + 227, y, 693, 95), "", line=PALE)
    sheet.text((x + 115, y + 47), label, 38, INK, anchor="mm")
    for sign in range(SIGNS.get(label, 0)):
        _sign(sheet, x + 290 + sign * 62, y + 47)


def _sign(sheet: Canvas, x: float, y: float) -> None:
    """Scribble a sign nobody can read."""
    near = sheet.chance.uniform
    for height in (-16, near(-6, 4), 14):
        sheet.stroke(((x - near(8, 22), y + height), (x + near(8, 22), y + height - near(0, 7))), PEN, 4)
    sheet.stroke(((x + near(-8, 8), y - 24), (x + near(-10, 6), y + 22)), PEN, 4)
    for side in (-1, 1):
        sheet.stroke(((x + near(-4, 4), y), (x + side * near(14, 24), y + near(12, 24))), PEN, 4)


def _stamp(sheet: Canvas, x: float, y: float, words: str) -> None:
    sheet.ring(x, y, 118, STAMP, 8)
    points = []
    for corner in range(10):
        reach, turn = (34, 14)[corner % 2], math.pi * (corner / 5 - 0.5)
        points.append((x + reach * math.cos(turn), y - 22 + reach * math.sin(turn)))
    sheet.polygon(points, STAMP)
    sheet.heading((x, y - 82), "示例", 30, STAMP, anchor="mm")
    sheet.heading((x, y + 56), words, 28 if len(words) < 6 else 23, STAMP, anchor="mm")


def _pen(canvas: Canvas) -> None:
    x, y = canvas.chance.uniform(1290, 1340), canvas.chance.uniform(300, 420)
    canvas.stroke(((x + 8, y + 12), (x + 148, y + 472)), "#8d6a45", 26)
    canvas.stroke(((x, y), (x + 140, y + 460)), "#23303c", 26)
    canvas.stroke(((x, y), (x + 36, y + 118)), "#3f5f7f", 26)
    canvas.polygon(((x + 128, y + 462), (x + 152, y + 454), (x + 154, y + 504)), "#d9dde0")


def _card(canvas: Canvas) -> None:
    """Lay a card without a name or a face beside the form."""
    card = Canvas((330, 208), 0, "#dfeaf0")
    card.box((214, 36, 88, 112), "#b9cbd6", radius=6)
    for row in range(4):
        card.box((28, 44 + row * 32, 150 - row % 2 * 40, 12), "#8ea8b8", radius=6)
    canvas.lay(card, 210, canvas.chance.uniform(1010, 1060), canvas.chance.uniform(-14, 14))
