"""What the office does beside looking at pages: a batch of a phone, a long spreadsheet, a compilation of files."""

import statistics
import subprocess
import sys
import time
import uuid
from pathlib import Path

import requests
from office_data import FOLDER, Data, command, peak
from sqlalchemy import select

ROWS = 100_000
REPORTS = 200
BATCHES, EVENTS = 15, 20
SHEET = """
import sys
from pathlib import Path
from sqlalchemy import select
from walkthrough_app import config
from walkthrough_app.core import db
from walkthrough_app.documents.workbook import Column, Sheet, write_xlsx
from walkthrough_app.figures.models import FindingFigure as F

db.connect(config.from_env().database_url)
columns = (F.task_name, F.step, F.category, F.severity, F.rectify_type, F.title, F.fact, F.measure, F.due_on, F.photos)
query = select(*columns).order_by(F.found_at, F.id).limit(int(sys.argv[2]))
rows = db.session.execute(query.execution_options(yield_per=1000))
sheet = Sheet("台账", [Column(one.key) for one in columns], (tuple(row) for row in rows))
write_xlsx(Path(sys.argv[1]), [sheet])
"""
REPORT = """
import sys
from pathlib import Path
import pdf_content
from pdf_given import GENERATED
from walkthrough_app import config, wiring
from walkthrough_app.reports.render import render

folder, settings = Path(sys.argv[1]), config.from_env()
for number in map(int, sys.argv[2:]):
    content = pdf_content.make(folder, number)
    made = render(content.data, content.pictures, generated=GENERATED)
    (folder / f"{number}.pdf").write_bytes(wiring.sign(settings, made.pdf))
"""


def sync(data: Data, site: str) -> list[float]:
    """Send batches of events as a phone does, to a walk that is under way; milliseconds of each."""
    from walkthrough_app import config
    from walkthrough_app.core import clock, db
    from walkthrough_app.walkthroughs import tokens
    from walkthrough_app.walkthroughs.models import WalkState, Walkthrough

    settings = config.from_env(data.environment)
    db.connect(data.url)
    standing = select(Walkthrough).where(Walkthrough.state != WalkState.VOID)
    walk = db.session.scalars(standing.order_by(Walkthrough.state != WalkState.IN_PROGRESS).limit(1)).one()
    token, _ = tokens.issue(walk, walk.walker, secret=settings.secret_key)
    address, device, taken = f"{site}/api/walks/{walk.id}/events", f"bench-{uuid.uuid4().hex[:8]}", []
    known = {"Authorization": f"Bearer {token}"}
    db.session.remove()
    for batch in range(BATCHES):
        events = [
            {
                "id": str(uuid.uuid4()),
                "walk": address.split("/")[-2],
                "device": device,
                "seq": batch * EVENTS + number,
                "kind": "answer",
                "step": "queue",
                "payload": {"question": "W-K4", "value": number % 3},
                "at": clock.iso(clock.now()),
            }
            for number in range(EVENTS)
        ]
        start = time.perf_counter()
        answer = requests.put(address, json={"events": events}, headers=known, timeout=60)
        taken.append((time.perf_counter() - start) * 1000)
        assert len(answer.json()["accepted"]) == EVENTS, answer.text[:300]
    return taken


def sheet(data: Data) -> dict[str, float]:
    """Write a spreadsheet of up to 100 000 problems."""
    path = FOLDER / "list.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    took = peak(SHEET, str(path), str(ROWS), environment=data.environment)
    return took | {"size": path.stat().st_size}


def can_compile() -> bool:
    return subprocess.run(command("compile", "--help"), capture_output=True, check=False).returncode == 0


def compile_(count: int = REPORTS) -> dict[str, float]:
    """Compile report files that arrived by mail, as one process of its own; they are made once."""
    folder = FOLDER / "reports"
    missing = [number for number in range(count) if not (folder / f"{number}.pdf").exists()]
    if missing:
        folder.mkdir(parents=True, exist_ok=True)
        made = [_write(folder, missing[::2]), _write(folder, missing[1::2])]
        assert not any(one.wait() for one in made)
    files = [str(folder / f"{number}.pdf") for number in range(count)]
    script = "import sys; from walkthrough_app.cli import main; sys.argv[0] = 'walkthrough'; main()"
    out = ["-o", str(FOLDER / "compiled.pdf"), "--xlsx", str(FOLDER / "compiled.xlsx")]
    return peak(script, "compile", *files, *out, environment=Data(0, "").environment)


def _write(folder: Path, numbers: list[int]) -> subprocess.Popen[bytes]:
    """Make reports with data and photos of their own, signed as a worker does."""
    words = [sys.executable, "-c", REPORT, str(folder), *map(str, numbers)]
    return subprocess.Popen(words, cwd=Path(__file__).parent, env=Data(0, "").environment)


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]
