"""Run the production server on a 示例市 with one problem handed in, one long overdue, and two at the office: `… overseen PORT`."""

import sys
from datetime import timedelta

from tests.browser.one_problem import hand_in
from tests.browser.serve import PASSWORD
from tests.rectification import overdue
from walkthrough_app import cli, config, wiring
from walkthrough_app.accounts import service as accounts
from walkthrough_app.accounts.models import Role
from walkthrough_app.core import clock, db
from walkthrough_app.demo import town
from walkthrough_app.rectification.escalation import service as escalation
from walkthrough_app.server import run


def main(port: int) -> None:
    settings = config.from_env()
    cli.migrate(settings)
    store = wiring.connect(settings)
    with db.transaction():
        made = town.build(PASSWORD, clock.today())
        office = made.people["office"]
        second = accounts.add_user(
            username="office2", name="副主任", post="副主任", role=Role.OFFICE, unit=office.unit, by=office
        )
        accounts.accept_invitation(accounts.invite(second, by=office), PASSWORD)
        hand_in(made, store)
        day = clock.today() - timedelta(days=30)
        overdue.put(made.units[town.POLICE], made.campaign, title="窗口午间无人值守", due_on=day)
        escalation.run()
    run(host="127.0.0.1", port=port, workers=1)


if __name__ == "__main__":
    main(int(sys.argv[1]))
