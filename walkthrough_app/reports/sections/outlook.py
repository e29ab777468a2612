"""六、下一步工作: short, from what is still open."""

from walkthrough_app.documents import phrases
from walkthrough_app.reports.composed import Section
from walkthrough_app.reports.material import Material

CLOSING = "特此报告。"


def write(material: Material) -> Section:
    write = material.pen.write
    return Section("下一步工作", (write("outlook", _outlook(material)), write("closing", CLOSING)))


def _outlook(material: Material) -> str:
    open_ones = [problem for problem in material.problems if not problem.measure.get("done_on")]
    tasks = []
    if open_ones:
        tasks.append(f"抓好尚未完成的{len(open_ones)}个问题的整改，逐项对照时限检查落实")
    if material.awaiting:
        tasks.append(f"继续跟踪{len(material.awaiting)}个待结果事项，拿到结果后及时补报")
    if material.problems:
        tasks.append("对同类窗口、同类事项举一反三，防止问题反弹")
    else:
        tasks.append("巩固体验成果，继续以办事群众的身份查找不足")
    if len(tasks) == 1:
        return f"下一步，{material.we}将{tasks[0]}。"
    counted = "；".join(f"{phrases.numeral(n)}是{task}" for n, task in enumerate(tasks, 1))
    return f"下一步，{material.we}将做好以下工作：{counted}。"
