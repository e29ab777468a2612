"""四、整改措施和进展: fixed at once, fixed by a date, kept up for good, and what others must help with."""

from collections.abc import Iterator

from walkthrough_app.documents import phrases
from walkthrough_app.reports.composed import Block, Column, Heading, Paragraph, Section, Table, fit
from walkthrough_app.reports.dates import day_of
from walkthrough_app.reports.material import Material
from walkthrough_app.reports.problems import Problem, of_type
from walkthrough_app.reports.voice import clause_of, see, sentence
from walkthrough_app.walkthroughs.record import RECTIFY_TYPES

LONG = 150  # characters that still go into a cell; what is longer is told below the table
BELOW = "见表下文字"


def write(material: Material) -> Section:
    return Section("整改措施和进展", tuple(_blocks(material)))


def _blocks(material: Material) -> Iterator[Block]:
    yield material.pen.write("measures.summary", _summary(material))
    n = 0
    for kind in RECTIFY_TYPES:
        problems = of_type(material.problems, kind)
        if problems:
            n += 1
            yield Heading(f"（{phrases.numeral(n)}）{_heading(kind, len(problems))}")
            if kind == "deadline":
                yield _table(problems, material)
            yield from _told(kind, problems, material)


def _heading(kind: str, count: int) -> str:
    return "需上级或部门协同的事项" if kind == "escalate" else f"{RECTIFY_TYPES[kind]}（{count}件）"


def _summary(material: Material) -> str:
    problems = material.problems
    if not problems:
        found = "未记录" if material.unexplained else "未发现"
        return f"本次体验{found}问题，没有需要整改的事项。"
    counts = {name: len(of_type(problems, kind)) for kind, name in RECTIFY_TYPES.items()}
    counts["尚未制定措施"] = len(problems) - sum(counts.values())
    counted = [f"{name}{count}个" for name, count in counts.items() if count]
    done = len([problem for problem in problems if problem.measure.get("done_on")])
    rate = f"已完成整改{done}个，整改完成率{phrases.percent(done, len(problems))}。" if done else ""
    return f"发现的{len(problems)}个问题{'，其中' if len(counted) > 1 else '：'}{'，'.join(counted)}。{rate}"


def _told(kind: str, problems: list[Problem], material: Material) -> Iterator[Paragraph]:
    telling = {"immediate": _immediate, "deadline": _deadline, "ongoing": _ongoing, "escalate": _escalate}[kind]
    told = problems if kind != "deadline" else [problem for problem in problems if _is_long(problem)]
    for problem in told:
        yield material.pen.write(f"measure.{problem.id}", telling(problem, material))


def _immediate(problem: Problem, material: Material) -> str:
    done = problem.written("done_on")
    state = f"已于{done}整改到位" if done else "正在整改"
    before = see(material.pictures.numbers(problem.photos))
    after = see(material.pictures.numbers(problem.after_photos))
    shown = "，".join(part for part in (before and f"整改前{before}", after and f"整改后{after}") if part and after)
    return sentence(f"问题{problem.number}{state}：{_measure(problem)}" + (f"（{shown}）" if shown else ""))


def _deadline(problem: Problem, _material: Material) -> str:
    """Write out what is too long for the table."""
    told = {"整改措施": _measure(problem), "步骤": _steps(problem)}
    parts = [f"{name}：{text}" for name, text in told.items() if len(text) > LONG]
    return sentence(f"问题{problem.number}{'。'.join(parts)}")


def _is_long(problem: Problem) -> bool:
    return max(len(_measure(problem)), len(_steps(problem))) > LONG


def _ongoing(problem: Problem, _material: Material) -> str:
    return sentence(f"问题{problem.number}：{_measure(problem)}")


def _escalate(problem: Problem, _material: Material) -> str:
    """State who would have to help; a 报告 asks for nothing."""
    other = clause_of(str(problem.measure.get("escalate_to") or "")) or "其他部门"
    return sentence(f"问题{problem.number}涉及{other}，需协同解决：{_measure(problem)}")


def _measure(problem: Problem) -> str:
    return clause_of(str(problem.measure["measure"]))


def _steps(problem: Problem) -> str:
    return clause_of(str(problem.measure.get("steps") or "—"))


def _cell(text: str) -> str:
    return text if len(text) <= LONG else BELOW


def _table(problems: list[Problem], material: Material) -> Table:
    rows = [
        (
            str(problem.number),
            _cell(_measure(problem)),
            _cell(_steps(problem)),
            str(problem.measure.get("resp_person") or "—"),
            day_of(problem.measure.get("due_on")) or "—",
        )
        for problem in problems
    ]
    people, days = ([row[n] for row in rows] for n in (3, 4))
    columns = (
        Column("问题", 2),
        Column("措施", is_text=True),
        Column("步骤", is_text=True),
        Column("责任人", fit(people, 4, 6)),
        Column("完成时限", fit(days, 4, 8)),
    )
    return material.pen.table("限期整改问题", columns, rows)
