"""Group robots: the formats 企业微信 and 钉钉 use, answers read with care, and no way to any other host."""

import base64
import hashlib
import hmac
import threading
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.ports import free_port
from tests.reminders.conftest import PATIENCE, Robots
from walkthrough_app.reminders import outside, words
from walkthrough_app.reminders import robots as doors
from walkthrough_app.reminders.models import Channel

TEXT = "**专项行动**\n\n应报56家，已报40家"
SECRET = "SEC0123456789"


def say(robots: Robots, channel: Channel = Channel.WECOM, *, secret: str = "", text: str = TEXT) -> doors.Outcome:
    return doors.send(channel, robots.url, secret, text)


def test_wecom_hears_markdown(robots: Robots) -> None:
    assert say(robots).is_sent
    assert robots.heard == [{"msgtype": "markdown", "markdown": {"content": TEXT}}]
    assert robots.paths == ["/cgi-bin/webhook/send?key=the-secret-key"]


def test_dingtalk_hears_markdown_signed_with_the_secret(robots: Robots) -> None:
    assert say(robots, Channel.DINGTALK, secret=SECRET).is_sent
    assert robots.heard == [
        {"msgtype": "markdown", "markdown": {"title": "专项报告报送情况", "text": TEXT}, "at": {"isAtAll": False}}
    ]
    query = parse_qs(urlsplit(robots.paths[0]).query)
    told = f"{query['timestamp'][0]}\n{SECRET}".encode()
    assert len(query["timestamp"][0]) == 13
    assert query["sign"] == [base64.b64encode(hmac.new(SECRET.encode(), told, hashlib.sha256).digest()).decode()]
    assert query["key"] == ["the-secret-key"]


@pytest.mark.parametrize(
    ("answer", "is_final", "said"),
    [
        (b'{"errcode":93000,"errmsg":"invalid webhook url"}', True, "移出群。（错误码 93000）"),
        (b'{"errcode":310000,"errmsg":"sign not match"}', True, "加签密钥"),
        (b'{"errcode":45009,"errmsg":"api freq out of limit"}', False, "限流"),
        (b'{"errcode":130101,"errmsg":"send too fast"}', False, "限流"),
        (b'{"errcode":99,"errmsg":"<script>"}', True, "没有接受这条消息。（错误码 99）"),
        (b'{"errcode":"0"}', True, "不是群机器人"),
        (b'{"errcode":true}', True, "不是群机器人"),
        (b'{"ok":1}', True, "不是群机器人"),
        (b"<html>sign in to the Wi-Fi</html>", True, "不是群机器人"),
        (b"", True, "不是群机器人"),
        (b"[" * 60000, True, "不是群机器人"),
        (b"\xff\xfe", True, "不是群机器人"),
    ],
)
def test_an_answer_of_200_is_read(robots: Robots, answer: bytes, is_final: bool, said: str) -> None:
    robots.answer = answer
    outcome = say(robots)
    assert (outcome.is_sent, outcome.is_final) == (False, is_final)
    assert said in outcome.reason
    assert "script" not in outcome.reason


@pytest.mark.parametrize(("status", "is_final"), [(500, False), (503, False), (429, False), (404, True), (403, True)])
def test_other_answers_are_for_good_or_for_now(robots: Robots, status: int, is_final: bool) -> None:
    robots.status = status
    outcome = say(robots)
    assert (outcome.is_sent, outcome.is_final) == (False, is_final)
    assert str(status) in outcome.reason


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_nobody_is_followed_elsewhere(robots: Robots, status: int) -> None:
    robots.status, robots.headers = status, {"Location": robots.url + "&again"}
    outcome = say(robots)
    assert (outcome.is_sent, outcome.is_final) == (False, True)
    assert len(robots.paths) == 1


def test_a_huge_answer_is_not_read_to_its_end(robots: Robots) -> None:
    robots.answer = b'{"errcode": 0, "more": "' + b"x" * 20_000_000 + b'"}'
    outcome = say(robots)
    assert (outcome.is_sent, outcome.is_final) == (False, True)


def test_without_an_answer_it_is_not_said_twice(robots: Robots, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "READ_SECONDS", 0.3)
    robots.hang = threading.Event()
    assert say(robots) == doors.UNCLEAR
    assert robots.has_heard.wait(PATIENCE)
    assert len(robots.heard) == 1


def test_the_whole_takes_no_longer_than_it_may(robots: Robots, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "WHOLE_SECONDS", 0.3)
    robots.hang = threading.Event()
    assert say(robots) == doors.UNCLEAR


def test_a_server_that_is_not_there_is_tried_again(reach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    origin = f"http://127.0.0.1:{free_port()}"
    reach(webhook_hosts=(origin,))
    outcome = doors.send(Channel.WECOM, f"{origin}/send?key=1", "", TEXT)
    assert (outcome.is_final, outcome.reason) == (False, "连不上机器人的服务器。")


@pytest.mark.parametrize(
    "url",
    [
        "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1",
        "https://qyapi.weixin.qq.com.example.org/send",
        "https://qyapi.weixin.qq.com@example.org/send",
        "https://qyapi.weixin.qq.com:8443/send",
        "https://user:pass@qyapi.weixin.qq.com/send",
        "https://169.254.169.254/latest/meta-data",
        "http://127.0.0.1:1/",
        "http://localhost/",
        "file:///etc/passwd",
        "https://[::1]/",
        "https://qyapi.weixin.qq.com\\@example.org/",
        "https://qyapi.weixin.qq.com:99999/",
        "",
    ],
)
def test_no_other_address_is_ever_called(robots: Robots, url: str) -> None:
    outcome = doors.send(Channel.WECOM, url, "", TEXT)
    assert (outcome.is_sent, outcome.is_final) == (False, True)
    assert robots.paths == []


@pytest.mark.parametrize("url", ["https://qyapi.weixin.qq.com/x", "https://QYAPI.weixin.qq.com:443/x"])
def test_the_known_hosts_are_known(url: str) -> None:
    assert outside.origin_of(url) in outside.KNOWN


def test_a_long_message_is_cut_at_a_character(robots: Robots) -> None:
    say(robots, text="报" * 5000)
    content = robots.heard[0]["markdown"]["content"]
    assert len(content.encode()) <= 4096
    assert set(content) == {"报", "…"}


def test_a_units_name_cannot_call_anybody_or_link_anywhere() -> None:
    text = words.standing("活动", expected=3, owing=["<@all>[点我](https://x.cn)\n# 局"], when="今天截止。")
    assert "<@" not in text
    assert "](" not in text
    assert "\n# " not in text


def test_so_many_units_are_named_and_the_rest_counted() -> None:
    text = words.standing("活动", expected=99, owing=[f"{n}局" for n in range(80)], when="今天截止。")
    assert text.endswith("59局等80家。")
    assert "应报99家，已报19家，未报80家" in text
