"""四、整改措施和进展: fixed at once, fixed by a date, kept up for good, and what others must help with."""

from collections.abc import Iterator

from walkthrough_app.documents import phrases
from walkthrough_app.reports.composed import Block, Column, Heading, Paragraph, Section, Table
from walkthrough_app.reports.dates import day_of
from walkthrough_app.reports.material import Material
from walkthrough_app.reports.problems import RECTIFY, Problem, of_type
from walkthrough_app.reports.voice import clause_of, see, sentence

COLUMNS = (
    Column("问题", 2),
    Column("措施", 10, is_text=True),
    Column("步骤", 0, is_text=True),
    Column("责任人", 4),
    Column("完成时限", 5),
)


def write(material: Material) -> Section:
    return Section("整改措施和进展", tuple(_blocks(material)))


def _blocks(material: Material) -> Iterator[Block]:
    yield material.pen.write("measures.summary", _summary(material))
    n = 0
    for kind in RECTIFY:
        problems = of_type(material.problems, kind)
        if problems:
            n += 1
            yield Heading(f"（{phrases.numeral(n)}）{_heading(kind, len(problems))}")
            yield from [_table(problems, material)] if kind == "deadline" else _told(kind, problems, material)


def _heading(kind: str, count: int) -> str:
    return "需上级或部门协同的事项" if kind == "escalate" else f"{RECTIFY[kind]}（{count}件）"


def _summary(material: Material) -> str:
    problems = material.problems
    if not problems:
        return "本次体验未发现问题，没有需要整改的事项。"
    counts = {name: len(of_type(problems, kind)) for kind, name in RECTIFY.items()}
    counts["尚未制定措施"] = len(problems) - sum(counts.values())
    counted = [f"{name}{count}个" for name, count in counts.items() if count]
    done = len([problem for problem in problems if problem.measure.get("done_on")])
    rate = f"已完成整改{done}个，整改完成率{phrases.percent(done, len(problems))}。" if done else ""
    return f"发现的{len(problems)}个问题{'，其中' if len(counted) > 1 else '：'}{'，'.join(counted)}。{rate}"


def _told(kind: str, problems: list[Problem], material: Material) -> Iterator[Paragraph]:
    telling = {"immediate": _immediate, "ongoing": _ongoing, "escalate": _escalate}[kind]
    for problem in problems:
        yield material.pen.write(f"measure.{problem.id}", telling(problem, material))


def _immediate(problem: Problem, material: Material) -> str:
    done = problem.measure.get("done_on")
    state = f"已于{day_of(done)}整改到位" if done else "正在整改"
    before = see(material.pictures.numbers(problem.photos))
    after = see(material.pictures.numbers(problem.after_photos))
    shown = "，".join(part for part in (before and f"整改前{before}", after and f"整改后{after}") if part and after)
    return sentence(f"问题{problem.number}{state}：{_measure(problem)}" + (f"（{shown}）" if shown else ""))


def _ongoing(problem: Problem, _material: Material) -> str:
    return sentence(f"问题{problem.number}：{_measure(problem)}")


def _escalate(problem: Problem, _material: Material) -> str:
    """State who would have to help; a 报告 asks for nothing."""
    other = clause_of(str(problem.measure.get("escalate_to") or "")) or "其他部门"
    return sentence(f"问题{problem.number}涉及{other}，需协同解决：{_measure(problem)}")


def _measure(problem: Problem) -> str:
    return clause_of(str(problem.measure["measure"]))


def _table(problems: list[Problem], material: Material) -> Table:
    rows = [
        (
            str(problem.number),
            _measure(problem),
            clause_of(str(problem.measure.get("steps") or "—")),
            str(problem.measure.get("resp_person") or "—"),
            day_of(problem.measure.get("due_on"), year=True) or "—",
        )
        for problem in problems
    ]
    return material.pen.table("限期整改问题", COLUMNS, rows)
