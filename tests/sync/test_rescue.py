"""The rescue container opens only here, only whole, and only unaltered."""

import hashlib
import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.sync.packing import locked, unb64, zipped
from walkthrough_app.core import keys
from walkthrough_app.core.errors import Invalid
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.sync import rescue

VECTOR = Path(__file__).parents[1] / "vectors" / "rescue.json"
PLAIN = zipped({"walk.json": json.dumps({"schema": "x", "filler": "x" * 3000}).encode()})


@pytest.fixture
def mine(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def read(tmp_path, mine):
    """Open a container and return the name of the schema in it."""
    store = LocalStore(tmp_path / "media")

    def run(raw: bytes) -> str:
        file = tmp_path / "办事记录.zip"
        file.write_bytes(raw)
        with rescue.opened(file, data_dir=mine, store=store) as archive:
            return rescue.read_json(archive, "walk.json")["schema"]

    return run


@pytest.mark.parametrize("chunk", [16, 700, len(PLAIN), 1 << 20])
def test_what_a_phone_encrypted_is_read(chunk, read, mine):
    assert read(zipped(locked(PLAIN, keys.public(mine), chunk))) == "x"


def test_what_the_phones_own_code_encrypted_is_read(mine, tmp_path):
    vector = json.loads(VECTOR.read_text())
    scalar = int.from_bytes(unb64(vector["private"]), "big")
    pem = ec.derive_private_key(scalar, ec.SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (mine / keys.NAME).write_bytes(pem)
    assert keys.public(mine) == {"kid": vector["kid"], "key": vector["public"]}
    with rescue.opened(VECTOR.with_suffix(".zip"), data_dir=mine, store=LocalStore(tmp_path / "media")) as archive:
        found = {name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
    assert found == vector["files"]


def test_a_plain_package_is_read_as_it_is(read):
    assert read(PLAIN) == "x"


def test_a_container_for_another_system_says_so(read, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(Invalid, match="另一套系统"):
        read(zipped(locked(PLAIN, keys.public(other))))


@pytest.mark.parametrize("harm", ["cut", "cut at a piece", "flip", "swap", "longer", "empty", "gone"])
def test_a_container_that_was_touched_is_refused(harm, read, mine):
    files = locked(PLAIN, keys.public(mine), 700)
    sealed, piece = files["walk.enc"], 716
    files["walk.enc"] = {
        "cut": sealed[:-3],
        "cut at a piece": sealed[: piece * 2],
        "flip": sealed[:9] + bytes([sealed[9] ^ 1]) + sealed[10:],
        "swap": sealed[piece : piece * 2] + sealed[:piece] + sealed[piece * 2 :],
        "longer": sealed + sealed[:piece],
        "empty": b"",
        "gone": b"",
    }[harm]
    if harm == "gone":
        del files["walk.enc"]
    with pytest.raises(Invalid, match=rescue.BROKEN):
        read(zipped(files))


@pytest.mark.parametrize(
    "change", [{"chunk": 0}, {"chunk": 1 << 40}, {"chunk": "x"}, {"epk": "AAAA"}, {"salt": 7}, {"nonce": ""}]
)
def test_a_head_that_makes_no_sense_is_refused(change, read, mine):
    files = locked(PLAIN, keys.public(mine))
    files["rescue.json"] = json.dumps({**json.loads(files["rescue.json"]), **change}).encode()
    with pytest.raises(Invalid, match=rescue.BROKEN):
        read(zipped(files))


def test_a_later_format_is_named_as_such(read, mine):
    files = locked(PLAIN, keys.public(mine))
    files["rescue.json"] = b'{"schema": "walkthrough-rescue/2"}'
    with pytest.raises(Invalid, match="升级"):
        read(zipped(files))


def test_the_key_is_made_once_and_only_its_owner_reads_it(mine):
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: keys.public(mine)["kid"], range(16)))
    assert len(set(made)) == 1
    assert [path.name for path in mine.iterdir()] == ["rescue.pem"]
    assert stat.S_IMODE((mine / "rescue.pem").stat().st_mode) == 0o600
    assert len(unb64(keys.public(mine)["key"])) == 65
