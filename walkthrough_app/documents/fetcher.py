"""What a document may load: the files it was handed and our own charts. Imports WeasyPrint, so import it late."""

import base64
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import unquote

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

MEDIA = "media:"
CHART = "data:image/svg+xml;base64,"


class MissingFile(FatalURLFetchingError):  # type: ignore[misc]
    """The document shows a file that nobody handed over: better no paper than one with a hole."""


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Answers `media:<name>` and charts and refuses all else, without ever asking the disk or the network."""

    def __init__(self, files: Mapping[str, Path | bytes], drawable: Callable[[str], str]) -> None:
        """`drawable` makes the words of a chart such as the fonts can draw."""
        super().__init__(allowed_protocols=())
        self._drawable = drawable
        self._files = files
        self._closed = False

    def close_for_good(self) -> None:
        """Refuse everything from now on: after layout nothing is left to load but attachments nobody asked for."""
        self._closed = True

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        if self._closed:
            raise ValueError("not loaded after layout")
        if url.startswith(MEDIA):
            return URLFetcherResponse(url, self._file(unquote(url.removeprefix(MEDIA))))
        if url.startswith(CHART):
            return URLFetcherResponse(url, self._drawable(_chart(url)).encode(), {"Content-Type": "image/svg+xml"})
        raise ValueError(f"not allowed: {url[:80]}")

    def _file(self, name: str) -> bytes:
        if name not in self._files:
            raise MissingFile(name)
        content = self._files[name]
        return content if isinstance(content, bytes) else content.read_bytes()


def _chart(url: str) -> str:
    drawing = base64.b64decode(url.removeprefix(CHART), validate=True)
    if b"<!" in drawing:
        raise ValueError("a chart declares nothing")
    return drawing.decode()
