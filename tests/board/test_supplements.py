"""补报 on the board: counted by itself once it is handed in, with the list behind it."""

from datetime import UTC, datetime
from types import SimpleNamespace

from tests.board.conftest import Page, told
from tests.reports import stage, story
from walkthrough_app.campaigns.models import Campaign, ServiceItem
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.reports import service
from walkthrough_app.walkthroughs import log


def test_a_supplement_counts_by_itself_and_leads_to_its_list(
    cast: SimpleNamespace, campaign: Campaign, must_walk_item: ServiceItem, store: LocalStore, opened: Page
) -> None:
    waiting = story.passport()
    waiting.role = "head"
    walk = stage.put_walk(cast.head, campaign, must_walk_item, waiting, store)
    first = service.draft(campaign, cast.head, [walk], by=cast.head)
    stage.confirm(first, by=cast.head, store=store)
    service.submit(first, by=cast.head)
    service.receive(first, by=cast.style)
    due = counts(opened, cast)["应报的"]
    waiting.tap("step_start", "result", after=60)
    waiting.tap("result", "result", on=datetime.now(UTC).date().isoformat())
    waiting.tap("finish", after=5)
    log.append(walk, waiting.events, by=cast.head, door="sync")
    more = service.supplement(first, by=cast.liaison)
    assert counts(opened, cast)["补报的"] == "0"  # only begun
    stage.confirm(more, by=cast.head, store=store)
    service.submit(more, by=cast.head)
    found = counts(opened, cast)
    assert (found["补报的"], found["应报的"], found["已报送的"]) == ("1", due, "1")
    listed = opened(cast.style, "/board/reports?kind=supplement")
    assert told(listed) == len(listed.select("tbody tr")) == 1
    assert listed.select_one("tbody a")["href"] == f"/reports/{more.id}"
    assert told(opened(cast.coord, "/board/reports?kind=supplement")) == 0


def counts(opened: Page, cast: SimpleNamespace) -> dict[str, str]:
    """Return the last column of 报送情况 by row."""
    table = next(one for one in opened(cast.office, "/board")("table") if one.caption.text == "报送情况")
    return {row.th.text: row("td")[-1].text.strip() for row in table.tbody("tr")}
