"""The 台账 as a workbook: its sheets and columns as domain §6.4 has them, in their order."""

from walkthrough_app.documents.workbook import Column

LONG = {"问题描述", "依据（原文）", "整改措施", "整改步骤", "进展", "备注"}
MIDDLE = {"单位", "事项", "问题编号", "责任单位", "类别", "报送时间", "类别（市直/县（市）区）"}
TITLES = [
    "序号",
    "问题编号",
    "来源（走流程/查摆/明查/暗访/回头看/评议/差评/群众意见）",
    "发现日期",
    "单位",
    "事项",
    "环节",
    "方式",
    "问题描述",
    "类别",
    "标签",
    "严重程度",
    "依据（原文）",
    "根因",
    "佐证编号",
    "责任单位",
    "责任领导",
    "责任人",
    "整改类型",
    "整改措施",
    "整改步骤",
    "整改时限",
    "延期",
    "进展",
    "完成日期",
    "整改后佐证",
    "督办编号",
    "回头看日期",
    "回头看结果",
    "状态",
    "销号日期",
    "反弹次数",
    "备注",
]
DAYS = {"发现日期", "整改时限", "完成日期", "回头看日期", "销号日期"}
SHEETS = ("新增问题清单", "推进落实问题清单", "已办结销号问题清单", "说明")


def column(title: str, number: str = "") -> Column:
    width = 36 if title in LONG else 18 if title in MIDDLE else 12 if len(title) > 4 else 9
    return Column(title, width, is_wrapped=title in LONG or title in MIDDLE, number=number)


COLUMNS = tuple(column(title) for title in TITLES)
