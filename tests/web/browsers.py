"""A real browser on a real server, for the tests of the pages."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from nongrata.web.app import create_app
from nongrata.web.settings import Limits, WebSettings

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
IS_THERE = bool(CHROMIUM and DRIVER) or "NONGRATA_TEST_BROWSER" in os.environ
"""Where the variable is set the tests may not be skipped: without a browser they fail."""
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
)


@contextmanager
def served(place: Path | str) -> Iterator[str]:
    """The observatory over a ledger on a free port; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = create_app(WebSettings(str(place), port=port, limits=Limits(burst=10_000, per_second=10_000)))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@contextmanager
def browsing(width: int = 1440, height: int = 1000) -> Iterator[webdriver.Chrome]:
    """A browser; it ends with the block."""
    options = Options()
    options.binary_location = CHROMIUM or ""
    for flag in (*FLAGS, f"--window-size={width},{height}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    driver.set_page_load_timeout(60)
    try:
        yield driver
    finally:
        driver.quit()


def looks(driver: webdriver.Chrome, *, dark: bool = False, width: int = 1440, height: int = 1000) -> None:
    """Choose theme and size."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    feature = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})


def faults(driver: webdriver.Chrome) -> list[str]:
    """What axe-core finds serious or critical on the page, with where."""
    driver.execute_script(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = driver.execute_async_script(
        "const done = arguments[arguments.length - 1];"
        "axe.run(document, {resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})"
        ".then(done, (error) => done({violations: [{id: String(error), impact: 'critical', nodes: []}]}));"
    )
    return [
        f"{one['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"] or [{"html": ""}]
    ]


def complaints(driver: webdriver.Chrome) -> list[str]:
    """What stands in the browser's log."""
    return [f"{entry['level']} {entry['message']}" for entry in driver.get_log("browser")]
