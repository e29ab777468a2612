"""What is done about findings. One verb each; each takes the id of its form, so that a form sent twice counts once."""

from walkthrough_app.rectification.service.checking import failed, order_recheck, passed
from walkthrough_app.rectification.service.desk import (
    Order,
    answer_extension,
    assign,
    close,
    dismiss,
    relapse,
    send_back,
    uphold,
    why_not_close,
    yield_,
)
from walkthrough_app.rectification.service.moving import why_not
from walkthrough_app.rectification.service.registering import catch_up, note_report
from walkthrough_app.rectification.service.setting import set_terms
from walkthrough_app.rectification.service.unit import (
    Plan,
    ask_extension,
    checked,
    dispute,
    fix_now,
    is_complete,
    later_day,
    note,
    objection_until,
    plan_of,
    report_done,
    sign,
    why_not_extend,
)

__all__ = [
    "Order",
    "Plan",
    "answer_extension",
    "ask_extension",
    "assign",
    "catch_up",
    "checked",
    "close",
    "dismiss",
    "dispute",
    "failed",
    "fix_now",
    "is_complete",
    "later_day",
    "note",
    "note_report",
    "objection_until",
    "order_recheck",
    "passed",
    "plan_of",
    "relapse",
    "report_done",
    "send_back",
    "set_terms",
    "sign",
    "uphold",
    "why_not",
    "why_not_close",
    "why_not_extend",
    "yield_",
]
