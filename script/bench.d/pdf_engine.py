"""A process with one engine in it: sets the report once, or for each line that it reads, and tells what it cost."""

import importlib
import json
import resource
import sys
import time
from pathlib import Path

import pdf_given

ENGINES = {
    "ours": ("pdf_ours", "Ours"),
    "typst": ("pdf_typst", "Typst"),
    "reportlab": ("pdf_reportlab", "ReportLab"),
    "floor": ("pdf_floor", "Floor"),
}


def main() -> None:
    name, folder = sys.argv[1], Path(sys.argv[2])
    content = pdf_given.load(folder)
    module, engine = ENGINES[name]
    made = getattr(importlib.import_module(module), engine)(content, folder)
    if "--once" in sys.argv:
        (folder / f"{name}.pdf").write_bytes(made.render())
        return
    made.render()
    print("{}", flush=True)
    for _ in sys.stdin:
        cpu, wall = time.process_time(), time.perf_counter()
        pdf = made.render()
        cost = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "size": len(pdf)}
        print(json.dumps(cost | {"rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}), flush=True)


if __name__ == "__main__":
    main()
