"""Fetching one page or feed from a world that may be hostile.

Every address is resolved and checked before it is connected to, on every redirect anew, and the connection goes to the
very address that was checked. One deadline covers the whole fetch, so a server that drips bytes gains nothing; size
limits hold for the bytes on the wire and for what they unpack to.
"""

from __future__ import annotations

import hashlib
import http.client
import io
import re
import socket
import ssl
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from urllib.parse import quote, urljoin

from nongrata._version import __version__
from nongrata.model import FetchError
from nongrata.reading.addresses import Reachable, Target, parse_target
from nongrata.reading.stats import MIB, size

USER_AGENT = f"nongrata/{__version__} (+https://github.com/nongrata/nongrata)"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 1 << 16
_CONTROLS = re.compile(r"[\x00-\x20\x7f]")


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """What a fetch may cost: bytes, seconds for the whole of it, redirects; and whom it may reach."""

    max_bytes: int = 10 * MIB
    seconds: float = 30.0
    connect_seconds: float = 10.0
    redirects: int = 5
    reachable: Reachable = field(default_factory=Reachable)


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. ``url`` is the address after redirects, ``headers`` have lower-case names, ``body`` is unpacked."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched: datetime

    @property
    def sha256(self) -> str:
        """SHA-256 (hex) of the body: its name in an archive."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def charset(self) -> str | None:
        """The encoding that the server names."""
        match = re.search(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", self.headers.get("content-type", ""), re.IGNORECASE)
        return match[1] if match else None


def fetch(url: str, *, policy: FetchPolicy | None = None, headers: Mapping[str, str] | None = None) -> Fetched:
    """Get one address.

    Args:
        url: http or https.
        policy: limits.
        headers: added to the request (``If-None-Match`` and the like).

    Raises:
        FetchError: it is not allowed, not reachable, over a limit or malformed. An answer of any status is no error.
    """
    policy = policy or FetchPolicy()
    deadline = _Deadline(policy.seconds)
    for _ in range(policy.redirects + 1):
        target = parse_target(url)
        try:
            answer = _get(target, policy, headers or {}, deadline)
        except TimeoutError as error:
            raise FetchError(f"{target.host} took longer than {policy.seconds:g} s; try again later") from error
        except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
            raise FetchError(
                f"{target.host} cannot be read ({error or type(error).__name__}); try again later"
            ) from error
        location = answer.headers.get("location")
        if answer.status not in _REDIRECTS or not location:
            return answer
        url = _moved_to(target, location)
    raise FetchError(f"{target.host} redirects more than {policy.redirects} times; check the address")


def _moved_to(target: Target, location: str) -> str:
    try:
        return urljoin(target.url, location)
    except ValueError as error:
        raise FetchError(f"{target.host} redirects to no address ({error}); report it to the site") from error


class _Deadline:
    """A moment after which nothing is waited for."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds that remain.

        Raises:
            TimeoutError: none do.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class _TimedReader(io.RawIOBase):
    """The receiving end of a socket; each read may take what the deadline leaves."""

    def __init__(self, sock: socket.socket, deadline: _Deadline) -> None:
        self._sock = sock
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        self._sock.settimeout(self._deadline.left())
        return self._sock.recv_into(buffer)


class _TimedSocket:
    """What ``http.client`` needs of a socket: something to read from."""

    def __init__(self, sock: socket.socket, deadline: _Deadline) -> None:
        self._sock = sock
        self._deadline = deadline

    def makefile(self, mode: str) -> io.BufferedReader:
        """The reader; ``mode`` is always "rb"."""
        return io.BufferedReader(_TimedReader(self._sock, self._deadline), _CHUNK)


def _get(target: Target, policy: FetchPolicy, headers: Mapping[str, str], deadline: _Deadline) -> Fetched:
    with _connected(target, policy, deadline) as sock:
        sock.settimeout(deadline.left())
        sock.sendall(_request(target, headers))
        response = http.client.HTTPResponse(_TimedSocket(sock, deadline), method="GET")  # type: ignore[arg-type]
        try:
            response.begin()
            found = {name.lower(): value for name, value in response.getheaders()}
            body = _body(response, found, policy.max_bytes)
        finally:
            response.close()
        return Fetched(target.url, response.status, found, body, datetime.now(UTC))


def _connected(target: Target, policy: FetchPolicy, deadline: _Deadline) -> socket.socket:
    """A connection to one of the addresses that were checked."""
    failure: OSError | None = None
    for family, address in policy.reachable.resolve(target):
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            sock.settimeout(min(policy.connect_seconds, deadline.left()))
            sock.connect((address, target.port))
            if target.scheme == "https":
                return _tls().wrap_socket(sock, server_hostname=target.host)
            return sock
        except OSError as error:
            sock.close()
            failure = error
    raise failure or OSError("it has no address")


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _request(target: Target, headers: Mapping[str, str]) -> bytes:
    default = target.port == (443 if target.scheme == "https" else 80)
    host = f"[{target.host}]" if ":" in target.host else target.host
    fields = {
        "Host": host if default else f"{host}:{target.port}",
        "User-Agent": USER_AGENT,
        "Accept": "text/html,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.5",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
        **headers,
    }
    path = quote(target.path, safe="/%:?#[]@!$&'()*+,;=~-._|")
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {_CONTROLS.sub(' ', value)}" for name, value in fields.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def _body(response: http.client.HTTPResponse, headers: Mapping[str, str], limit: int) -> bytes:
    """The body, unpacked; never more than ``limit`` bytes of it in memory, packed or not.

    Raises:
        FetchError: it is longer.
    """
    declared = headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        raise FetchError(f"the answer is {size(int(declared))} long, over the limit of {size(limit)}; leave it out")
    unpacker = _unpacker(headers.get("content-encoding", "").strip().lower())
    whole = bytearray()
    received = 0
    while chunk := response.read(_CHUNK):
        received += len(chunk)
        whole += unpacker.decompress(chunk, limit + 1 - len(whole)) if unpacker else chunk
        if len(whole) > limit or received > limit:
            raise FetchError(f"the answer unpacks to more than {size(limit)}; raise the limit or leave it out")
        if unpacker and unpacker.eof:
            break
    return bytes(whole)


def _unpacker(encoding: str) -> _Unpacker | None:
    if encoding in ("", "identity"):
        return None
    if encoding in ("gzip", "x-gzip", "deflate"):
        return _Unpacker()
    raise FetchError(f"the answer is packed with {encoding[:40]!r}, which was not asked for; report it to the site")


class _Unpacker:
    """Gzip, zlib or bare deflate, told by the first bytes."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(zlib.MAX_WBITS | 32)
        self._begun = False

    @property
    def eof(self) -> bool:
        """True after the end of the stream."""
        return self._inner.eof

    def decompress(self, data: bytes, most: int) -> bytes:
        """At most ``most`` bytes (at least one is asked for); what remains packed is over the limit anyway."""
        try:
            unpacked = self._inner.decompress(data, max(1, most))
        except zlib.error:
            if self._begun:
                raise
            self._inner = zlib.decompressobj(-zlib.MAX_WBITS)
            unpacked = self._inner.decompress(data, max(1, most))
        self._begun = True
        return unpacked
