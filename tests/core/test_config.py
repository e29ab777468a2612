"""Settings: right by default, loud when wrong."""

import stat
from pathlib import Path

import pytest

from walkthrough_app import config


def test_nothing_set_is_a_working_installation(tmp_path: Path) -> None:
    settings = config.from_env({"WALKTHROUGH_DATA_DIR": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path / 'walkthrough.db'}"
    assert settings.media_dir == tmp_path / "media"
    assert not settings.is_https


def test_the_secret_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    env = {"WALKTHROUGH_DATA_DIR": str(tmp_path)}
    first, second = config.from_env(env), config.from_env(env)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 32
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert first.secret_key not in repr(first)


def test_a_setting_may_come_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("from a file\n", encoding="utf-8")
    env = {"WALKTHROUGH_DATA_DIR": str(tmp_path), "WALKTHROUGH_SECRET_KEY_FILE": str(secret)}
    assert config.from_env(env).secret_key == "from a file"


def test_postgresql_is_spoken_through_psycopg(tmp_path: Path) -> None:
    env = {"WALKTHROUGH_DATA_DIR": str(tmp_path), "WALKTHROUGH_DATABASE_URL": "postgresql://u:p@h/db"}
    assert config.from_env(env).database_url == "postgresql+psycopg://u:p@h/db"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://h/db"),
        ("MEDIA_URL", "ftp://h/media"),
        ("MEDIA_URL", "s3://bucket"),
        ("MEDIA_URL", "s3://key:hush@bucket?endpoint=minio:9000"),
        ("MEDIA_URL", "s3://key:hush@bucket?style=odd"),
        ("MEDIA_URL", "s3://key:hush@bucket?acl=public"),
        ("BASE_URL", "walk.example.gov.cn"),
        ("QUEUE_URL", "amqp://user:hush@h/0"),
        ("WEBHOOK_HOSTS", "https://a.cn/robot"),
        ("SECRET_KEY_FILE", "/nowhere/secret"),
    ],
)
def test_a_wrong_value_stops_with_one_line_that_names_it(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(config.SettingError, match=f"WALKTHROUGH_{name}") as error:
        config.from_env({"WALKTHROUGH_DATA_DIR": str(tmp_path), f"WALKTHROUGH_{name}": value})
    assert "\n" not in str(error.value)


def test_a_data_folder_that_cannot_be_made_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(config.SettingError, match="DATA_DIR"):
        config.from_env({"WALKTHROUGH_DATA_DIR": str(tmp_path / "file" / "data")})


def test_a_mail_server_is_read_from_one_address(tmp_path: Path) -> None:
    env = {"WALKTHROUGH_DATA_DIR": str(tmp_path)}
    assert config.from_env(env).mail is None
    url = "smtp://office%40example.gov.cn:p%40ss@mail.example.gov.cn?from=walk@example.gov.cn"
    settings = config.from_env(env | {"WALKTHROUGH_SMTP_URL": url})
    assert settings.mail == config.Mail(
        "mail.example.gov.cn", 587, "walk@example.gov.cn", "office@example.gov.cn", "p@ss"
    )
    assert "p@ss" not in repr(settings)
    tls = config.from_env(env | {"WALKTHROUGH_SMTP_URL": "smtps://a%40b.cn:x@h"}).mail
    assert tls is not None
    assert (tls.port, tls.is_smtps, tls.sender) == (465, True, "a@b.cn")
    relay = config.from_env(env | {"WALKTHROUGH_SMTP_URL": "smtp://relay:25?from=a@b.cn&tls=none"}).mail
    assert relay is not None
    assert (relay.port, relay.needs_tls) == (25, False)


def test_hosts_of_robots_are_read_as_origins(tmp_path: Path) -> None:
    env = {"WALKTHROUGH_DATA_DIR": str(tmp_path), "WALKTHROUGH_WEBHOOK_HOSTS": "a.cn, b.cn:8443 http://127.0.0.1:80/"}
    assert config.from_env(env).webhook_hosts == ("https://a.cn", "https://b.cn:8443", "http://127.0.0.1:80")


@pytest.mark.parametrize(
    "value",
    [
        "mail.example.gov.cn",
        "http://h?from=a@b.cn",
        "smtp://:secret@?from=a@b.cn",
        "smtp://user:secret@h",
        "smtp://u:secret@h:99999?from=a@b.cn",
        "smtp://u:secret@h?from=a@b.cn&tsl=none",
        "smtp://u:secret@h?from=a@b.cn&ca=/nowhere",
        "smtp://u:secret%E5%AF%86@h?from=a@b.cn",
    ],
)
def test_a_wrong_mail_server_is_named_without_its_password(value: str, tmp_path: Path) -> None:
    env = {"WALKTHROUGH_DATA_DIR": str(tmp_path), "WALKTHROUGH_SMTP_URL": value}
    with pytest.raises(config.SettingError, match="WALKTHROUGH_SMTP_URL") as error:
        config.from_env(env)
    assert "secret" not in str(error.value)
