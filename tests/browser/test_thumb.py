"""A thumb that is faster than the phone: no tap counts for less because the one before it is still being stored."""

import time
from collections.abc import Callable

import pytest

from tests.browser.liar import Answer, Liar, Pass, Request
from tests.browser.phone import Phone
from tests.browser.server import Server
from tests.browser.truth import Promises

pytestmark = pytest.mark.browser
AT_ONCE = "(values) => values.forEach((value) => document.querySelector(`#card-W-Q4 [value=${value}]`).click())"


def late(request: Request, send: Pass) -> Answer:
    time.sleep(2)
    return send(request)


def test_the_last_of_three_taps_at_once_counts(phone: Phone, walk: str, server: Server, promises: Promises) -> None:
    phone.page.evaluate(AT_ONCE, ["yes", "no", "yes"])
    phone.until(lambda: len(phone.events(walk, "answer")) == 3)
    phone.sent()
    promises.add(phone.events(walk))
    promises.keep(server, walk)
    assert [event["payload"]["value"] for event in server.events(walk, "answer")] == ["yes", "no", "yes"]
    assert phone.page.locator("#card-W-Q4 [value=yes]").is_checked()


def test_a_question_given_back_at_once_is_unanswered(phone: Phone, walk: str, server: Server) -> None:
    phone.page.evaluate(AT_ONCE, ["no"])
    phone.until(lambda: len(phone.events(walk, "answer")) == 1)
    phone.saved()
    phone.page.locator("#card-W-Q4 label:has([value=no])").click()
    phone.until(lambda: len(phone.events(walk, "answer")) == 2)
    phone.sent()
    assert server.state(walk).answers.get("W-Q4", {}).get("value") is None


def test_the_page_stays_where_it_was_read_when_its_second_half_comes(
    phones: Callable[..., Phone], walk: str, liar: Liar
) -> None:
    liar.lie("GET", "/sheets$", late)
    phone = phones()
    phone.open(walk)
    phone.page.evaluate("scrollTo(0, 600)")
    read = phone.page.evaluate("scrollY")
    phone.whole()
    assert read > 0
    assert phone.page.evaluate("scrollY") == read
