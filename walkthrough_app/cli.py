"""The command line: `walkthrough …`. No traceback ever reaches a user."""

import sys
from datetime import datetime
from pathlib import Path

import click

from walkthrough_app.accounts.commands import user
from walkthrough_app.board.search.commands import search
from walkthrough_app.compilation.commands import compile_
from walkthrough_app.config import SettingError, Settings, from_env, is_debugging
from walkthrough_app.core.errors import AppError
from walkthrough_app.figures import reported
from walkthrough_app.figures.commands import figures
from walkthrough_app.imports.commands import items, units
from walkthrough_app.jobs.commands import jobs
from walkthrough_app.quality.commands import quality
from walkthrough_app.ratings.commands import ratings
from walkthrough_app.rectification.escalation.commands import escalate
from walkthrough_app.reports.commands import export, render
from walkthrough_app.reports.queries import walks_in_reports
from walkthrough_app.sync.commands import import_
from walkthrough_app.upkeep.commands import backup, migrate_to, restore
from walkthrough_app.verification.commands import signing, verify

DEFAULT_PORT = 8000


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """走流程：亲身走一遍办事流程，报送专项报告，督促整改到底。"""
    reported.connect(walks_in_reports)


@cli.group()
def db() -> None:
    """数据库。"""


@db.command()
def upgrade() -> None:
    """把数据库升级到当前版本。"""
    migrate(from_env())
    click.echo("数据库已是最新。")


def migrate(settings: Settings) -> None:
    """Bring the database of `settings` to the newest schema; publish the built-in questionnaires, count what is new."""
    from walkthrough_app import schema
    from walkthrough_app.board.search import service as search_service
    from walkthrough_app.core import db as database
    from walkthrough_app.figures import service as figures_service
    from walkthrough_app.questionnaires import service as questionnaires
    from walkthrough_app.rectification import service as rectification

    reported.connect(walks_in_reports)
    schema.upgrade(database.connect(settings.database_url))
    with database.transaction():
        questionnaires.install_builtin()
        figures_service.catch_up()
        rectification.catch_up()
        search_service.catch_up()


@cli.command()
@click.option("--host", help="监听地址，不写只许本机访问；手机要访问就用 0.0.0.0。加 --lan 时不写就是全部地址。")
@click.option("--port", default=DEFAULT_PORT, show_default=True, envvar="PORT", type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--lan", is_flag=True, help="用自签证书加密，给同一网络里的手机用；证书在下一个端口领取。")
@click.option("--no-worker", is_flag=True, help="不启动后台进程；要另外运行 walkthrough worker。")
def serve(host: str | None, port: int, workers: int, *, lan: bool, no_worker: bool) -> None:
    """启动服务和后台进程，按 Ctrl-C 停止。"""
    from walkthrough_app.server import run

    run(host=host, port=port, workers=workers, lan=lan, worker=not no_worker)


@cli.command()
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1, 64), help="同时做几件事。")
@click.option("--under", default=0, hidden=True)
def worker(processes: int, under: int) -> None:
    """做后台的事：生成报告的PDF。按 Ctrl-C 停止。"""
    from walkthrough_app.worker import run

    run(processes=processes, under=under)


@cli.command()
@click.option("--seed", default=1, show_default=True, help="同样的数字得到同样的照片。")
@click.option("--if-empty", is_flag=True, help="已有数据就什么也不做。")
@click.option("--units", type=click.IntRange(2, 5000), help="压力测试：几个单位，不写就每 100 次走流程一个。")
@click.option("--walks", type=click.IntRange(0, 1_000_000), help="压力测试：几次走流程，不写就每个单位 100 次。")
@click.option("--findings", type=click.FloatRange(0, 30), help="压力测试：每次走流程平均几个问题，不写就是 10。")
def demo(seed: int, *, if_empty: bool, units: int | None, walks: int | None, findings: float | None) -> None:
    """生成示例数据（示例市，人名地名均为虚构）；写了单位或走流程的个数，就生成压力测试数据。"""
    from walkthrough_app import demo as sample
    from walkthrough_app.demo.load import Size

    is_load = any(number is not None for number in (units, walks, findings))
    sample.run(seed=seed, if_empty=if_empty, size=Size.of(units, walks, findings) if is_load else None)


@cli.command()
@click.option("--dry-run", is_flag=True, help="只看看会提醒谁，什么也不发。")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="看哪一天，不写就是今天；不是今天的只能看。")
def remind(*, dry_run: bool, day: datetime | None) -> None:
    """每日提醒：谁还欠什么。平时由后台进程每天 8:30 自动做。"""
    from walkthrough_app import wiring
    from walkthrough_app.reminders import commands

    wiring.connect(from_env())
    commands.run(day.date() if day else None, dry_run=dry_run)


cli.add_command(user)
cli.add_command(render)
cli.add_command(export)
cli.add_command(import_)
import_.add_command(units)
import_.add_command(items)
cli.add_command(verify)
cli.add_command(compile_)
cli.add_command(signing)
cli.add_command(jobs)
cli.add_command(figures)
cli.add_command(search)
cli.add_command(quality)
cli.add_command(escalate)
cli.add_command(ratings)
cli.add_command(backup)
cli.add_command(restore)
cli.add_command(migrate_to)


def main() -> None:
    """Run a command; a refusal is one clear line on stderr and exit status 1."""
    try:
        cli(standalone_mode=False)
    except click.UsageError as error:
        error.show()
        sys.exit(2)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        click.echo(error.format_message(), err=True)
        sys.exit(1)
    except (AppError, SettingError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except OSError as error:
        name = Path(error.filename).name if isinstance(error.filename, str) else ""
        click.echo(f"读写失败 {name}：{error.strerror or error}", err=True)
        sys.exit(1)
    except Exception as error:
        if is_debugging():
            raise
        reason = (str(error).splitlines() or [""])[0][:200]
        click.echo(f"没有做成（{type(error).__name__}：{reason}）。加上 WALKTHROUGH_DEBUG=1 再运行可看详情。", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
