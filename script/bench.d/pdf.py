"""The benchmark of papers: prints the table of docs/benchmarks.md, all engines in one run on the same content."""

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from typing import Any

import pdf_content
import pdf_given
from pdf_chromium import COMMAND, chromium, watched

from walkthrough_app.config import ROOT
from walkthrough_app.core import clock
from walkthrough_app.documents import pdf

TOOLS = Path(__file__).parent
ROUNDS, COLD_ROUNDS = 15, 5
REPORTS, MANY = 200, 1000
OWN, BROWSER = "ours", "chromium"
PROCESSES = (OWN, "typst", "reportlab", "floor")
ENGINES = (OWN, BROWSER, "typst", "reportlab", "floor")
NONE = "–"

Costs = dict[str, list[SimpleNamespace]]


@dataclass
class Row:
    """One line of the table: the limit holds for us, the figures are in the order of ENGINES."""

    what: str
    limit: str
    figures: Sequence[str]
    is_held: bool = True

    def __str__(self) -> str:
        cells = [*self.figures, *[NONE] * (len(ENGINES) - len(self.figures))]
        return f"| {self.what} | {self.limit} | {' | '.join(cells)} | {'' if self.is_held else 'over'} |"


class Process:
    """An engine in a process that stays."""

    def __init__(self, name: str, folder: Path) -> None:
        command = [sys.executable, str(TOOLS / "pdf_engine.py"), name, str(folder)]
        self._running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._answer()

    def render(self) -> SimpleNamespace:
        assert self._running.stdin
        print(file=self._running.stdin, flush=True)
        return SimpleNamespace(**self._answer())

    def _answer(self) -> dict[str, Any]:
        assert self._running.stdout
        answer: dict[str, Any] = json.loads(self._running.stdout.readline())
        return answer

    def stop(self) -> None:
        self._running.communicate()


def main() -> None:
    pdf.check_renderer()
    parts: dict[str, Callable[[Path], Iterator[Row]]] = {"one": one, "many": many}
    print(heading())
    print(f"\n| measured | limit | ours | Chromium | Typst | ReportLab | floor | |\n|{'---|' * 8}", flush=True)
    for name in sys.argv[1:] or parts:
        with tempfile.TemporaryDirectory() as folder:
            for row in parts[name](Path(folder)):
                print(row, flush=True)
    print(f"\n<!-- load average at the end: {' '.join(f'{one:.1f}' for one in os.getloadavg())} -->")


def heading() -> str:
    """Say where and when: figures of another machine, or of a busy one, are others."""
    browser = subprocess.run([COMMAND[0], "--version"], capture_output=True, text=True, check=True).stdout
    tools = [f"{name} {version(name)}" for name in ("weasyprint", "pikepdf", "typst", "reportlab")]
    cpu = next(line for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line).split(": ")[1]
    where = f"{os.cpu_count()} cores of {cpu}, Python {platform.python_version()}"
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    return f"{clock.today()}, {where}, {' '.join(browser.split()[:2])}, {', '.join(tools)}, load average {load}"


def one(folder: Path) -> Iterator[Row]:
    """One report: each engine in turn, so that a busy minute hits all of them."""
    content = pdf_content.make(folder)
    pdf_given.save(content, folder)
    source = pdf_content.write_for_browser(content, folder)
    cold, warm = cold_costs(folder, source), warm_costs(folder, source)
    ratio = middle(cold, "wall", OWN) / middle(cold, "wall", BROWSER)
    yield Row("cold process, wall, median", "≤ 0.7 × Chromium", seconds(cold, "wall", median), ratio <= 0.7)
    yield Row("cold process, CPU, median", NONE, seconds(cold, "cpu", median))
    ratio = middle(warm, "wall", OWN) / middle(warm, "wall", BROWSER)
    yield Row("warm, wall, median", "≤ 0.5 × Chromium", seconds(warm, "wall", median), ratio <= 0.5)
    yield Row("warm, wall, least", NONE, seconds(warm, "wall", min))
    is_quick = middle(warm, "cpu", OWN) <= 0.40
    yield Row("warm, CPU, median", "≤ 0.40 s", seconds(warm, "cpu", median), is_quick)
    yield Row("warm, CPU, least", NONE, seconds(warm, "cpu", min))
    yield Row("size", NONE, [f"{warm[name][-1].size / 1e6:.2f} MB" for name in ENGINES])
    yield Row("peak memory", NONE, [f"{max(one.rss for one in warm[name]) / 1024:.0f} MB" for name in ENGINES])


