"""How the observatory is run."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_address


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one client may ask: requests at once and a second, and tries to log in at once and a minute."""

    burst: int = 120
    per_second: float = 30.0
    logins: int = 6
    logins_per_minute: float = 2.0
    body: int = 1_000_000
    """Bytes of a request's body."""


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Where the ledger is, where the pages are served, and how much a client may ask.

    On a loopback address everybody who can reach the machine's own network may read; on any other one reading needs a
    token as well.
    """

    ledger: str
    host: str = "127.0.0.1"
    port: int = 8642
    limits: Limits = field(default_factory=Limits)

    @property
    def is_open(self) -> bool:
        """True when reading needs no token: the address is a loopback one."""
        return is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """True for an address of the machine itself."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
