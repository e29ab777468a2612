"""A service hall: the number screen, a row of windows, the queue and the seats."""

from walkthrough_app.media.scenes.canvas import Canvas
from walkthrough_app.media.scenes.people import clerk, seated, visitor

WINDOWS = ("户政业务", "综合受理", "社保医保", "不动产", "税务登记")
BLUE = "#2b5c94"
LAMP = "#ff8a3c"


def draw(canvas: Canvas) -> None:
    _room(canvas)
    closed = canvas.chance.sample(range(5), 2)
    called = next(index for index in (1, 2, 0) if index not in closed)
    _screen(canvas, called + 1)
    for index, name in enumerate(WINDOWS):
        _window(canvas, 60 + index * 300, index + 1, name, is_closed=index in closed)
    _queue(canvas, 60 + called * 300 + 140)
    _seats(canvas)


def _room(canvas: Canvas) -> None:
    canvas.shade("#f3f6f8", "#e2e8ed", 0, 760)
    canvas.shade("#cfd6db", "#b9c2c9", 760, 440)
    for x in (180, 620, 1060):
        canvas.box((x, 18, 360, 22), "#ffffff", radius=8)
    for y in (820, 900, 1010):
        canvas.stroke(((0, y), (1600, y)), "#c3cbd1", 3)
    for top, bottom in ((200, -260), (600, 380), (1000, 1220), (1400, 1860)):
        canvas.stroke(((top, 760), (bottom, 1200)), "#c3cbd1", 3)
    canvas.box((0, 70, 1600, 84), BLUE)
    canvas.heading((60, 112), "示例市政务服务中心", 50, "#ffffff", anchor="lm")


def _screen(canvas: Canvas, window: int) -> None:
    canvas.shadow((960, 176, 560, 186), strength=60)
    canvas.box((960, 166, 560, 186), "#222a33", radius=10)
    canvas.box((974, 180, 532, 158), "#0d1216")
    canvas.heading((1240, 222), f"请 A{canvas.chance.randint(21, 78):03d} 号到 {window} 号窗口", 44, LAMP, anchor="mm")
    canvas.text((1240, 296), f"等候 {canvas.chance.randint(9, 26)} 人", 38, "#7fd1a0", anchor="mm")


def _window(canvas: Canvas, x: float, number: int, name: str, *, is_closed: bool) -> None:
    canvas.box((x, 396, 280, 60), BLUE, radius=6)
    canvas.heading((x + 34, 426), str(number), 40, "#ffffff", anchor="mm")
    canvas.text((x + 160, 426), name, 32, "#ffffff", anchor="mm")
    canvas.box((x, 456, 280, 230), "#d3e2ec")
    if is_closed:
        canvas.box((x + 90, 560, 100, 126), "#52606e", radius=16)
    else:
        canvas.box((x + 196, 600, 70, 60), "#3a4652", radius=6)
        clerk(canvas, x + 130, 690, 42)
    canvas.veil(((x + 20, 686), (x + 110, 456), (x + 170, 456), (x + 80, 686)), "#ffffff", 60)
    canvas.box((x - 10, 676, 300, 40), "#d9c3a3", radius=4)
    canvas.box((x - 4, 716, 288, 130), "#f6f4ef")
    canvas.box((x - 4, 716, 288, 12), "#ddd6c9")
    if is_closed:
        canvas.box((x + 60, 610, 160, 62), "#fff6e0", radius=4, line="#d18b2c")
        canvas.heading((x + 140, 641), "暂停服务", 32, "#a3540f", anchor="mm")


def _queue(canvas: Canvas, x: float) -> None:
    people = canvas.chance.randint(4, 6)
    for place in range(people):
        visitor(canvas, x + place * 46 + canvas.chance.randint(-14, 14), 880 + place * 36, 300 + place * 22)


def _seats(canvas: Canvas) -> None:
    for place in range(6):
        x = 110 + place * 176
        if canvas.chance.random() < 0.6:
            seated(canvas, x, 1040, 48)
        canvas.box((x - 78, 1036, 156, 120), "#6f8294", radius=18)
        canvas.box((x - 62, 1050, 124, 92), "#8397a8", radius=12)
    canvas.box((20, 1150, 1060, 18), "#4b5965", radius=6)
