"""三、发现的主要问题: grouped A to H, each with fact, clause and pictures; finding none needs a reason (S002-63)."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from walkthrough_app.documents import phrases
from walkthrough_app.reports.composed import Block, Heading, Section
from walkthrough_app.reports.journey import Journey
from walkthrough_app.reports.material import PARETO, Material
from walkthrough_app.reports.problems import Problem
from walkthrough_app.reports.voice import clause_of, see, sentence


def write(material: Material) -> Section:
    return Section("发现的主要问题", tuple(_blocks(material)))


def _blocks(material: Material) -> Iterator[Block]:
    if material.problems:
        yield material.pen.write("problems.summary", _summary(material))
    if PARETO in material.diagrams:
        yield material.diagrams[PARETO]
    groups = groupby(material.problems, key=lambda problem: problem.group_name)
    for n, (name, found) in enumerate(groups, 1):
        members = list(found)
        yield Heading(f"（{phrases.numeral(n)}）{name}方面（{len(members)}个）")
        for problem in members:
            lead = f"{problem.number}.{problem.title}。"
            yield material.pen.write(f"finding.{problem.id}", _told(problem, material), lead)
    if any(not journey.record.state.findings for journey in material.journeys):
        yield material.pen.write("problems.none", _none(material))


def _summary(material: Material) -> str:
    counts = Counter(problem.severity for problem in material.problems)
    order = dict.fromkeys(s.name for s in material.journeys[0].record.document.severities[::-1])
    severities = [f"{name}{counts[name]}个" for name in order if counts[name]]
    shown = material.diagrams.get(PARETO)
    see_figure = f"各类问题数量见图{shown.number}。" if shown else ""
    if len(severities) == 1:
        return f"共发现问题{len(material.problems)}个，程度为{material.problems[0].severity}。{see_figure}"
    return f"共发现问题{len(material.problems)}个，其中{'，'.join(severities)}。{see_figure}"


def _told(problem: Problem, material: Material) -> str:
    """Tell a problem: when, where, what, which pictures, against which clause."""
    pictures = see(material.pictures.numbers(problem.photos))
    shown = f"（{pictures}）" if pictures else ""
    fact = clause_of(str(problem.data.get("fact") or ""))
    place = f"{problem.journey.item}{problem.step}环节"
    told = f"{problem.day}，{place}：{fact}{shown}" if fact else f"{problem.day}体验{place}时发现{shown}"
    return sentence(told) + _marks(problem) + _basis(problem)


def _marks(problem: Problem) -> str:
    """Name the cause and the marks that the walker gave the problem."""
    document = problem.journey.record.paper
    causes = [one.name for one in document.root_causes if one.id == problem.data.get("root_cause")]
    parts = [*causes, *(f"属于“{name}”" for name in document.tag_names(problem.data.get("tags") or ()))]
    return f"原因：{'，'.join(parts)}。" if causes else f"{'，'.join(parts)}。" if parts else ""


def _basis(problem: Problem) -> str:
    """Quote the clause; the paper is named only when it is not the programme's own."""
    clause = problem.data.get("clause")
    if not clause:
        return ""
    document = problem.journey.record.document
    papers = {one.id: f"《{one.title}》" for one in document.sources if one.id != document.basis}
    return f"依据：{papers.get(clause['seed'], '')}“{clause_of(clause['text']).strip('“”')}”。"


def _none(material: Material) -> str:
    """Say which walks found nothing and why; without a reason nothing was recorded, not nothing found."""
    silent = material.unexplained
    clean = [one for one in material.journeys if not one.record.state.findings and one not in silent]
    if len(material.journeys) == 1:
        found = "".join(f"本次体验未发现问题。{sentence('原因：' + material.no_finding(one))}" for one in clean)
        return found or "本次体验未记录问题，未写明原因。"
    return _clean(clean, material) + _silent(silent, material)


def _clean(clean: list[Journey], material: Material) -> str:
    told = [f"{one.item}，{sentence('原因：' + material.no_finding(one))}".rstrip("。") for one in clean]
    is_all = len(clean) == len(material.journeys)
    start = "各项体验均未发现问题" if is_all else f"另有{len(clean)}{material.unit_of_count}体验未发现问题"
    return f"{start}：{'；'.join(told)}。" if told else ""


def _silent(silent: list[Journey], material: Material) -> str:
    if not silent:
        return ""
    if len(silent) == len(material.journeys):
        return "各项体验均未记录问题，未写明原因。"
    names = phrases.listed(journey.item for journey in silent)
    return f"另有{len(silent)}{material.unit_of_count}体验未记录问题，未写明原因：{names}。"
