"""Take pictures of every page in light, dark and at 390 px: ``python docs/make_screenshots.py`` (needs chromium).

The ledger is the one of ``nongrata demo``; the pictures go to ``docs/screenshots`` as WebP.
"""

from __future__ import annotations

import base64
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from selenium import webdriver  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from tests.web import browsers  # noqa: E402

from nongrata.cli.demo import _fill  # noqa: E402
from nongrata.ledger import Ledger, LedgerView  # noqa: E402
from nongrata.ledger.tokens import Role, add_token  # noqa: E402
from nongrata.web.questions import QUESTIONS  # noqa: E402

OUT = Path(__file__).parent / "screenshots"
LOOKS = {"light": (False, 1280), "dark": (True, 1280), "narrow": (False, 390)}
TALLEST = {1280: 1500, 390: 1900}
QUALITY = 55


def pages(place: Path) -> dict[str, str]:
    """The pages and their addresses; those of the incident that most reports tell."""
    with LedgerView.open(place) as view:
        chosen = max(view.incidents(), key=lambda one: (len(one.origins), len(one.reports), one.id))
        claim = view.claims(chosen.claims[:1])
        key, first = next(iter(claim.items()))
        longest = max(view.reports({c.report_id for c in view.live_claims()}).values(), key=lambda r: len(r.blocks))
    return {
        "overview": f"/?sel={chosen.id}",
        "incident": f"/incidents/{chosen.id}",
        "report": f"/reports/{longest.id}",
        "claims": "/claims?q=expel*",
        "claim": f"/claims/{key}",
        "sources": "/sources",
        "source": f"/sources/{first.publisher}",
        "analyses": "/analyses",
        **{f"analysis-{name}": f"/analyses/{name}" for name in QUESTIONS},
        "review": "/review",
        "typing": "/review/new",
        "method": "/method",
        "api": "/api",
        "error": "/incidents/inc-nothing",
    }


def take(driver: webdriver.Chrome, path: Path, width: int) -> None:
    """One picture of the page as far down as ``TALLEST``."""
    height = min(driver.execute_script("return document.documentElement.scrollHeight"), TALLEST[width])
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
    asked = {"format": "webp", "quality": QUALITY, "captureBeyondViewport": True, "clip": clip}
    path.write_bytes(base64.b64decode(driver.execute_cdp_cmd("Page.captureScreenshot", asked)["data"]))


def main() -> None:
    """Take all pictures."""
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, browsers.browsing() as driver:
        place = Path(folder) / "demo.db"
        with Ledger.open(place) as ledger:
            _fill(ledger)
            secret = add_token(ledger, "Ann Example", Role.ADMIN)[1]
        with browsers.served(place) as address:
            for look, (dark, width) in LOOKS.items():
                browsers.looks(driver, dark=dark, width=width, height=900)
                driver.get(f"{address}/login")
                take(driver, OUT / f"login-{look}.webp", width)
                driver.find_element(By.NAME, "token").send_keys(secret)
                driver.find_element(By.CSS_SELECTOR, "button.main").click()
                for name, path in pages(place).items():
                    driver.get(address + path)
                    time.sleep(0.3)
                    take(driver, OUT / f"{name}-{look}.webp", width)
                driver.delete_all_cookies()
    total = sum(path.stat().st_size for path in OUT.glob("*.webp"))
    print(f"{len(list(OUT.glob('*.webp')))} pictures, {total:,} bytes")  # noqa: T201


if __name__ == "__main__":
    main()
