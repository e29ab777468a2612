"""Findings in the ledger and papers about them, put there by the services; forms filled in as the page offers them."""

import re
import uuid
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

from flask.testing import FlaskClient

from tests import desks
from tests.scenes import add_item
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import db
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.rectification.models import Finding
from walkthrough_app.rectification.papers import prefill, service
from walkthrough_app.rectification.papers.models import OfficialPaper

FIELD = re.compile(r'<(?:input|textarea|select)[^>]*\bname="([^"]+)"')


def finding(walker: User, campaign: Campaign, store: LocalStore) -> Finding:
    """Have a head walk and hand a report in: its problem is in the ledger."""
    return findings(walker, campaign, store, "居住证申领")[0]


def findings(walker: User, campaign: Campaign, store: LocalStore, *items: str) -> list[Finding]:
    """Have a head walk each of these and hand one report in; return their problems by number."""
    walks = [desks.put(walker, campaign, add_item(walker.unit, name), store, wait=20) for name in items]
    desks.hand_in(SimpleNamespace(campaign=campaign, store=store), walker, *walks)
    told = Finding.walk_id.in_([walk.id for walk in walks])
    return db.session.query(Finding).filter(told).order_by(Finding.code).all()


def notice(by: User, *findings: Finding, due_on: date | None = None) -> OfficialPaper:
    """Draft a notice as the form offers it, or with another day."""
    made = prefill.proposed_notice(findings, by)
    if due_on:
        made = replace(made, due_on=due_on, data=made.data | {"due_on": due_on.isoformat()})
    paper = service.draft(made, by=by)
    db.session.commit()
    return paper


def issued(by: User, *findings: Finding) -> OfficialPaper:
    paper = notice(by, *findings)
    service.issue(paper, by=by)
    db.session.commit()
    return paper


def fields(page: str) -> dict[str, str]:
    """Read what the one big form of a page would send."""
    from html import unescape

    found: dict[str, str] = {}
    body = page[page.rindex('<form method="post" novalidate') :]
    for tag in re.findall(r"<input[^>]*>", body):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and 'type="checkbox"' not in tag and 'type="radio"' not in tag:
            found[name[1]] = unescape(value[1]) if value else ""
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', body, re.DOTALL):
        found[name] = unescape(text).strip()
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', body, re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"', options) or re.search(r'value="([^"]*)"', options)
        found[name] = unescape(chosen[1]) if chosen else ""
    return found


def form_id() -> str:
    return str(uuid.uuid4())


def send(client: FlaskClient, address: str, **values: Any) -> Any:
    return client.post(address, data={"entry": form_id(), **values})


def said(client: FlaskClient, paper: OfficialPaper, verb: str, **values: Any) -> Any:
    """Send one of the short forms of a paper's page."""
    key = verb.replace("-", "_") if verb != "answer" else "object"
    data = {f"{key}-{name}": value for name, value in {"entry": form_id(), **values}.items()}
    return client.post(f"/papers/{paper.id}/{verb}", data=data)
