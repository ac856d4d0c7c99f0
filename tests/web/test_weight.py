"""What a page weighs, with everything that it loads."""

from __future__ import annotations

import gzip
import re

import pytest
from starlette.testclient import TestClient

from nongrata.web.statics import statics
from tests.web.story import REPORTS

MOST = 400_000
FONTS = re.compile(r'url\("\.\./(fonts/[^"]+)"\)')


def weight(client: TestClient, path: str) -> int:
    """Bytes of a page and of its files when packed by gzip; every font counts, also those that few pages need."""
    page = client.get(path).text
    files = [client.get(address).content for address in re.findall(r'(?:src|href)="(/static/[^"]+)"', page)]
    fonts = {name for body in files for name in FONTS.findall(body.decode("utf-8", "ignore"))}
    files += [statics()[name].body for name in fonts]
    return sum(len(gzip.compress(body)) for body in (page.encode(), *files))


@pytest.mark.parametrize("path", ["/", f"/reports/{REPORTS[0][0]}", "/claims", "/review", "/method"])
def test_pages_are_light(client: TestClient, path: str) -> None:
    assert weight(client, path) < MOST
