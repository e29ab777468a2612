"""The number of a problem, given once and never again: WT-2026-市直-公安局-0007 (domain §6.8)."""

import re
from collections.abc import Iterable

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from walkthrough_app.core import db, series

CLASS_WORDS = {"city_dept": "市直", "county": "县区", "party_dept": "党委", "mass_org": "群团"}
OF_A_COUNTY = re.compile(r"^.{1,8}?[县区旗](?=.{2})")
OF_A_CITY = re.compile(r"^.{1,8}?市(?=.{2})")
CHUNK = 500


class ProblemNumber(db.Base):
    __tablename__ = "problem_number"

    finding: Mapped[str] = mapped_column(String(200), primary_key=True)
    code: Mapped[str] = mapped_column(String(200), unique=True)


def stem(year: str, org_class: str, unit: str) -> str:
    """Return what the numbers of a unit's problems begin with: its class in one word, its name without the city."""
    word = CLASS_WORDS.get(org_class, "其他")
    name = OF_A_CITY.sub("", unit) if org_class != "county" else unit
    if org_class == "party_dept":
        name = name.removeprefix("委")
    if org_class != "county" and OF_A_COUNTY.match(name):
        word = "县直"
    return f"WT-{year}-{word}-{name}"


def known(findings: Iterable[str]) -> dict[str, str]:
    """Return the numbers that problems have been given."""
    wanted = list(findings)
    found: dict[str, str] = {}
    for start in range(0, len(wanted), CHUNK):
        query = select(ProblemNumber).where(ProblemNumber.finding.in_(wanted[start : start + CHUNK]))
        found |= {one.finding: one.code for one in db.session.scalars(query)}
    return found


def give(finding: str, beginning: str) -> str:
    """Return the number of a problem, the next one of `beginning` where it has none."""
    row = db.session.get(ProblemNumber, finding)
    if row is None:
        row = ProblemNumber(finding=finding, code=f"{beginning}-{series.take(beginning):04}")
        db.session.add(row)
        db.session.flush()
    return row.code
