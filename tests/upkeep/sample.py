"""示例市, where one problem stands in the ledger and the papers are made: `python -m tests.upkeep.sample`."""

from tests.browser.one_problem import hand_in
from tests.browser.serve import PASSWORD
from walkthrough_app import cli, config, jobs, wiring
from walkthrough_app.core import clock, db
from walkthrough_app.demo import town


def main() -> None:
    settings = config.from_env()
    cli.migrate(settings)
    store = wiring.connect(settings)
    with db.transaction():
        hand_in(town.build(PASSWORD, clock.today()), store)
    jobs.run_pending()


if __name__ == "__main__":
    main()
