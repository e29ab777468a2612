"""Run the production server on a fresh 示例市 without walks: `python -m tests.browser.serve PORT [PROGRAMME]`.

Of another programme than the first nothing is planned yet.
"""

import sys

from walkthrough_app import cli, config, demo
from walkthrough_app.core import clock, db
from walkthrough_app.demo import town
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.server import run

PASSWORD = "walk-the-process-1"


def main(port: int, programme: str = "") -> None:
    settings = config.from_env()
    cli.migrate(settings)
    with db.transaction():
        today = clock.today()
        made = town.build(PASSWORD, today)
        if programme:
            made.campaign.questionnaire = questionnaires.load(programme)
        else:
            demo.plans(made, today)
    run(host="127.0.0.1", port=port, workers=1)


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
