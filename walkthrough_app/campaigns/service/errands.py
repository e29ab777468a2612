"""The pool of pending errands of firms and citizens, from which a 代理办 walk is taken (S002-16)."""

from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns import rules
from walkthrough_app.campaigns.models import Errand, ServiceItem
from walkthrough_app.core import audit, db
from walkthrough_app.core.errors import Conflict


def add_errand(*, item: ServiceItem, principal: str, summary: str, by: User) -> Errand:
    """Keep what somebody has to get done: `principal` is firm or citizen; no names, no numbers."""
    rules.check_anonymous(summary)
    errand = Errand(unit_id=item.unit_id, item=item, principal=principal, summary=summary)
    db.session.add(errand)
    db.session.flush()
    audit.record("errand.added", errand, by=by, item=item.task_name)
    return errand


def remove_errand(errand: Errand, *, by: User) -> None:
    if errand.is_taken:
        raise Conflict("这件待办事项已经安排了体验，不能删除。")
    audit.record("errand.removed", errand, by=by)
    db.session.delete(errand)
    db.session.flush()
