"""A self-service machine, in use or out of order."""

from walkthrough_app.media.scenes.canvas import Canvas

BODY = "#e9eef1"
EDGE = "#b7c3cb"
BLUE = "#2b5c94"
TILES = ("身份证业务", "居住证业务", "社保查询", "医保查询", "公积金", "不动产查询", "缴费", "打印证明")
TILE_COLOURS = ("#3f7cb8", "#3a9188", "#c07f35", "#7a6aa8")


def draw(canvas: Canvas) -> None:
    canvas.shade("#eef2f4", "#dde4e9", 0, 1260)
    canvas.shade("#c6ced4", "#aeb8bf", 1260, 340)
    canvas.box((0, 1248, 1200, 16), "#98a4ac")
    _plant(canvas, 1040)
    _body(canvas)
    if canvas.chance.random() < 0.5:
        _out_of_order(canvas)
    else:
        _menu(canvas)
    _slots(canvas)


def _body(canvas: Canvas) -> None:
    canvas.shadow((230, 1400, 740, 60), strength=110, blur=24)
    canvas.box((260, 150, 680, 1290), BODY, radius=36, line=EDGE)
    canvas.box((260, 150, 680, 140), BLUE, radius=36)
    canvas.box((260, 230, 680, 60), BLUE)
    canvas.heading((600, 222), "自助服务终端", 66, "#ffffff", anchor="mm")
    canvas.box((320, 340, 560, 500), "#1d2731", radius=18)
    canvas.box((220, 1400, 760, 56), "#8f9ca5", radius=14)


def _menu(canvas: Canvas) -> None:
    canvas.box((344, 364, 512, 452), "#f2f6f9", radius=6)
    canvas.text((600, 402), "请选择要办理的业务", 36, "#24313d", anchor="mm")
    for place, words in enumerate(TILES):
        x, y = 362 + place % 2 * 244, 440 + place // 2 * 92
        canvas.box((x, y, 232, 80), TILE_COLOURS[(place + place // 2) % 4], radius=10)
        canvas.text((x + 116, y + 40), words, 34, "#ffffff", anchor="mm")


def _out_of_order(canvas: Canvas) -> None:
    canvas.box((344, 364, 512, 452), "#0f161d", radius=6)
    canvas.veil(((380, 816), (560, 364), (660, 364), (480, 816)), "#ffffff", 16)
    sheet = Canvas((400, 260), 0, "#ffffff")
    sheet.heading((200, 90), "设备维护", 66, "#b3261e", anchor="mm")
    sheet.heading((200, 180), "暂停使用", 66, "#b3261e", anchor="mm")
    canvas.lay(sheet, 600, 590, canvas.chance.uniform(-4, 4))


def _slots(canvas: Canvas) -> None:
    canvas.box((340, 890, 300, 200), "#d6dee4", radius=14, line=EDGE)
    canvas.text((490, 930), "身份证放置处", 34, "#44515d", anchor="mm")
    canvas.box((390, 966, 200, 104), "#7f93a3", radius=10)
    canvas.box((690, 890, 180, 92), "#d6dee4", radius=14, line=EDGE)
    canvas.box((716, 926, 128, 16), "#2c3640", radius=8)
    canvas.text((780, 1010), "取号", 34, "#44515d", anchor="mm")
    canvas.box((340, 1150, 520, 130), "#d6dee4", radius=14, line=EDGE)
    canvas.box((380, 1188, 440, 54), "#37444f", radius=10)
    canvas.text((600, 1316), "凭条出口", 34, "#44515d", anchor="mm")


def _plant(canvas: Canvas, x: float) -> None:
    for lean, top in ((-70, 960), (-30, 880), (20, 860), (60, 930), (86, 1010)):
        canvas.polygon(
            ((x - 12, 1250), (x + lean - 26, top + 70), (x + lean, top), (x + lean + 22, top + 80), (x + 12, 1250)),
            "#5f8a64",
        )
    canvas.polygon(((x - 76, 1230), (x + 76, 1230), (x + 54, 1390), (x - 54, 1390)), "#c9b8a0")
