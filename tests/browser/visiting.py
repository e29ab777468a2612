"""Lay out a 示例市 whose office sent the style group to the police: `python -m tests.browser.visiting`."""

from tests.browser.serve import PASSWORD
from tests.visits import stage
from walkthrough_app import cli, config, wiring
from walkthrough_app.core import clock, db
from walkthrough_app.demo import town


def main() -> None:
    settings = config.from_env()
    cli.migrate(settings)
    wiring.connect(settings)
    with db.transaction():
        people = town.build(PASSWORD, clock.today()).people
        within = stage.campaign("four_strict", people["office"])
        stage.order(within, people["head"].unit, people["style"], people["office"])


if __name__ == "__main__":
    main()