def cold_costs(folder: Path, source: Path) -> Costs:
    costs: Costs = {name: [] for name in ENGINES}
    for _ in range(COLD_ROUNDS):
        for name in PROCESSES:
            costs[name].append(run("pdf_engine.py", name, folder, "--once"))
        target = folder / "chromium.pdf"
        browser = subprocess.Popen([*COMMAND, f"--print-to-pdf={target}", source], stderr=subprocess.DEVNULL)
        with watched(browser.pid) as cost:
            browser.wait()
        costs[BROWSER].append(cost)
    return costs


def run(tool: str, *words: Any) -> SimpleNamespace:
    """Run one of our tools; return its cost and what it printed."""
    start = time.perf_counter()
    command = [sys.executable, str(TOOLS / tool), *map(str, words)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        printed = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{tool} {words[0]}: {process.returncode}")
    wall = time.perf_counter() - start
    return SimpleNamespace(wall=wall, cpu=used.ru_utime + used.ru_stime, rss=used.ru_maxrss, printed=printed)


def warm_costs(folder: Path, source: Path) -> Costs:
    costs: Costs = {name: [] for name in ENGINES}
    processes = {name: Process(name, folder) for name in PROCESSES}
    with chromium(source) as browser:
        browser.render()
        for _ in range(ROUNDS):
            for name in ENGINES:
                costs[name].append(browser.render() if name == BROWSER else processes[name].render())
    for process in processes.values():
        process.stop()
    return costs


def middle(costs: Costs, what: str, name: str) -> float:
    return median(getattr(one, what) for one in costs[name])


def seconds(costs: Costs, what: str, choose: Callable[[list[float]], float]) -> list[str]:
    found = [choose([getattr(one, what) for one in costs[name]]) for name in ENGINES]
    return [f"{value:.3f} s" if value < 0.1 else f"{value:.2f} s" for value in found]


def many(folder: Path) -> Iterator[Row]:
    """Two hundred reports from nothing, then bound into one file; then a thousand."""
    for number in range(REPORTS):
        pdf_content.make(folder, number)
    start = time.perf_counter()
    command = [sys.executable, str(TOOLS / "pdf_ours.py"), "write", str(folder)]
    half = REPORTS // 2
    pair = [subprocess.Popen([*command, str(at), str(at + half)]) for at in (0, half)]
    if any(process.wait() for process in pair):
        raise SystemExit("pdf_ours.py write")
    wall = time.perf_counter() - start
    yield Row(f"{REPORTS} reports from nothing, two processes, wall", "≤ 45 s", [f"{wall:.1f} s"], wall <= 45)
    few = bound(folder, REPORTS)
    yield Row(f"{REPORTS} reports bound, wall", "≤ 5 s", [f"{few.wall:.1f} s"], few.wall <= 5)
    yield Row(f"{REPORTS} reports bound, CPU", NONE, [f"{few.cpu:.1f} s"])
    yield Row(f"{REPORTS} reports bound, peak memory", "≤ 450 MB", [f"{few.mb:.0f} MB"], few.mb <= 450)
    yield Row(f"{REPORTS} reports bound, size and pages", NONE, [f"{few.size / 1e6:.0f} MB, {few.pages}"])
    for number in range(REPORTS, MANY):
        copy(folder, number)
    lot = bound(folder, MANY)
    most = 1.2 * few.wall * MANY / REPORTS
    yield Row(f"{MANY} reports bound, wall", f"≤ {most:.0f} s (linear)", [f"{lot.wall:.1f} s"], lot.wall <= most)
    yield Row(f"{MANY} reports bound, peak memory", "≤ 450 MB", [f"{lot.mb:.0f} MB"], lot.mb <= 450)
    yield Row(f"{MANY} reports bound, size and pages", NONE, [f"{lot.size / 1e6:.0f} MB, {lot.pages}"])


def bound(folder: Path, count: int) -> SimpleNamespace:
    made = SimpleNamespace(**json.loads(run("pdf_ours.py", "bind", folder, count).printed))
    made.mb = made.rss / 1024
    return made


def copy(folder: Path, number: int) -> None:
    """Make one more report of one that is there, with photos of its own: they say their number in a comment."""
    old = number % REPORTS
    whole = (folder / f"{old}.pdf").read_bytes()
    mark = b"\xff\xfe\x00\x0a%04d"
    (folder / f"{number}.pdf").write_bytes(whole.replace(mark % old, mark % number))
    shutil.copy(folder / f"{old}.pages", folder / f"{number}.pages")


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
