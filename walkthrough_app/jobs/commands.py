"""The command line of jobs: `walkthrough jobs` shows what waits and what failed."""

import uuid

import click
from sqlalchemy import select
from sqlalchemy.exc import OperationalError, ProgrammingError

from walkthrough_app.config import from_env
from walkthrough_app.core import clock, db
from walkthrough_app.jobs import ledger
from walkthrough_app.jobs.models import Job, JobState


@click.command()
@click.option("--retry", "again", type=click.UUID, help="把这一个没有做成的再做一次。")
def jobs(again: uuid.UUID | None) -> None:
    """后台任务：哪些在等，哪些没有做成。"""
    db.connect(from_env().database_url)
    try:
        with db.transaction():
            _retry(again) if again else _list()
    except (OperationalError, ProgrammingError) as error:
        raise click.ClickException("数据库打不开或还没有建好，请先运行 walkthrough db upgrade。") from error


def _list() -> None:
    query = select(Job).where(Job.state != JobState.DONE).order_by(Job.created_at)
    found = db.session.scalars(query).all()
    for job in found:
        when = clock.to_local(job.created_at).strftime("%m-%d %H:%M")
        click.echo(
            f"{job.id}  {job.state.label}  {when}  第{job.attempts}次  {job.title or job.kind}  {job.error}".rstrip()
        )
    if not found:
        click.echo("没有在等的，也没有没做成的。")


def _retry(job_id: uuid.UUID) -> None:
    job = db.session.get(Job, job_id)
    if job is None:
        raise click.ClickException("没有这个任务。")
    if job.state is not JobState.FAILED:
        raise click.ClickException(f"这个任务的状态是“{job.state.label}”，只有没有做成的可以再做。")
    ledger.retry(job)
    click.echo("已放回队列，半分钟内开始。")
