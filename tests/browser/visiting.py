"""Run the production server on a 示例市 whose office sent the style group to the police: `… visiting PORT`."""

import sys

from tests.browser.serve import PASSWORD
from tests.visits import stage
from walkthrough_app import cli, config, wiring
from walkthrough_app.core import clock, db
from walkthrough_app.demo import town
from walkthrough_app.server import run


def main(port: int) -> None:
    settings = config.from_env()
    cli.migrate(settings)
    wiring.connect(settings)
    with db.transaction():
        made = town.build(PASSWORD, clock.today())
        people = made.people
        office = people["office"]
        within = stage.campaign("four_strict", office)
        stage.order(within, people["head"].unit, people["style"], office)
    run(host="127.0.0.1", port=port, workers=1)


if __name__ == "__main__":
    main(int(sys.argv[1]))
