"""Run the production server on a 示例市 that also runs 四严机关 and 最多跑一次: `… with_records PORT`."""

import sys

from tests.browser.serve import PASSWORD
from tests.records.conftest import open_campaign
from walkthrough_app import cli, config, wiring
from walkthrough_app.core import clock, db
from walkthrough_app.demo import town
from walkthrough_app.server import run


def main(port: int) -> None:
    settings = config.from_env()
    cli.migrate(settings)
    wiring.connect(settings)
    with db.transaction():
        town.build(PASSWORD, clock.today())
    open_campaign("four_strict")
    open_campaign("run_once")
    db.session.remove()
    run(host="127.0.0.1", port=port, workers=1)


if __name__ == "__main__":
    main(int(sys.argv[1]))
