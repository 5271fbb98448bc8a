"""Logs without content (safety §2): what happened and where in the code, never what people wrote.

A line has a moment, a level, the request's id, the message and, for an error, the kind of error and
the places in the code it passed. The words of an error are left out, because databases and forms
put people's input in them. Addresses are shortened; query strings, tokens and mail addresses go.
"""

import logging
import re
import traceback
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from logging.handlers import TimedRotatingFileHandler
from pathlib import Path

from django.http import HttpRequest, HttpResponse

DAYS = 14  # safety §2: technical log
request_id: ContextVar[str] = ContextVar("kring_request", default="-")

SCRUB = (
    (re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"), "…@…"),
    (re.compile(r"\?[^\s'\"]+"), "?…"),
    (re.compile(r"(?<=/(?:join|live)/)[\w-]+"), "…"),
    (re.compile(r"(?<=/meetings/)[\w/.-]+"), "…"),  # which kind of talk is nobody's business
    (re.compile(r"\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{20,}"), "…"),
    (re.compile(r"\b(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}\b"), r"\1.0"),
    (re.compile(r"\b([0-9a-f]{1,4}:[0-9a-f]{1,4}:[0-9a-f]{1,4}):[0-9a-f:]+", re.I), r"\1::"),
)


def scrub(text: str) -> str:
    """``text`` without mail addresses, query strings, tokens and whole network addresses."""
    for pattern, instead in SCRUB:
        text = pattern.sub(instead, text)
    return text


def places(error: BaseException) -> str:
    """The kind of an error and the code it passed, outermost first; never its words."""
    frames = traceback.extract_tb(error.__traceback__)
    passed = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames[-8:]]
    cause = error.__cause__ or error.__context__
    below = f" after {places(cause)}" if cause is not None else ""
    return f"{type(error).__name__} at {' > '.join(passed)}{below}"


class Line(logging.Formatter):
    """One record on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """See the module."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds")
        words = scrub(" ".join(record.getMessage().split()))
        line = f"{moment} {record.levelname.lower()} {request_id.get()} {record.name}: {words}"
        error = record.exc_info[1] if record.exc_info else None
        return f"{line} | {places(error)}" if error else line


class Mishaps(TimedRotatingFileHandler):
    """Unexpected errors, kept for fourteen days for ``kring errors``; readable by the owner only."""

    def __init__(self, filename: str) -> None:
        super().__init__(filename, when="D", backupCount=DAYS - 1, delay=True, utc=True)

    def _open(self):  # type: ignore[no-untyped-def]  # the stubs' type of the stream is private
        Path(self.baseFilename).touch(mode=0o600, exist_ok=True)
        return super()._open()


class RequestId:
    """Middleware; the first. Gives each request an id that stands in the log and in the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_id.set(uuid.uuid4().hex[:12])
        try:
            response = self.get_response(request)
            response["X-Request-Id"] = request_id.get()
            return response
        finally:
            request_id.reset(token)
