"""What this server has registered under the code printed on a paper; open to everybody who holds the paper."""

from sqlalchemy import select

from walkthrough_app.core import db
from walkthrough_app.reports.models import ReportVersion


def version_by_code(code: str) -> ReportVersion | None:
    return db.session.scalar(select(ReportVersion).where(ReportVersion.code == code))
