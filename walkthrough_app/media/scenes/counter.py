"""One window close by: the clerk behind glass, papers on the counter, the number plate above."""

from walkthrough_app.media.scenes.canvas import Canvas
from walkthrough_app.media.scenes.people import clerk, visitor

NAMES = ("综合受理", "户政业务", "社保医保", "不动产登记")
BLUE = "#2b5c94"


def draw(canvas: Canvas) -> None:
    canvas.shade("#eef2f5", "#dbe3e9", 0, 1200)
    number = canvas.chance.randint(1, 9)
    _plate(canvas, number)
    _behind_glass(canvas)
    _glass(canvas)
    _desk(canvas)
    if canvas.chance.random() < 0.7:
        visitor(canvas, canvas.chance.randint(240, 420), 1560, 1000)


def _plate(canvas: Canvas, number: int) -> None:
    canvas.box((120, 70, 1360, 130), BLUE, radius=10)
    canvas.disc(220, 135, 48, "#ffffff")
    canvas.heading((220, 133), str(number), 60, BLUE, anchor="mm")
    canvas.heading((300, 135), canvas.chance.choice(NAMES), 58, "#ffffff", anchor="lm")
    canvas.box((960, 92, 490, 86), "#14191e", radius=6)
    canvas.heading((1205, 135), f"正在办理 A{canvas.chance.randint(11, 89):03d}", 46, "#ff6b4a", anchor="mm")


def _behind_glass(canvas: Canvas) -> None:
    canvas.box((120, 220, 1360, 600), "#c8d8e3")
    canvas.box((190, 270, 300, 360), "#b4c6d3")
    for shelf in range(3):
        y = 290 + shelf * 112
        for folder in range(6):
            canvas.box(
                (206 + folder * 46, y, 38, 88),
                canvas.chance.choice(("#5f7f9f", "#8fa9bd", "#d7a65b", "#e8edf0")),
                radius=3,
            )
        canvas.box((190, y + 88, 300, 12), "#8ea2b1")
    clerk(canvas, 830, 840, 125)
    canvas.box((1110, 500, 290, 200), "#2c3640", radius=10)
    canvas.box((1126, 516, 258, 160), "#40505e")
    canvas.box((1220, 700, 70, 120), "#2c3640")


def _glass(canvas: Canvas) -> None:
    for left in (240, 980):
        canvas.veil(((left, 820), (left + 260, 220), (left + 400, 220), (left + 140, 820)), "#ffffff", 44)
    canvas.box((110, 210, 1380, 14), "#8397a8")
    for x in (110, 1476):
        canvas.box((x, 210, 14, 640), "#8397a8")
    canvas.box((690, 740, 280, 90), "#a9bcc9", radius=40)
    canvas.box((702, 752, 256, 80), "#93a8b7", radius=34)
    canvas.box((1200, 250, 230, 84), "#fffdf5", radius=4, line="#c9c2ae")
    canvas.text((1315, 292), f"工号 {canvas.chance.randint(1, 40):03d}", 38, "#3b4754", anchor="mm")


def _desk(canvas: Canvas) -> None:
    canvas.box((0, 820, 1600, 70), "#dcc4a0")
    canvas.box((0, 884, 1600, 12), "#b99b72")
    canvas.shade("#f4f1ea", "#e4ded2", 896, 304)
    canvas.box((560, 846, 240, 20), "#fbfbf9", radius=3)
    canvas.box((574, 836, 230, 16), "#ffffff", radius=3, line="#d4d4cc")
    canvas.box((1080, 792, 190, 60), "#fff6e0", radius=6, line="#d18b2c")
    canvas.text((1175, 822), "请出示原件", 32, "#8a4b10", anchor="mm")
    canvas.stroke(((930, 850), (1010, 838)), "#23303c", 8)
    canvas.box((500, 950, 600, 120), "#2b5c94", radius=8)
    canvas.heading((800, 1010), "一次性告知  限时办结", 46, "#ffffff", anchor="mm")
