"""A Monday, a campaign, and the outside as real servers: one that takes mail, one that plays the group robots."""

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from flask import Flask

from tests.ports import free_port
from tests.scenes import add_item
from walkthrough_app import config, jobs
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign, Mode, PlanEntry, ServiceItem
from walkthrough_app.core import clock, db
from walkthrough_app.reminders import outside, service
from walkthrough_app.reminders.models import Delivery, Notice
from walkthrough_app.reports.models import Report, ReportState, ReportVersion

MONDAY = date(2026, 11, 23)
ITEM = "居住证申领"
PATIENCE = 60  # seconds for what the outside does at once
MUST = "居民身份证补领"


def at(day: date, clock_time: str = "09:00") -> datetime:
    return clock.from_local(datetime.fromisoformat(f"{day} {clock_time}"))


@pytest.fixture(autouse=True)
def monday() -> Iterator[date]:
    with clock.pinned(at(MONDAY)):
        yield MONDAY


@pytest.fixture
def campaign(campaign: Campaign) -> Campaign:
    """Walks end in a week, reports in two and a half."""
    campaign.opens_on = MONDAY - timedelta(days=10)
    campaign.walk_due, campaign.report_due = MONDAY + timedelta(days=7), MONDAY + timedelta(days=18)
    db.session.commit()
    return campaign


@pytest.fixture
def plan(cast: SimpleNamespace, campaign: Campaign) -> PlanEntry:
    """The head is to walk the item the head must walk; another has nobody yet."""
    return plan_for(cast.head, add_item(cast.head.unit, MUST, is_core_function=True), campaign)


def plan_for(walker: User, item: ServiceItem, campaign: Campaign) -> PlanEntry:
    made = PlanEntry(
        campaign=campaign,
        unit_id=item.unit_id,
        item=item,
        walker=walker,
        mode=Mode.IN_PERSON,
        from_on=campaign.opens_on,
        to_on=campaign.walk_due,
    )
    db.session.add(made)
    db.session.commit()
    return made


def report_of(head: User, campaign: Campaign, state: ReportState) -> Report:
    """Put a report into a state; submitted an hour ago, returned just now."""
    made = Report(campaign=campaign, unit=head.unit, head=head, lane=head.unit.lane, state=state)
    hour_ago, now = clock.now() - timedelta(hours=1), clock.now()
    version = ReportVersion(number=1, data={}, confirmed_by=head, confirmed_at=hour_ago)
    if state not in {ReportState.DRAFT, ReportState.CONFIRMED}:
        version.submitted_at = hour_ago
    if state is ReportState.RETURNED:
        version.returned_at = now
    if state is not ReportState.DRAFT:
        made.versions.append(version)
    db.session.add(made)
    db.session.commit()
    return made


def ask_for(report: Report, day: date) -> None:
    """Ask for a returned report by a day."""
    report.kept = version = report.versions[-1]  # type: ignore[attr-defined]  # or what is set below is forgotten
    version.return_due_on = day  # type: ignore[attr-defined]
    db.session.commit()


def tick(day: date = MONDAY) -> dict[str, int]:
    """Do a day's tick, as the job does it."""
    with clock.pinned(at(day)):
        made = service.tick(service.look(day))
    db.session.commit()
    return made


def told(user: User, day: date = MONDAY) -> list[str]:
    """Return what a person was told on a day."""
    notice = db.session.query(Notice).filter_by(user_id=user.id, day=day).one_or_none()
    return [line["text"] for line in notice.lines] if notice else []


def deliveries() -> list[Delivery]:
    db.session.expire_all()
    return list(db.session.query(Delivery).order_by(Delivery.created_at))


def delivered() -> Delivery:
    jobs.run_pending()
    return deliveries()[-1]


@pytest.fixture
def reach(stage: Flask) -> Iterator[Callable[..., None]]:
    """Connect the outside with other settings."""
    settings: config.Settings = stage.config["SETTINGS"]

    def connect(**changes: Any) -> None:
        outside.connect(replace(settings, **changes))

    yield connect
    outside.connect(settings)


class Postmaster:
    """Takes mail, or refuses it as it is told: `answers` by command, e.g. {"RCPT": "550 no such user"}."""

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self.letters: list[EmailMessage] = []
        self.recipients: list[str] = []

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if "RCPT" in self.answers:
            return self.answers["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if "DATA" in self.answers:
            return self.answers["DATA"]
        self.recipients += envelope.rcpt_tos
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 taken"


@pytest.fixture
def post() -> Postmaster:
    return Postmaster()


@pytest.fixture
def mail_server(post: Postmaster, reach: Callable[..., None]) -> Iterator[config.Mail]:
    """A relay on this machine that takes mail without encryption, as a setting may allow."""
    port = free_port()
    controller = Controller(post, hostname="127.0.0.1", port=port, ready_timeout=PATIENCE)
    controller.start()
    server = config.Mail("127.0.0.1", port, "office@example.gov.cn", needs_tls=False)
    reach(mail=server, base_url="https://walk.example.gov.cn")
    yield server
    controller.stop()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """A certificate of 127.0.0.1 that vouches for itself."""
    from ipaddress import ip_address

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now().astimezone()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=400))
        .not_valid_after(now + timedelta(days=400))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder: Path = tmp_path_factory.mktemp("tls")
    chain, secret = folder / "server.pem", folder / "server.key"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, secret)
    return SimpleNamespace(file=chain, context=context)


@pytest.fixture
def secure_server(post: Postmaster, reach: Callable[..., None], certificate: SimpleNamespace) -> Iterator[config.Mail]:
    """A server that wants STARTTLS, then a name and a password."""

    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        is_right = (data.login, data.password) == (b"office", b"p@ss word")
        return AuthResult(success=is_right, handled=False)

    port = free_port()
    controller = Controller(
        post,
        hostname="127.0.0.1",
        port=port,
        ready_timeout=PATIENCE,
        tls_context=certificate.context,
        require_starttls=True,
        authenticator=check,
        auth_required=True,
    )
    controller.start()
    server = config.Mail(
        "127.0.0.1", port, "office@example.gov.cn", user="office", password="p@ss word", ca=certificate.file
    )
    reach(mail=server)
    yield server
    controller.stop()


@dataclass
class Robots:
    """Plays the server of the group robots: what it heard, and what it answers."""

    url: str = ""
    heard: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    answer: bytes = b'{"errcode": 0, "errmsg": "ok"}'
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    hang: threading.Event | None = None
    has_heard: threading.Event = field(default_factory=threading.Event)


@pytest.fixture
def robots(reach: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> Iterator[Robots]:
    state = Robots()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            state.paths.append(self.path)
            state.heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            state.has_heard.set()
            if state.hang:
                state.hang.wait(20)
            self.send_response(state.status)
            for name, value in state.headers.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(OSError):  # the other side had heard enough
                self.wfile.write(state.answer)

        def do_GET(self) -> None:
            state.paths.append(f"GET {self.path}")
            self.send_error(404)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    origin = f"http://127.0.0.1:{server.server_address[1]}"
    state.url = f"{origin}/cgi-bin/webhook/send?key=the-secret-key"
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    reach(webhook_hosts=(origin,))
    yield state
    if state.hang:
        state.hang.set()
    server.shutdown()
    server.server_close()
    thread.join()
