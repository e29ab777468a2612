"""Letters over SMTP: right in form, encrypted on the way, and every refusal comes to one sentence."""

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from tests.ports import free_port
from tests.reminders.conftest import Postmaster
from walkthrough_app import config
from walkthrough_app.reminders import mail
from walkthrough_app.reminders.mail import Letter

LETTER = Letter(
    to="head@example.gov.cn",
    subject="走流程提醒：2件事要办（11月23日），请于截止日期以前办理完毕并报送专项报告",
    text="· 专项报告还没有报送\n",
    html="<p>专项报告还没有报送</p>",
    id="reminder.1",
    domain="example.gov.cn",
)


def test_a_letter_arrives_as_it_was_written(mail_server: config.Mail, post: Postmaster) -> None:
    assert mail.send(LETTER, mail_server).is_sent
    (letter,) = post.letters
    assert letter["Subject"] == LETTER.subject
    assert letter["To"] == "head@example.gov.cn"
    assert letter["From"].addresses[0].display_name == "走流程"
    assert letter["Message-ID"] == "<reminder.1@example.gov.cn>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "<reminders.walkthrough.example.gov.cn>" in letter["List-Id"]
    assert letter["Date"].datetime.utcoffset().total_seconds() == 8 * 3600
    assert letter.get_body(("plain",)).get_content().strip() == LETTER.text.strip()
    assert letter.get_body(("html",)).get_content().strip() == LETTER.html
    assert post.recipients == ["head@example.gov.cn"]


def test_on_the_wire_it_is_plain_ascii_in_short_lines() -> None:
    data = mail.message_of(LETTER, "office@example.gov.cn").as_bytes()
    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 78
    assert b"=?utf-8?" in data


def test_starttls_comes_before_the_password(secure_server: config.Mail, post: Postmaster) -> None:
    assert mail.send(LETTER, secure_server).is_sent
    assert len(post.letters) == 1


def test_a_wrong_password_is_said_without_it(secure_server: config.Mail, post: Postmaster) -> None:
    outcome = mail.send(LETTER, replace(secure_server, password="another secret"))
    assert (outcome.is_sent, outcome.is_final) == (False, False)
    assert "用户名或密码" in outcome.reason
    assert "another" not in outcome.reason
    assert post.letters == []


def test_a_certificate_nobody_vouches_for_gets_no_letter(secure_server: config.Mail, post: Postmaster) -> None:
    assert "证书" in mail.send(LETTER, replace(secure_server, ca=None)).reason
    assert post.letters == []


def test_a_server_without_encryption_gets_no_letter(mail_server: config.Mail, post: Postmaster) -> None:
    outcome = mail.send(LETTER, replace(mail_server, needs_tls=True))
    assert (outcome.is_sent, outcome.is_final) == (False, False)
    assert "加密" in outcome.reason
    assert post.letters == []


@pytest.mark.parametrize(
    ("answers", "is_final", "said"),
    [
        ({"RCPT": "550 no such user"}, True, "收信地址被拒绝（550）。"),
        ({"RCPT": "451 greylisted"}, False, "收信地址被拒绝（451），稍后再试。"),
        ({"DATA": "554 refused <b>公安局</b>"}, True, "发信服务器没有接受（554）。"),
        ({"DATA": "452 disk full"}, False, "发信服务器没有接受（452），稍后再试。"),
    ],
)
def test_refusals_are_for_good_or_for_now(
    mail_server: config.Mail, post: Postmaster, answers: dict[str, str], is_final: bool, said: str
) -> None:
    post.answers = answers
    outcome = mail.send(LETTER, mail_server)
    assert (outcome.is_sent, outcome.is_final, outcome.reason) == (False, is_final, said)


@pytest.mark.parametrize("address", ["head@example.gov.cn\r\nBcc: all@example.org", "nobody", "@", "局长 <a@b.cn>"])
def test_an_address_that_is_none_is_never_sent_to(mail_server: config.Mail, post: Postmaster, address: str) -> None:
    outcome = mail.send(replace(LETTER, to=address), mail_server)
    assert (outcome.is_sent, outcome.is_final) == (False, True)
    assert post.letters == []


def test_nobody_at_home_is_tried_again() -> None:
    outcome = mail.send(LETTER, config.Mail("127.0.0.1", free_port(), "a@example.gov.cn"))
    assert (outcome.is_final, outcome.reason) == (False, "连不上发信服务器。")


@pytest.fixture
def line() -> Iterator[Callable[[Callable[[socket.socket], None]], config.Mail]]:
    """A server that does with each connection what it is told to."""
    server = socket.create_server(("127.0.0.1", 0))

    def answer(do: Callable[[socket.socket], None]) -> config.Mail:
        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                do(connection)

        threading.Thread(target=serve, daemon=True).start()
        return config.Mail("127.0.0.1", server.getsockname()[1], "a@example.gov.cn", needs_tls=False)

    yield answer
    server.close()


def test_a_connection_that_breaks_is_tried_again(line) -> None:
    outcome = mail.send(LETTER, line(lambda connection: connection.sendall(b"220 hello\r\n")))
    assert (outcome.is_sent, outcome.is_final) == (False, False)


def test_a_server_that_never_speaks_is_left_after_a_while(line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "STEP_SECONDS", 0.3)
    over = threading.Event()
    outcome = mail.send(LETTER, line(lambda _connection: bool(over.wait(10))))
    over.set()
    assert outcome == mail.SILENT


def test_a_server_that_speaks_one_byte_at_a_time_is_left_too(line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "WHOLE_SECONDS", 0.5)
    over = threading.Event()

    def drip(connection: socket.socket) -> None:
        while not over.wait(0.05):
            connection.sendall(b"2")

    outcome = mail.send(LETTER, line(drip))
    over.set()
    assert outcome == mail.SILENT


def test_a_letter_taken_counts_even_if_the_goodbye_fails(line) -> None:
    def take(connection: socket.socket) -> None:
        talk = connection.makefile("rwb", buffering=0)
        talk.write(b"220 hello\r\n")
        for answer in (b"250 hello\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go on\r\n"):
            talk.readline()
            talk.write(answer)
        while talk.readline() != b".\r\n":
            pass
        talk.write(b"250 taken\r\n")

    assert mail.send(LETTER, line(take)).is_sent
