"""The office at scale: prints the tables of docs/benchmarks.md, page by page and size by size, on both databases."""

import argparse
import math
import os
import platform
import statistics
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import office_works
from office_data import FOLDER, PASSWORD, Data, served
from office_pages import OPENED, Page, Visitor
from office_works import p95

from walkthrough_app import config
from walkthrough_app.core import clock
from walkthrough_app.wiring import build

SIZES = (1000, 10_000, 100_000)
VISITORS = ("office", "style", "county1_office", "admin")
PARTS = ("pages", "sync", "sheet", "compile")
LIMIT = 300.0  # milliseconds of the slowest twentieth
NOISE = 60.0  # below it, growth is not worth a word


@dataclass(frozen=True)
class Measured:
    """One page as one visitor sees it, on one database, by size."""

    name: str
    by: Mapping[int, Page]

    def p95(self, size: int) -> float:
        return p95(self.by[size].warm)

    @property
    def growth(self) -> float:
        """Return how much slower the largest is than the smallest."""
        return self.p95(max(self.by)) / self.p95(min(self.by))

    @property
    def verdict(self) -> str:
        largest = max(self.by)
        allowed = math.log(largest) / math.log(min(self.by))
        grows = len(self.by) > 1 and self.growth > allowed and self.p95(largest) > NOISE
        marks = ["over"] if self.p95(largest) > LIMIT else []
        return ", ".join(marks + (["faster than log n"] if grows else []))


def main() -> None:
    given = _arguments()
    sizes = [size for size in SIZES if size <= given.walks] or [given.walks]
    print(f"{heading()}\n", flush=True)
    for engine in given.engines:
        sets = [Data(size, given.postgres if engine == "postgresql" else "", given.folder) for size in sizes]
        if "pages" in given.parts:
            _pages(_built(sets), given)
        for part, run in {"sync": _sync, "sheet": _sheet}.items():
            if part in given.parts:
                run(_built(sets), given.times)
    if "compile" in given.parts and office_works.can_compile():
        took = office_works.compile_()
        print(f"\n| {office_works.REPORTS} report files compiled | {_cost(took)} |", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench office", description="机关页面在大量数据下的速度")
    parser.add_argument("--walks", type=int, default=SIZES[-1], help="最多几次走流程（默认 100000）")
    parser.add_argument("--times", type=int, default=10, help="每个地址再问几遍（默认 10）")
    parser.add_argument("--engines", nargs="+", choices=("sqlite", "postgresql"), default=["sqlite", "postgresql"])
    parser.add_argument("--visitors", nargs="+", default=list(VISITORS), help="谁来看（默认四个人）")
    parser.add_argument("--addresses", type=int, default=OPENED, help=f"每个页面最多几个地址（默认 {OPENED}）")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--folder", type=Path, default=FOLDER, help="数据放在哪里，下次再用")
    parser.add_argument("--postgres", default=os.environ.get("BENCH_POSTGRES", ""), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if not given.postgres:
        given.engines = [engine for engine in given.engines if engine == "sqlite"]
    return given


def heading() -> str:
    """Say where and when: figures of another machine are others."""
    model = next(line for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line)
    load = os.getloadavg()[0]
    where = f"{os.cpu_count()} cores of {model.split(':')[1].strip()}, load average {load:.1f}"
    return f"{clock.today()}, {where}, Python {platform.python_version()}"


def _built(sets: list[Data]) -> list[Data]:
    for data in sets:
        took = data.build()
        print(f"{data.engine}, {data.walks} walks: {data.size / 1e6:.0f} MB, built in {_cost(took)}", flush=True)
    return sets


def _pages(sets: list[Data], given: argparse.Namespace) -> None:
    found: dict[str, dict[int, Page]] = {}
    for data in sets:
        for name, page in _visits(data, given):
            found.setdefault(name, {})[data.walks] = page
    sizes = [data.walks for data in sets]
    heads = " | ".join(f"{size} p50 | p95 | max | cold" for size in sizes)
    print(f"\n{sets[0].engine}, milliseconds\n\n| page | addresses | {heads} | growth | |", flush=True)
    print("|---|---" + "|---" * (4 * len(sizes) + 2) + "|")
    for name, by in sorted(found.items()):
        print(_row(Measured(name, by), sizes), flush=True)


def _row(one: Measured, sizes: list[int]) -> str:
    cells = [" | ".join(_times(one.by[size])) if size in one.by else "– | – | – | –" for size in sizes]
    growth = f"{one.growth:.1f}" if len(one.by) > 1 else "–"
    return f"| {one.name} | {len(one.by[max(one.by)].found)} | {' | '.join(cells)} | {growth} | {one.verdict} |"


def _times(page: Page) -> list[str]:
    values = (statistics.median(page.warm), p95(page.warm), max(page.warm), max(page.cold))
    return [f"{value:.0f}" for value in values]


def _visits(data: Data, given: argparse.Namespace) -> Iterator[tuple[str, Page]]:
    """Yield each page with the name of who looked at it."""
    urls = build(replace(config.from_env(data.environment), testing=True)).url_map
    with served(data) as site:
        for username in given.visitors:
            visitor = Visitor(site, urls, username, PASSWORD, most=given.addresses)
            visitor.look_around()
            visitor.measure(given.times)
            yield from ((f"{name}, {username}", page) for name, page in visitor.pages.items() if page.warm)


def _sync(sets: list[Data], _times: int) -> None:
    for data in sets:
        with served(data) as site:
            taken = office_works.sync(data, site)
        middle = f"median {statistics.median(taken):.0f} ms, p95 {p95(taken):.0f} ms"
        print(f"| batch of {office_works.EVENTS} events, {data.engine}, {data.walks} walks | {middle} |", flush=True)


def _sheet(sets: list[Data], _times: int) -> None:
    took = office_works.sheet(sets[-1])
    print(f"| xlsx of problems, {sets[-1].engine} | {_cost(took)}, file {took['size'] / 1e6:.1f} MB |", flush=True)


def _cost(took: Mapping[str, float]) -> str:
    return f"{took['wall']:.1f} s, {took['cpu']:.1f} s CPU, peak {took['rss'] / 1024:.0f} MB"


if __name__ == "__main__":
    main()
