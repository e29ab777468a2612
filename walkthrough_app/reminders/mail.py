"""E-mail by SMTP: one letter to one person, encrypted on the way, the same Message-ID however often it is tried."""

import smtplib
import ssl
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from walkthrough_app.config import Mail
from walkthrough_app.core import clock
from walkthrough_app.reminders.outcome import SENT, Outcome, later, never, within

STEP_SECONDS = 15
WHOLE_SECONDS = 60
NAME = "走流程"
SILENT = later("发信服务器没有按时回答。")


@dataclass(frozen=True, slots=True)
class Letter:
    """`id` is the part of the Message-ID before the @, `domain` the one behind it."""

    to: str
    subject: str
    text: str
    html: str
    id: str
    domain: str


def message_of(letter: Letter, sender: str) -> EmailMessage:
    """Write a letter as RFC 5322 and 2047 want it; machines are told not to answer (RFC 3834)."""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(NAME, addr_spec=sender)
    message["To"] = Address(addr_spec=letter.to)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(clock.to_local(clock.now()))
    message["Message-ID"] = f"<{letter.id}@{letter.domain}>"
    message["List-Id"] = f"{NAME}提醒 <reminders.walkthrough.{letter.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, cte="base64")
    message.add_alternative(letter.html, subtype="html", cte="base64")
    return message


def send(letter: Letter, server: Mail) -> Outcome:
    """Send a letter; every way in which this can go wrong comes to a sentence, and none takes more than a minute."""
    try:
        message = message_of(letter, server.sender)
    except (ValueError, IndexError, MessageError):
        return never("邮箱地址写得不对。")
    return within(WHOLE_SECONDS, lambda: _try(message, letter.to, server), SILENT)


def _try(message: EmailMessage, to: str, server: Mail) -> Outcome:
    try:
        return _talk(message, to, server)
    except smtplib.SMTPRecipientsRefused as error:
        return _refused(next(iter(error.recipients.values()))[0], "收信地址被拒绝")
    except smtplib.SMTPAuthenticationError:
        return later("发信服务器不认用户名或密码，请管理员检查设置。")
    except smtplib.SMTPResponseException as error:
        return _refused(error.smtp_code, "发信服务器没有接受")
    except OSError as error:  # smtplib's own errors are among them, and one hides a time that ran out
        return (
            SILENT
            if isinstance(error.__context__, TimeoutError)
            else next(outcome for kind, outcome in TROUBLES if isinstance(error, kind))
        )


TROUBLES: tuple[tuple[type[OSError], Outcome], ...] = (
    (smtplib.SMTPNotSupportedError, later("发信服务器不支持加密或登录，没有发送，请管理员检查设置。")),
    (smtplib.SMTPException, later("发信服务器中途断开。")),
    (ssl.SSLError, later("发信服务器的证书不可信，没有发送。")),
    (TimeoutError, SILENT),
    (OSError, later("连不上发信服务器。")),
)


def _talk(message: EmailMessage, to: str, server: Mail) -> Outcome:
    context = ssl.create_default_context(cafile=str(server.ca) if server.ca else None)
    with _open(server, context) as line:
        if server.needs_tls and not server.is_smtps:
            line.starttls(context=context)
            line.ehlo()
        if server.user:
            line.login(server.user, server.password)
        line.send_message(message, server.sender, [to])
        return SENT


class _Once:
    """Quits when the block ends well; what the server says to QUIT changes nothing: the letter is taken."""

    def __init__(self, line: smtplib.SMTP) -> None:
        self.line = line

    def __enter__(self) -> smtplib.SMTP:
        self.line.ehlo_or_helo_if_needed()
        return self.line

    def __exit__(self, *_error: object) -> None:
        try:
            self.line.quit()
        except (smtplib.SMTPException, OSError):
            self.line.close()


def _open(server: Mail, context: ssl.SSLContext) -> _Once:
    if server.is_smtps:
        return _Once(smtplib.SMTP_SSL(server.host, server.port, timeout=STEP_SECONDS, context=context))
    return _Once(smtplib.SMTP(server.host, server.port, timeout=STEP_SECONDS))


def _refused(code: int, what: str) -> Outcome:
    return never(f"{what}（{code}）。") if code >= 500 else later(f"{what}（{code}），稍后再试。")
