"""The command line: `walkthrough import walk`, for what a phone could not send."""

from collections import Counter
from pathlib import Path

import click


@click.group("import")
def import_() -> None:
    """导入。"""


@import_.command()
@click.argument("package", type=click.Path(path_type=Path))
def walk(package: Path) -> None:
    """把手机导出的救援包或走流程记录包补进来；重复导入不会重复记录。"""
    from sqlalchemy.exc import OperationalError, ProgrammingError

    from walkthrough_app.config import from_env
    from walkthrough_app.core import db
    from walkthrough_app.core.errors import Invalid
    from walkthrough_app.media.storage import open_store
    from walkthrough_app.sync import rescue
    from walkthrough_app.sync.importing import import_package

    if not package.is_file():
        raise click.ClickException(f"{package}：没有这个文件。")
    settings = from_env()
    db.connect(settings.database_url)
    store = open_store(settings)
    try:
        with rescue.opened(package, data_dir=settings.data_dir, store=store) as archive:
            summary = import_package(archive, store=store)
    except Invalid as error:
        raise click.ClickException(f"{package}：{error.message}") from error
    except (OperationalError, ProgrammingError) as error:
        raise click.ClickException("数据库打不开或还没有建好，请先运行 walkthrough db upgrade。") from error
    click.echo(f"新增 {summary.events} 条记录、{summary.media} 份佐证，已有 {summary.known} 条。")
    _complain("条记录没有收下", summary.left_out)
    _complain("份佐证没有收下", summary.unusable)


def _complain(what: str, reasons: Counter[str]) -> None:
    for reason, count in sorted(reasons.items()):
        click.echo(f"{count} {what}：{reason.rstrip('。')}。", err=True)
