"""Which network addresses may be fetched from: public ones, and those that were allowed by name."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from nongrata.model import FetchError

_PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart: where to connect to, and what to ask for there."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """``host:port``."""
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Reachable:
    """Who may be reached; ``allowed`` holds the ``host:port`` of private servers that are let through."""

    allowed: frozenset[str] = field(default_factory=frozenset)

    def resolve(self, target: Target) -> list[tuple[socket.AddressFamily, str]]:
        """The IP addresses to connect to; all that the name resolves to must be public.

        Raises:
            FetchError: the name does not resolve, or leads into a private, loopback, link-local or reserved network.
        """
        try:
            found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise FetchError(f"{target.host} does not resolve ({error}); check the address") from error
        addresses: list[tuple[socket.AddressFamily, str]] = []
        for family, _, _, _, address in found:
            if (family, str(address[0])) not in addresses:
                addresses.append((family, str(address[0])))
        wrong = next((address for _, address in addresses if not is_public(address)), None)
        if wrong and target.authority not in self.allowed:
            raise FetchError(
                f"{target.host} leads to {wrong}, which is not public; if it is meant, say --private {target.authority}"
            )
        return addresses


def parse_target(url: str) -> Target:
    """Take an address apart.

    Raises:
        FetchError: another scheme than http and https, a user name in it, no host, or malformed.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii") if parts.hostname else ""
    except (ValueError, UnicodeError) as error:
        raise FetchError(f"{url[:200]!r} is no address ({error}); check it") from error
    if parts.scheme not in _PORTS:
        raise FetchError(f"{url[:200]!r} is neither http nor https; give a web address")
    if not host or parts.username is not None or parts.password is not None:
        raise FetchError(f"{url[:200]!r} names no host or holds a user name; give a plain web address")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(url.strip(), parts.scheme, host, port or _PORTS[parts.scheme], path)


def is_public(address: str) -> bool:
    """True for an address of the public internet; also looked for inside IPv6 addresses that carry an IPv4 one."""
    try:
        ip = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None and not is_public(str(inner)):
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback)
