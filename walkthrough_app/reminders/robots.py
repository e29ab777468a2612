"""Group robots of 企业微信 and 钉钉: a POST of Markdown to a secret address, and an answer to be read with care."""

import base64
import hashlib
import hmac
import json
from typing import Any
from urllib.parse import quote_plus

import requests
from requests.utils import get_environ_proxies

from walkthrough_app.core import clock
from walkthrough_app.reminders import outside
from walkthrough_app.reminders.models import Channel
from walkthrough_app.reminders.outcome import SENT, Outcome, later, never, within

CONNECT_SECONDS, READ_SECONDS, WHOLE_SECONDS = 5, 10, 20
HEADERS = {"Content-Type": "application/json; charset=utf-8", "Accept-Encoding": "identity"}
LARGEST_ANSWER = 64 * 1024
LONGEST = {Channel.WECOM: 4000, Channel.DINGTALK: 18000}  # bytes; theirs are 4096 and 20000
TITLE = "专项报告报送情况"
TOO_FAST = {45009, 130101, 410100, -1}
UNCLEAR = never("没有收到回答，不知道群里收到没有；为免重复，没有再发。")
STRANGE = never("回答不是群机器人的，请核对地址。")
WORDS = {
    93000: "机器人地址不对，或者机器人已经移出群。",
    40008: "消息格式不被接受。",
    300001: "机器人地址里的 access_token 不对。",
    300005: "机器人地址里的 access_token 不对。",
    310000: "没有通过机器人的安全设置：请核对加签密钥、自定义关键词（写“专项报告”）和 IP 限制。",
    400013: "群已经解散。",
    400101: "机器人地址里的 access_token 不对。",
    400102: "机器人已经停用。",
}


def send(channel: Channel, url: str, secret: str, text: str) -> Outcome:
    """Say something in a group. Only what surely was not said is tried again: nobody can tell two posts apart."""
    if outside.origin_of(url) not in outside.current().origins:
        return never("机器人的地址不在允许的范围内。")
    body = payload(channel, cut(text, LONGEST[channel]))
    address = signed(url, secret) if secret else url
    return within(WHOLE_SECONDS, lambda: _try(address, body), UNCLEAR)


def payload(channel: Channel, text: str) -> dict[str, Any]:
    """Write the message as the channel wants it; nobody is called by name."""
    if channel is Channel.WECOM:
        return {"msgtype": "markdown", "markdown": {"content": text}}
    return {"msgtype": "markdown", "markdown": {"title": TITLE, "text": text}, "at": {"isAtAll": False}}


def signed(url: str, secret: str) -> str:
    """Add time (ms) and signature as DingTalk checks them: HMAC-SHA256 over time and secret, keyed by the secret."""
    moment = str(int(clock.now().timestamp() * 1000))
    digest = hmac.new(secret.encode(), f"{moment}\n{secret}".encode(), hashlib.sha256).digest()
    sign = quote_plus(base64.b64encode(digest).decode())
    return f"{url}{'&' if '?' in url else '?'}timestamp={moment}&sign={sign}"


def cut(text: str, limit: int) -> str:
    """Shorten to so many bytes of UTF-8, at a character."""
    data = text.encode()
    return text if len(data) <= limit else data[: limit - 3].decode(errors="ignore") + "…"


def _try(url: str, body: dict[str, Any]) -> Outcome:
    try:
        with requests.Session() as session:
            session.trust_env = False  # no .netrc; a proxy is named below
            with session.post(
                url,
                data=json.dumps(body, ensure_ascii=False).encode(),
                headers=HEADERS,
                timeout=(CONNECT_SECONDS, READ_SECONDS),
                allow_redirects=False,
                stream=True,
                proxies=get_environ_proxies(url),
            ) as answer:
                return _read(answer)
    except (requests.exceptions.ConnectTimeout, requests.exceptions.SSLError, requests.exceptions.ProxyError):
        return later("连不上机器人的服务器。")
    except requests.exceptions.ConnectionError as error:
        return UNCLEAR if _was_open(error) else later("连不上机器人的服务器。")
    except (requests.exceptions.RequestException, OSError):
        return UNCLEAR


def _was_open(error: requests.exceptions.ConnectionError) -> bool:
    """Tell whether the connection stood and broke: then the message may have been taken."""
    return "NewConnectionError" not in repr(error) and "NameResolutionError" not in repr(error)


def _read(answer: requests.Response) -> Outcome:
    if answer.status_code >= 500 or answer.status_code == 429:
        return later(f"机器人的服务器暂时不能用（{answer.status_code}），稍后再试。")
    if answer.status_code != 200:
        return never(f"机器人的服务器没有接受（{answer.status_code}），请核对地址。")
    data = bytearray()
    for piece in answer.iter_content(8192):
        data += piece
        if len(data) > LARGEST_ANSWER:
            return STRANGE
    return _judge(bytes(data))


def _judge(data: bytes) -> Outcome:
    """Read `errcode`: a 200 alone says nothing."""
    try:
        code = json.loads(data)["errcode"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return STRANGE
    if type(code) is not int:
        return STRANGE
    if code == 0:
        return SENT
    if code in TOO_FAST:
        return later("发得太快，被限流了，稍后再试。")
    return never(f"{WORDS.get(code, '群机器人没有接受这条消息。')}（错误码 {code}）")
