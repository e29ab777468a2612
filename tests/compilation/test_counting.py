"""The list of what can be compiled counts in the database what each compilation counts for itself."""

from types import SimpleNamespace

from tests import people
from walkthrough_app.accounts.models import Role
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.compilation import counting, queries
from walkthrough_app.compilation.models import Compilation, Scope
from walkthrough_app.core import db
from walkthrough_app.reports.models import Report


def both(campaign: Campaign, scope: Scope) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return (there, due) as the list counts, and as the reports themselves tell."""
    standing = queries.standing(campaign, scope)
    told = len(standing.due) - len(standing.missing), len(standing.due)
    return counting.counts([campaign]).of(campaign, scope), told


def test_the_list_counts_what_each_compilation_finds(
    cast: SimpleNamespace, campaign: Campaign, two: list[Report]
) -> None:
    people.person("second_head", "书记", Role.HEAD, cast.county.unit)  # a county has two
    db.session.commit()
    for scope in Scope:
        counted, told = both(campaign, scope)
        assert counted == told
    assert both(campaign, Scope.STYLE)[0][0] == 2
    assert both(campaign, Scope.COORD)[0][0] == 0


def test_a_head_who_has_left_is_counted_by_nobody(cast: SimpleNamespace, campaign: Campaign, two: list[Report]) -> None:
    cast.head.is_active = False
    db.session.commit()
    counted, told = both(campaign, Scope.STYLE)
    assert counted == told
    assert counted[0] == 1


def test_the_page_shows_the_counts(cast: SimpleNamespace, compilation: Compilation, client_for) -> None:
    there, due = counting.counts([compilation.campaign]).of(compilation.campaign, Scope.STYLE)
    page = client_for(cast.style).get("/compilations").text
    assert f"已接收 {there} 份，还差 {due - there} 份" in page
