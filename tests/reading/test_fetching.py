"""Fetching from hostile servers: private addresses, bombs, endless answers."""

import gzip
import socket
import time
import zlib
from collections.abc import Iterator

import pytest

from nongrata.model import FetchError
from nongrata.reading.addresses import Reachable, is_public, parse_target
from nongrata.reading.fetching import FetchPolicy, fetch

from .servers import Raw, moved, ok, serving


@pytest.fixture
def server() -> Iterator[Raw]:
    with serving() as running:
        yield running


def policy(server: Raw, **limits) -> FetchPolicy:
    return FetchPolicy(**{"seconds": 5.0, **limits}, reachable=Reachable(frozenset({server.authority})))


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "1.1.1.1", "64:ff9b::101:101"]
)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "172.16.5.5",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "2001:db8::1",
        "240.0.0.1",
        "nonsense",
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("ftp://quay.example/a", "neither http nor https"),
        ("file:///etc/passwd", "neither http nor https"),
        ("http://", "names no host"),
        ("http://user:word@quay.example/", "holds a user name"),
        ("http://quay.example:99999/", "is no address"),
        ("http://[::1", "is no address"),
        (f"http://{'a' * 70}.example/", "is no address"),
    ],
)
def test_addresses_that_are_refused(url: str, message: str) -> None:
    with pytest.raises(FetchError, match=message):
        parse_target(url)


def test_private_servers_are_refused_unless_allowed(server: Raw) -> None:
    server.answers["/"] = ok(b"hello", "Content-Type: text/html; charset=koi8-r")
    with pytest.raises(FetchError, match="not public"):
        fetch(server.url("/"))
    with pytest.raises(FetchError, match="not public"):
        fetch(f"http://localhost:{server.port}/")
    assert server.requests == []
    answer = fetch(server.url("/"), policy=policy(server))
    assert (answer.status, answer.body, answer.charset) == (200, b"hello", "koi8-r")
    assert len(answer.sha256) == 64


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://0x7f000001:1/",
        "file:///etc/passwd",
    ],
)
def test_redirects_are_checked_anew(server: Raw, location: str) -> None:
    server.answers["/"] = moved(location)
    with pytest.raises(FetchError, match=r"not public|neither http"):
        fetch(server.url("/"), policy=policy(server))


def test_a_redirect_to_no_address_is_told(server: Raw) -> None:
    server.answers["/"] = moved("http://[nowhere/")
    with pytest.raises(FetchError, match="redirects to no address"):
        fetch(server.url("/"), policy=policy(server))


def test_a_name_that_resolves_to_a_private_address_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def both(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, 1, 6, "", (address, port)) for address in ("93.184.216.34", "10.0.0.7")]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    with pytest.raises(FetchError, match=r"leads to 10\.0\.0\.7"):
        fetch("http://quay.example/")


def test_redirects_are_followed_and_counted(server: Raw) -> None:
    server.answers |= {
        "/a": moved("/b?x=1"),
        "/b?x=1": moved(server.url("/c")),
        "/c": ok(b"there"),
        "/loop": moved("/loop"),
    }
    assert fetch(server.url("/a"), policy=policy(server)).url == server.url("/c")
    with pytest.raises(FetchError, match="redirects more than 5 times"):
        fetch(server.url("/loop"), policy=policy(server))
    assert sum("GET /loop" in request for request in server.requests) == 6


@pytest.mark.parametrize(
    ("packed", "name"),
    [
        (gzip.compress(b"hello", mtime=0), "gzip"),
        (zlib.compress(b"hello"), "deflate"),
        (zlib.compress(b"hello")[2:-4], "deflate"),
    ],
)
def test_packed_answers(server: Raw, packed: bytes, name: str) -> None:
    server.answers["/"] = ok(packed, f"Content-Encoding: {name}")
    assert fetch(server.url("/"), policy=policy(server)).body == b"hello"


def test_a_bomb_is_not_unpacked(server: Raw) -> None:
    bomb = gzip.compress(bytes(200 << 20), 9)
    server.answers["/"] = ok(bomb, "Content-Encoding: gzip")
    with pytest.raises(FetchError, match="unpacks to more than 1 MiB"):
        fetch(server.url("/"), policy=policy(server, max_bytes=1 << 20))


def test_long_answers_are_refused(server: Raw) -> None:
    server.answers["/told"] = b"HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n"
    server.answers["/untold"] = [(0, b"HTTP/1.1 200 OK\r\n\r\n")] + [(0, bytes(1 << 20))] * 8
    server.answers["/chunked"] = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + (b"400\r\n" + bytes(1024) + b"\r\n") * 4000
    )
    for path in ("/told", "/untold", "/chunked"):
        with pytest.raises(FetchError, match=r"over the limit|more than 1 MiB"):
            fetch(server.url(path), policy=policy(server, max_bytes=1 << 20))


@pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n"])
def test_dripping_servers_meet_the_deadline(server: Raw, start: bytes) -> None:
    server.answers["/"] = [(0, start)] + [(0.05, b"a")] * 200
    begun = time.monotonic()
    with pytest.raises(FetchError, match=r"took longer than 0\.4 s"):
        fetch(server.url("/"), policy=policy(server, seconds=0.4))
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize("answer", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500 + b"\r\n"])
def test_malformed_answers(server: Raw, answer: bytes) -> None:
    server.answers["/"] = answer
    with pytest.raises(FetchError, match="cannot be read"):
        fetch(server.url("/"), policy=policy(server))


@pytest.mark.parametrize("name", ["br", "zstd"])
def test_unknown_packing(server: Raw, name: str) -> None:
    server.answers["/"] = ok(b"x", f"Content-Encoding: {name}")
    with pytest.raises(FetchError, match="packed with"):
        fetch(server.url("/"), policy=policy(server))


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    with pytest.raises(FetchError, match="cannot be read"):
        fetch(f"http://127.0.0.1:{port}/", policy=FetchPolicy(reachable=Reachable(frozenset({f"127.0.0.1:{port}"}))))


def test_request_line_and_headers_cannot_be_injected(server: Raw) -> None:
    server.answers["/a%20b?c=%0D%0Ad"] = ok(b"x")
    answer = fetch(server.url("/a b?c=%0D%0Ad"), policy=policy(server), headers={"If-None-Match": "x\r\nEvil: 1"})
    assert answer.body == b"x"
    assert "\r\nEvil" not in server.requests[0]
