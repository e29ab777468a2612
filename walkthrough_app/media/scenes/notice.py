"""A notice board with the guides of some services, and one paper that somebody added."""

from walkthrough_app.media.scenes.canvas import Canvas

BLUE = "#2b5c94"
INK = "#2a333c"
GUIDES = (
    ("居民身份证补领", ("材料：居民户口簿", "时限：20个工作日", "收费：40元", "次数：1次")),
    ("居住证申领", ("材料：身份证、相片", "时限：15日", "收费：首次免费", "次数：1次")),
    ("公积金提取", ("材料：购房合同、发票", "时限：当场办结", "收费：不收费", "次数：1次")),
    ("异地就医备案", ("材料：身份证、备案表", "时限：即时办结", "收费：不收费", "次数：可不到现场")),
)
ADDED = (("复印请到", "隔壁文印店"), ("社保业务", "请到二楼"), ("每日限号", "50个"))


def draw(canvas: Canvas) -> None:
    canvas.shade("#f1eee8", "#dfdad0", 0, 1600)
    canvas.box((0, 1440, 1200, 160), "#b8bfc4")
    canvas.box((0, 1428, 1200, 16), "#8f989e")
    canvas.shadow((90, 120, 1040, 1240), strength=80, blur=20)
    canvas.box((80, 100, 1040, 1240), "#c7d0d6", radius=14)
    canvas.box((104, 124, 992, 1192), "#f7f9fa")
    canvas.box((104, 124, 992, 150), BLUE)
    canvas.heading((600, 199), "办事指南", 84, "#ffffff", anchor="mm")
    for place, (title, lines) in enumerate(canvas.chance.sample(GUIDES, 4)):
        _guide(canvas, 140 + place % 2 * 470, 310 + place // 2 * 490, title, lines)
    _added(canvas)


def _guide(canvas: Canvas, x: float, y: float, title: str, lines: tuple[str, ...]) -> None:
    canvas.shadow((x + 4, y + 6, 450, 460), strength=40, blur=6)
    canvas.box((x, y, 450, 460), "#ffffff", line="#d4dade")
    canvas.box((x + 24, y + 30, 10, 56), BLUE)
    canvas.heading((x + 52, y + 58), title, 46, INK, anchor="lm")
    for row, words in enumerate(lines):
        canvas.text((x + 28, y + 142 + row * 62), words, 36, INK, anchor="lm")
    for row in range(2):
        canvas.box((x + 28, y + 376 + row * 28, 260 - row * 60, 8), "#ccd3d8", radius=4)
    _code(canvas, x + 334, y + 352)


def _code(canvas: Canvas, x: float, y: float) -> None:
    """Draw squares that look like a QR code and lead nowhere."""
    canvas.box((x, y, 88, 88), "#ffffff", line="#9aa5ad")
    for row in range(8):
        for column in range(8):
            if canvas.chance.random() < 0.5:
                canvas.box((x + 8 + column * 9, y + 8 + row * 9, 9, 9), INK)


def _added(canvas: Canvas) -> None:
    sheet = Canvas((330, 210), 0, "#fff3c4")
    for row, words in enumerate(canvas.chance.choice(ADDED)):
        sheet.heading((165, 64 + row * 78), words, 54, "#3a3226", anchor="mm")
    canvas.lay(sheet, canvas.chance.choice((330, 860)), 1300, canvas.chance.uniform(-5, 5))
