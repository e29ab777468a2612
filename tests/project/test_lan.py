"""`serve --lan`: phones that trust our authority reach the app over HTTPS; nothing else is trusted."""

import http.client
import os
import re
import socket
import ssl
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import click
import pytest
from cryptography import x509

from tests.ports import free_port
from walkthrough_app import cli
from walkthrough_app.config import from_env
from walkthrough_app.core import clock
from walkthrough_app.lan import certificates
from walkthrough_app.lan.addresses import addresses

WIFI = "10.20.30.40"


def test_a_phone_that_installed_the_certificate_reaches_the_app(tmp_path: Path) -> None:
    with serving(tmp_path) as (port, said):
        page = urllib.request.urlopen(f"http://127.0.0.1:{port + 1}/", timeout=5).read().decode()
        assert f'href="https://127.0.0.1:{port}"' in page
        offered = urllib.request.urlopen(f"http://127.0.0.1:{port + 1}/walkthrough.crt", timeout=5)
        assert offered.headers["Content-Type"] == "application/x-x509-ca-cert"
        authority = x509.load_der_x509_certificate(offered.read())
        assert certificates.fingerprint(authority) in page
        assert certificates.fingerprint(authority) in said

        trusting = ssl.create_default_context(cadata=authority.public_bytes(certificates.PEM).decode())
        answer = urllib.request.urlopen(f"https://127.0.0.1:{port}/sign-in", context=trusting, timeout=10)
        assert "登录" in answer.read().decode()
        assert "; Secure" in answer.headers["Set-Cookie"]
        assert answer.headers["Strict-Transport-Security"] == "max-age=0"

        with pytest.raises(urllib.error.URLError, match="CERTIFICATE_VERIFY_FAILED"):
            urllib.request.urlopen(f"https://127.0.0.1:{port}/sign-in", timeout=10)


def test_every_other_address_of_the_certificate_page_leads_to_the_app(tmp_path: Path) -> None:
    with serving(tmp_path) as (port, _):
        connection = http.client.HTTPConnection("127.0.0.1", port + 1, timeout=5)
        connection.request("GET", "/walks/1")
        answer = connection.getresponse()
        assert (answer.status, answer.headers["Location"]) == (303, f"https://127.0.0.1:{port}")


def test_all_addresses_and_names_of_the_machine_are_vouched_for(tmp_path: Path) -> None:
    made = certificates.identity(tmp_path, [WIFI, "192.168.1.7"]).certificate
    names = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert {str(one) for one in names.get_values_for_type(x509.IPAddress)} == {"127.0.0.1", WIFI, "192.168.1.7"}
    assert {"localhost", f"{socket.gethostname()}.local"} <= set(names.get_values_for_type(x509.DNSName))
    assert made.not_valid_after_utc - made.not_valid_before_utc <= timedelta(days=397)


def test_a_phone_installs_the_authority_once(tmp_path: Path) -> None:
    first = certificates.identity(tmp_path, [WIFI]).certificate
    authority = certificates.authority(tmp_path).certificate
    assert certificates.identity(tmp_path, [WIFI]).certificate == first
    moved = certificates.identity(tmp_path, ["10.20.30.41"]).certificate
    with clock.pinned(clock.now() + timedelta(days=380)):
        later = certificates.identity(tmp_path, ["10.20.30.41"]).certificate
    assert len({first, moved, later}) == 3
    assert certificates.authority(tmp_path).certificate == authority
    for one in (first, moved, later):
        one.verify_directly_issued_by(authority)


def test_only_the_owner_may_read_the_keys(tmp_path: Path) -> None:
    certificates.identity(tmp_path / "lan", [WIFI])
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "lan").iterdir()}
    assert modes == dict.fromkeys(("ca.crt", "ca.key", "server.crt", "server.key"), 0o600)
    assert stat.S_IMODE((tmp_path / "lan").stat().st_mode) == 0o700


def test_the_authority_cannot_pose_as_a_site_outside(tmp_path: Path) -> None:
    authority = certificates.authority(tmp_path).certificate
    limits = authority.extensions.get_extension_for_class(x509.NameConstraints)
    names = {one.value for one in limits.value.permitted_subtrees or []}
    assert limits.critical
    assert names == {"local", "localhost", socket.gethostname()}


def test_a_broken_server_certificate_is_made_anew_but_a_broken_authority_stops_the_start(tmp_path: Path) -> None:
    good = certificates.identity(tmp_path, [WIFI]).certificate
    (tmp_path / "server.key").write_text("rubbish")
    assert certificates.identity(tmp_path, [WIFI]).certificate != good
    (tmp_path / "ca.key").unlink()
    with pytest.raises(click.ClickException, match="手机要重装证书"):
        certificates.identity(tmp_path, [WIFI])


def test_this_machines_own_addresses_are_never_loopback() -> None:
    assert all(re.fullmatch(r"\d+\.\d+\.\d+\.\d+", one) and not one.startswith("127.") for one in addresses())


@contextmanager
def serving(folder: Path) -> Iterator[tuple[int, str]]:
    """Run `serve --lan` on loopback; give its port and what it printed."""
    environment = {**os.environ, "WALKTHROUGH_DATA_DIR": str(folder), "WALKTHROUGH_DATABASE_URL": ""}
    cli.migrate(from_env(environment))
    port, output = free_port(), folder / "output.txt"
    command = [sys.executable, "-m", "walkthrough_app.cli", "serve", "--lan", "--host=127.0.0.1", f"--port={port}"]
    with output.open("w") as file:
        process = subprocess.Popen([*command, "--workers=1"], env=environment, stdout=file, stderr=file)
    try:
        _wait(port)
        _wait(port + 1)
        yield port, output.read_text()
    finally:
        process.terminate()
        process.wait(timeout=30)
    _wait_for_silence(port + 1)


def _wait(port: int) -> None:
    for _ in range(900):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the server did not start")


def _wait_for_silence(port: int) -> None:
    """The page ends with its server."""
    for _ in range(50):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.1)
    raise TimeoutError("the certificate page is still there")
