"""What leads outside: mail server, hosts of robots, our own address. Whoever builds the app connects the settings."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from walkthrough_app.config import Mail, Settings

KNOWN = ("https://qyapi.weixin.qq.com", "https://oapi.dingtalk.com")


@dataclass(frozen=True, slots=True)
class Outside:
    mail: Mail | None = None
    base_url: str = ""
    origins: tuple[str, ...] = KNOWN
    secret: str = field(default="", repr=False)

    @property
    def domain(self) -> str:
        """Return the name that Message-IDs and the list carry."""
        if self.mail:
            return self.mail.sender.rpartition("@")[2]
        return urlsplit(self.base_url).hostname or "localhost"


_outside = Outside()


def connect(settings: Settings) -> None:
    global _outside
    _outside = Outside(settings.mail, settings.base_url, (*KNOWN, *settings.webhook_hosts), settings.secret_key)


def current() -> Outside:
    return _outside


def origin_of(url: str) -> str:
    """Return `https://host` or `https://host:port` of an address; '' when it is none or carries a name and password."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    if not parts.hostname or "@" in parts.netloc:
        return ""
    is_usual = port in {None, {"http": 80, "https": 443}.get(parts.scheme)}
    return f"{parts.scheme}://{parts.hostname}" + ("" if is_usual else f":{port}")
