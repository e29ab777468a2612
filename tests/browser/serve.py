"""Lay out a fresh 示例市 without walks: `python -m tests.browser.serve [PROGRAMME]`.

Of another programme than the first nothing is planned yet.
"""

import sys

from walkthrough_app import cli, config, demo
from walkthrough_app.core import clock, db
from walkthrough_app.demo import town
from walkthrough_app.questionnaires import service as questionnaires

PASSWORD = "walk-the-process-1"


def main(programme: str = "") -> None:
    cli.migrate(config.from_env())
    with db.transaction():
        today = clock.today()
        made = town.build(PASSWORD, today)
        if programme:
            made.campaign.questionnaire = questionnaires.load(programme)
        else:
            demo.plans(made, today)


if __name__ == "__main__":
    main(*sys.argv[1:])
