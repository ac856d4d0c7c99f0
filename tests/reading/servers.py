"""A small HTTP server on 127.0.0.1 whose answers a test writes down byte by byte."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Raw:
    """Answers by path: bytes, a list of (seconds to wait, bytes), or a function from the request to bytes."""

    def __init__(self) -> None:
        self.answers: dict[str, bytes | list[tuple[float, bytes]] | Callable[[str], bytes]] = {}
        self.requests: list[str] = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.authority = f"127.0.0.1:{self.port}"
        self.closed = threading.Event()

    def url(self, path: str) -> str:
        return f"http://{self.authority}{path}"

    def run(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self.answer, args=(connection,), daemon=True).start()

    def answer(self, connection: socket.socket) -> None:
        with connection:
            request = b""
            while b"\r\n\r\n" not in request:
                chunk = connection.recv(65536)
                if not chunk:
                    return
                request += chunk
            text = request.decode("latin-1")
            self.requests.append(text)
            answer = self.answers.get(text.split()[1], b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            parts = answer(text) if callable(answer) else answer
            try:
                for wait, data in [(0, parts)] if isinstance(parts, bytes) else parts:
                    time.sleep(wait)
                    connection.sendall(data)
            except OSError:
                return


@contextmanager
def serving() -> Iterator[Raw]:
    """Run the server while the block runs."""
    server = Raw()
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.socket.shutdown(socket.SHUT_RDWR)
        server.socket.close()
        thread.join(2)


def ok(body: bytes, *headers: str) -> bytes:
    """A complete answer of status 200."""
    fields = "".join(f"{header}\r\n" for header in headers)
    return f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n{fields}\r\n".encode() + body


def moved(location: str) -> bytes:
    """A redirect."""
    return f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode()
