"""Lay out a fresh 示例市 without walks: `python -m tests.browser.serve`."""

from walkthrough_app import cli, config, demo
from walkthrough_app.core import clock, db
from walkthrough_app.demo import town

PASSWORD = "walk-the-process-1"


def main() -> None:
    cli.migrate(config.from_env())
    with db.transaction():
        today = clock.today()
        made = town.build(PASSWORD, today)
        demo.plans(made, today)


if __name__ == "__main__":
    main()
