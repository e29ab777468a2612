"""The only door to boto3: objects of one bucket by their key, and one plain error when it cannot be reached."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from walkthrough_app import config
from walkthrough_app.media.storage.base import MissingError, Unavailable

PART = 16 * 1024 * 1024  # bytes from which on a file travels in parts
GONE = {"404", "NoSuchKey", "NotFound"}
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    key: str
    size: int
    changed: datetime


class Bucket:
    """Keys are below the prefix of the settings; every method raises Unavailable when the store fails."""

    def __init__(self, place: config.Bucket) -> None:
        self._place = place
        self._made: tuple[int, Any] | None = None

    def put(self, key: str, file: BinaryIO, size: int) -> None:
        """Store a file from where it stands; it is there, whole, when this returns."""
        from boto3.s3.transfer import TransferConfig

        parts = TransferConfig(multipart_threshold=PART, multipart_chunksize=PART, use_threads=False)
        with self._named(key):
            self._client.upload_fileobj(file, self._place.name, self._key(key), Config=parts)
            # A proxy may have answered in its place: an upload counts when the store names its length.
            there = self._client.head_object(Bucket=self._place.name, Key=self._key(key))["ContentLength"]
        if there != size:
            log.error("%s has %s bytes in the bucket instead of %s", key, there, size)
            raise Unavailable

    def get(self, key: str, chunk: int) -> Iterator[bytes]:
        """Give the bytes piece by piece; MissingError when there are none."""
        with self._named(key):
            body = self._client.get_object(Bucket=self._place.name, Key=self._key(key))["Body"]
            yield from body.iter_chunks(chunk)

    def has(self, key: str) -> bool:
        try:
            with self._named(key):
                self._client.head_object(Bucket=self._place.name, Key=self._key(key))
        except MissingError:
            return False
        return True

    def delete(self, key: str) -> None:
        """Remove what is there, or was."""
        with self._named(key):
            self._client.delete_object(Bucket=self._place.name, Key=self._key(key))

    def listed(self, prefix: str) -> Iterator[Found]:
        """Yield everything whose key begins so."""
        cut = len(self._key(""))
        with self._named(prefix):
            pages = self._client.get_paginator("list_objects_v2")
            for page in pages.paginate(Bucket=self._place.name, Prefix=self._key(prefix)):
                for one in page.get("Contents", ()):
                    yield Found(one["Key"][cut:], one["Size"], one["LastModified"])

    def _key(self, key: str) -> str:
        return f"{self._place.prefix}/{key}" if self._place.prefix else key

    @property
    def _client(self) -> Any:
        """The client of this process: its connections must not be shared with a parent."""
        if self._made is None or self._made[0] != os.getpid():
            self._made = (os.getpid(), _connected(self._place))
        return self._made[1]

    @contextmanager
    def _named(self, key: str) -> Iterator[None]:
        from boto3.exceptions import Boto3Error
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            yield
        except ClientError as error:
            if str(error.response.get("Error", {}).get("Code")) in GONE:
                raise MissingError(key) from error
            log.warning("the bucket refused %s: %s", key, error)
            raise Unavailable from error
        except (BotoCoreError, Boto3Error) as error:
            log.warning("the bucket failed at %s: %s", key, error)
            raise Unavailable from error


def _connected(place: config.Bucket) -> Any:
    import boto3
    from botocore.config import Config

    options = Config(
        signature_version="s3v4",
        s3={"addressing_style": place.style},
        connect_timeout=5,
        read_timeout=30,
        retries={"mode": "standard", "max_attempts": 4},
        max_pool_connections=32,
        request_checksum_calculation="when_required",  # not every store knows the newer ones
        response_checksum_validation="when_required",
    )
    session = boto3.session.Session(place.key, place.secret, region_name=place.region)
    return session.client(
        "s3", endpoint_url=place.endpoint or None, config=options, verify=str(place.ca) if place.ca else None
    )
