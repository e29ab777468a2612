"""Settings: the one place that reads the environment.

A default here must be right for production *and* fit to be public.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "WALKTHROUGH_"


class SettingError(ValueError):
    """A setting has a value that cannot work; the text is one line for the operator."""


@dataclass(frozen=True, slots=True)
class Signing:
    """What signs the papers (a PKCS#12 file, or a token behind a PKCS#11 module), and whose signatures are trusted.

    Without either a self-made certificate signs, for trying (docs/signing.md).
    """

    p12: Path | None = None
    p12_password: str = field(default="", repr=False)
    pkcs11_module: Path | None = None
    pkcs11_token: str = ""
    pkcs11_pin: str = field(default="", repr=False)
    pkcs11_label: str = ""
    trusted: Path | None = None


@dataclass(frozen=True, slots=True)
class Mail:
    """The server that sends our mail: TLS at once (smtps), or STARTTLS, left out only where it is said so."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    is_smtps: bool = False
    needs_tls: bool = True
    ca: Path | None = None


@dataclass(frozen=True, slots=True)
class Bucket:
    """Where an S3-compatible store is; `style` is how the bucket stands in an address: path or virtual."""

    name: str
    prefix: str = ""
    endpoint: str = ""
    region: str = "us-east-1"
    key: str = ""
    secret: str = field(default="", repr=False)
    style: str = "path"
    ca: Path | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the environment decides. See docs/settings.md for the meaning of each."""

    data_dir: Path
    database_url: str
    media_dir: Path  # with a bucket only copies of what is in it
    secret_key: str = field(repr=False)
    base_url: str = ""
    queue_url: str = ""
    demo_password: str = field(default="", repr=False)
    testing: bool = False
    signing: Signing = Signing()
    mail: Mail | None = None
    webhook_hosts: tuple[str, ...] = ()
    bucket: Bucket | None = None

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")


def from_env(env: Mapping[str, str] | None = None) -> Settings:
    """Read `WALKTHROUGH_*`; raise SettingError with one clear line on a wrong value."""
    env = os.environ if env is None else env
    data_dir = data_folder(env)
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(f"{PREFIX}DATA_DIR：无法建立文件夹 {data_dir}（{error.strerror}）") from error
    return Settings(
        data_dir=data_dir,
        database_url=_database_url(_read(env, "DATABASE_URL"), data_dir),
        media_dir=_media_dir(_read(env, "MEDIA_URL"), data_dir),
        secret_key=_read(env, "SECRET_KEY") or _kept_secret(data_dir / "secret_key"),
        base_url=_base_url(_read(env, "BASE_URL")),
        queue_url=_queue_url(_read(env, "QUEUE_URL")),
        demo_password=_read(env, "DEMO_PASSWORD"),
        signing=signing(env),
        mail=_mail(_read(env, "SMTP_URL")),
        webhook_hosts=_origins(_read(env, "WEBHOOK_HOSTS")),
        bucket=bucket_of(_read(env, "MEDIA_URL")),
    )


def data_folder(env: Mapping[str, str] | None = None) -> Path:
    """Return where the data is; unlike from_env, nothing is made there."""
    return Path(_read(os.environ if env is None else env, "DATA_DIR") or ROOT / "data").expanduser().resolve()


def signing(env: Mapping[str, str] | None = None) -> Signing:
    """Read what signs; commands without a database need nothing else of the settings. SettingError as from_env."""
    env = os.environ if env is None else env
    found = Signing(
        p12=_file(env, "SIGN_P12"),
        p12_password=_read(env, "SIGN_P12_PASSWORD"),
        pkcs11_module=_file(env, "SIGN_PKCS11_MODULE"),
        pkcs11_token=_read(env, "SIGN_PKCS11_TOKEN"),
        pkcs11_pin=_read(env, "SIGN_PKCS11_PIN"),
        pkcs11_label=_read(env, "SIGN_PKCS11_LABEL"),
        trusted=_pem(env, "SIGN_TRUSTED"),
    )
    if found.p12 and found.pkcs11_module:
        raise SettingError(f"{PREFIX}SIGN_P12 和 {PREFIX}SIGN_PKCS11_MODULE 只能写一个。")
    if found.pkcs11_module and not (found.pkcs11_token and found.pkcs11_label):
        needed = f"{PREFIX}SIGN_PKCS11_TOKEN 和 {PREFIX}SIGN_PKCS11_LABEL"
        raise SettingError(f"{PREFIX}SIGN_PKCS11_MODULE：还要写明 {needed}。")
    return found


def font_dir(env: Mapping[str, str] | None = None) -> Path:
    """Return the folder of the papers' fonts; commands without a database need nothing else of the settings."""
    return Path(_read(os.environ if env is None else env, "FONT_DIR") or ROOT / "var" / "fonts").expanduser().resolve()


def is_debugging() -> bool:
    """Tell whether commands show the whole traceback instead of one line."""
    return bool(_read(os.environ, "DEBUG"))


def _read(env: Mapping[str, str], name: str) -> str:
    """Return `WALKTHROUGH_<name>`, or the content of the file named by `WALKTHROUGH_<name>_FILE`."""
    path = env.get(f"{PREFIX}{name}_FILE")
    if not path:
        return env.get(f"{PREFIX}{name}", "").strip()
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingError(f"{PREFIX}{name}_FILE：读不到文件 {path}（{error.strerror}）") from error


def _file(env: Mapping[str, str], name: str) -> Path | None:
    """Return the file a setting names; SettingError when it is not there."""
    value = _read(env, name)
    if not value:
        return None
    path = Path(value).expanduser().resolve()
    if not path.is_file():
        raise SettingError(f"{PREFIX}{name}：没有文件 {path}。")
    return path


def _pem(env: Mapping[str, str], name: str) -> Path | None:
    path = _file(env, name)
    if path and b"-----BEGIN CERTIFICATE-----" not in path.read_bytes():
        raise SettingError(f"{PREFIX}{name}：{path} 里没有 PEM 格式的证书。")
    return path


def _database_url(value: str, data_dir: Path) -> str:
    if not value:
        return f"sqlite:///{data_dir / 'walkthrough.db'}"
    scheme = urlsplit(value).scheme
    if scheme == "sqlite":
        return value
    if scheme in {"postgresql", "postgres", "postgresql+psycopg"}:
        return "postgresql+psycopg" + value[len(scheme) :]
    raise SettingError(f"{PREFIX}DATABASE_URL：只支持 sqlite:/// 和 postgresql://，现在是 {scheme or value}")


def _media_dir(value: str, data_dir: Path) -> Path:
    if not value:
        return data_dir / "media"
    if value.startswith("s3:"):
        return data_dir / "copies"
    if not value.startswith("file:"):
        raise SettingError(f"{PREFIX}MEDIA_URL：只支持 file:文件夹 和 s3://，现在是 {value.partition(':')[0]}")
    return Path(value.removeprefix("file:").removeprefix("//")).expanduser().resolve()


def bucket_of(value: str) -> Bucket | None:
    """Read `s3://key:secret@bucket/prefix?endpoint=https://host&region=…&style=path|virtual&ca=file`."""
    if not value.startswith("s3:"):
        return None
    parts, name = urlsplit(value), f"{PREFIX}MEDIA_URL"
    options = {key: found[-1] for key, found in parse_qs(parts.query).items()}
    bucket = parts.netloc.rpartition("@")[2]
    if not (bucket and parts.username and parts.password):
        raise SettingError(f"{name}：要写成 s3://访问密钥:密钥口令@桶?endpoint=https://主机。")
    if unknown := options.keys() - {"endpoint", "region", "style", "ca"}:
        raise SettingError(f"{name}：不认识 {min(unknown)}，可以写的是 endpoint、region、style、ca。")
    endpoint, style = options.get("endpoint", ""), options.get("style", "path")
    if endpoint and urlsplit(endpoint).scheme not in {"http", "https"}:
        raise SettingError(f"{name}：endpoint 要以 http:// 或 https:// 开头。")
    if style not in {"path", "virtual"}:
        raise SettingError(f"{name}：style 只能是 path 或者 virtual。")
    return Bucket(
        name=bucket,
        prefix=parts.path.strip("/"),
        endpoint=endpoint,
        region=options.get("region", "us-east-1"),
        key=unquote(parts.username),
        secret=unquote(parts.password),
        style=style,
        ca=_ca(options["ca"], name) if "ca" in options else None,
    )


def _base_url(value: str) -> str:
    if value and urlsplit(value).scheme not in {"http", "https"}:
        raise SettingError(f"{PREFIX}BASE_URL：要以 http:// 或 https:// 开头，现在是 {value}")
    return value.rstrip("/")


def _queue_url(value: str) -> str:
    if value and urlsplit(value).scheme not in {"redis", "rediss"}:
        raise SettingError(f"{PREFIX}QUEUE_URL：只支持 redis:// 和 rediss://，留空用内置的队列。")
    return value


def _mail(value: str) -> Mail | None:
    """Read `smtp://user:password@host:587?from=address`; the password is never part of a complaint."""
    if not value:
        return None
    parts, name = urlsplit(value), f"{PREFIX}SMTP_URL"
    options = {key: found[-1] for key, found in parse_qs(parts.query).items()}
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise SettingError(f"{name}：要写成 smtp://用户:密码@主机:587?from=发信地址，或者 smtps://…。")
    if unknown := options.keys() - {"from", "tls", "ca"}:
        raise SettingError(f"{name}：不认识 {min(unknown)}，可以写的是 from、tls、ca。")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not (user + password).isascii():
        raise SettingError(f"{name}：用户和密码只能用字母、数字和符号。")
    sender = options.get("from", user)
    if "@" not in sender or any(one.isspace() for one in sender):
        raise SettingError(f"{name}：请用 from= 写明发信地址。")
    return Mail(
        host=parts.hostname,
        port=_port(parts, name) or (465 if parts.scheme == "smtps" else 587),
        sender=sender,
        user=user,
        password=password,
        is_smtps=parts.scheme == "smtps",
        needs_tls=options.get("tls") != "none",
        ca=_ca(options["ca"], name) if "ca" in options else None,
    )


def _port(parts: SplitResult, name: str) -> int | None:
    try:
        return parts.port
    except ValueError as error:
        raise SettingError(f"{name}：端口要在 1 到 65535 之间。") from error


def _ca(value: str, name: str) -> Path:
    path = Path(value).expanduser().resolve()
    if not path.is_file():
        raise SettingError(f"{name}：没有证书文件 {path}。")
    return path


def _origins(value: str) -> tuple[str, ...]:
    """Read `host, host:port, http://host:port`: where robots' addresses may lead beside the two known hosts."""
    found = []
    for one in value.replace(",", " ").split():
        parts = urlsplit(one if "://" in one else f"https://{one}")
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
            raise SettingError(f"{PREFIX}WEBHOOK_HOSTS：要写主机名，例如 robot.example.gov.cn，现在是 {one}")
        port = _port(parts, f"{PREFIX}WEBHOOK_HOSTS")
        found.append(f"{parts.scheme}://{parts.hostname}" + (f":{port}" if port else ""))
    return tuple(found)


def _kept_secret(path: Path) -> str:
    """Return the installation's own secret, made once; only its owner may read it."""
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
    return path.read_text(encoding="utf-8").strip()
