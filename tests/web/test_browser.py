"""The pages in a browser. Needs Debian's chromium and chromium-driver; skipped without them."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from nongrata.ledger import Ledger, import_readings
from nongrata.ledger.claimfile import read_claims
from nongrata.ledger.tokens import Role
from nongrata.reading.stats import ReadingStats
from nongrata.web.questions import QUESTIONS
from tests.web import browsers
from tests.web.access import give

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not browsers.IS_THERE,
        reason="needs a browser: apt-get install chromium chromium-driver",
    ),
]
STORIES = Path(__file__).parents[3] / "shared" / "eval" / "stories" / "claims.jsonl"
SHARED_STORIES = pytest.param(
    "stories", marks=[pytest.mark.shared, pytest.mark.skipif(not STORIES.exists(), reason="needs ../shared")]
)


@pytest.fixture(scope="module")
def driver() -> Iterator[webdriver.Chrome]:
    with browsers.browsing() as made:
        yield made


@pytest.fixture
def browser(driver: webdriver.Chrome) -> webdriver.Chrome:
    """A browser without cookies, light, wide, its log empty."""
    driver.delete_all_cookies()
    browsers.looks(driver)
    browsers.complaints(driver)
    return driver


@pytest.fixture(scope="module")
def site(story_ledger: Path) -> Iterator[str]:
    with browsers.served(story_ledger) as address:
        yield address


@pytest.fixture(scope="module")
def demo_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``nongrata demo`` makes: the samples, read by the shipped reader."""
    from nongrata.cli.demo import _fill

    path = tmp_path_factory.mktemp("demo") / "demo.db"
    with Ledger.open(path) as ledger:
        _fill(ledger)
    return path


@pytest.fixture(scope="module")
def stories_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stories") / "stories.db"
    with Ledger.open(path) as ledger:
        import_readings(ledger, read_claims(STORIES, ReadingStats()), ledger.start_run("import"))
        ledger.refresh()
    return path


def until(found: Callable[[], object], seconds: float = 15.0) -> object:
    """Wait until something is found."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            value = found()
        except Exception:  # the page is being replaced
            value = None
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError("it did not come about")


def rows(browser: webdriver.Chrome) -> list[str]:
    found = browser.find_elements(By.CSS_SELECTOR, "#rows tr[data-id]")
    return [row.get_attribute("data-id") for row in found]


def press(browser: webdriver.Chrome, *keys: str) -> None:
    webdriver.ActionChains(browser).send_keys(*keys).perform()


def test_a_filter_is_typed_and_shared_by_its_address(browser: webdriver.Chrome, site: str) -> None:
    browser.get(site)
    assert len(rows(browser)) == 4
    field = browser.find_element(By.NAME, "whom")
    field.send_keys("Russia", Keys.ENTER)
    until(lambda: len(rows(browser)) == 1)
    until(lambda: "whom=" in browser.current_url)
    shared, shown = browser.current_url, rows(browser)
    browser.get("about:blank")
    browser.get(shared)
    assert rows(browser) == shown
    assert browser.find_element(By.NAME, "whom").get_attribute("value") == "RU"
    browser.find_element(By.CSS_SELECTOR, ".chip").click()
    until(lambda: len(rows(browser)) == 4)
    assert browsers.complaints(browser) == []


def test_one_selection_across_table_timeline_map_and_card(
    browser: webdriver.Chrome, site: str, ids: dict[str, str]
) -> None:
    browser.get(site)
    press(browser, "j")
    first = rows(browser)[0]
    until(lambda: browser.find_elements(By.CSS_SELECTOR, f"#timeline .bar.on[data-id='{first}']"))
    until(lambda: browser.find_elements(By.CSS_SELECTOR, "#card .sentence"))
    assert browser.find_elements(By.CSS_SELECTOR, "#map .state.on")
    id = ids["expulsion BE RU"]
    bar = browser.find_element(By.CSS_SELECTOR, f"#timeline .bar[data-id='{id}'] .core")
    webdriver.ActionChains(browser).move_to_element(bar).click().perform()
    until(lambda: browser.find_elements(By.CSS_SELECTOR, f"#rows tr.on[data-id='{id}']"))
    until(lambda: "Belgium expelled" in browser.find_element(By.CSS_SELECTOR, "#card .sentence").text)
    until(lambda: f"sel={id}" in browser.current_url)
    browser.find_element(By.CSS_SELECTOR, "#card .more").click()
    until(lambda: "/incidents/" in browser.current_url)
    until(lambda: browser.find_element(By.CSS_SELECTOR, ".telling mark.f-count").text == "21")
    assert browsers.complaints(browser) == []


def test_timeline_and_map_are_worked_by_keyboard(browser: webdriver.Chrome, site: str) -> None:
    browser.get(site)
    bar = browser.find_element(By.CSS_SELECTOR, "#timeline .bar")
    browser.execute_script("arguments[0].focus()", bar)
    press(browser, Keys.ENTER)
    until(lambda: browser.find_elements(By.CSS_SELECTOR, "#card .sentence"))
    state = browser.find_element(By.CSS_SELECTOR, "#map .state[data-state='MT']")
    browser.execute_script("arguments[0].focus()", state)
    until(lambda: browser.find_elements(By.CSS_SELECTOR, "#rows tr.kin"))
    press(browser, Keys.ENTER)
    until(lambda: "who=MT" in browser.current_url)
    until(lambda: len(rows(browser)) == 1)


def test_each_picture_is_one_stop_and_arrow_keys_move_within(browser: webdriver.Chrome, site: str) -> None:
    def stops(picture: str) -> int:
        return len(browser.find_elements(By.CSS_SELECTOR, f"{picture} a:not([tabindex='-1'])"))

    def label() -> str:
        return browser.execute_script("return document.activeElement.getAttribute('aria-label')")

    browser.get(site)
    until(lambda: stops("#timeline") == 1)
    assert (stops(".histogram"), stops("#map")) == (1, 1)
    bars = [bar.get_attribute("aria-label") for bar in browser.find_elements(By.CSS_SELECTOR, "#timeline .bar")]
    browser.execute_script("document.querySelector('#timeline .bar').focus()")
    press(browser, Keys.ARROW_RIGHT, Keys.ARROW_DOWN)
    assert label() == bars[2]
    press(browser, Keys.ARROW_LEFT)
    assert label() == bars[1]
    press(browser, Keys.END)
    assert label() == bars[-1]
    assert stops("#timeline") == 1
    browser.execute_script("document.querySelector('.histogram a[tabindex=\"0\"]').focus()")
    press(browser, Keys.HOME, Keys.ENTER)
    until(lambda: "since=" in browser.current_url)
    narrow_down(browser)
    until(lambda: stops("#timeline") == 1)


def narrow_down(browser: webdriver.Chrome) -> None:
    """Change a filter, so that the results are put in anew without a new page."""
    browser.find_element(By.CSS_SELECTOR, "select[name=reviewed]").send_keys("no")
    until(lambda: "reviewed=no" in browser.current_url)


def test_review_with_undo_by_keyboard_alone(browser: webdriver.Chrome, own_ledger: Path) -> None:
    secret = give(own_ledger, "Ann", Role.REVIEWER)
    with browsers.served(own_ledger) as address:
        review_by_keyboard(browser, address, secret)
    assert browsers.complaints(browser) == []


def review_by_keyboard(browser: webdriver.Chrome, address: str, secret: str) -> None:
    browser.get(f"{address}/login?next=/review")
    press(browser, secret, Keys.ENTER)
    # The address of the login ends with /review too: only the page itself tells that it is there.
    until(lambda: reviewed(browser))
    total = int(reviewed(browser).replace(",", ""))
    while "claim:" not in current(browser):
        press(browser, "d")
        until(lambda: "Kept as different" in status(browser))
        browser.get(f"{address}/review")
    first = current(browser)
    press(browser, "j")
    until(lambda: current(browser) != first)
    press(browser, "k")
    until(lambda: current(browser) == first)
    press(browser, "a")
    until(lambda: status(browser) == "Accepted.")
    until(lambda: reviewed(browser) == f"{total + 1:,}")
    assert current(browser) != first
    press(browser, "u")
    until(lambda: status(browser) == "Taken back.")
    until(lambda: reviewed(browser) == f"{total:,}")
    press(browser, "e")
    assert browser.switch_to.active_element.get_attribute("id") == "f-type"
    press(browser, Keys.ESCAPE, "r")
    until(lambda: "Rejected" in status(browser))
    press(browser, "u")
    until(lambda: status(browser) == "Taken back.")


def reviewed(browser: webdriver.Chrome) -> str:
    return browser.find_element(By.CSS_SELECTOR, ".progress b").text


def current(browser: webdriver.Chrome) -> str:
    found = browser.find_element(By.CSS_SELECTOR, ".queue a[aria-current]").get_attribute("href")
    return urllib.request.unquote(found.partition("at=")[2])


def status(browser: webdriver.Chrome) -> str:
    return browser.find_element(By.CSS_SELECTOR, ".done[role=status]").text


@pytest.mark.parametrize("name", ["demo", SHARED_STORIES])
def test_an_analysts_walk(browser: webdriver.Chrome, request: pytest.FixtureRequest, name: str, tmp_path: Path) -> None:
    ledger = request.getfixturevalue(f"{name}_ledger")
    secret = give(ledger, f"walker {tmp_path.name}", Role.REVIEWER)
    with browsers.served(ledger) as address:
        browser.get(address)
        everything = len(rows(browser))
        browser.find_element(By.NAME, "who").send_keys("Russia", Keys.ENTER)
        until(lambda: 0 < len(rows(browser)) < everything or "who=" in browser.current_url)
        until(lambda: "who=" in browser.current_url)
        shown = rows(browser)
        assert shown
        press(browser, Keys.ESCAPE, "j")
        until(lambda: browser.find_elements(By.CSS_SELECTOR, "#card .sentence"))
        export = browser.find_element(By.LINK_TEXT, "CSV").get_attribute("href")
        with urllib.request.urlopen(export) as answer:  # noqa: S310 - our own server
            assert len(answer.read().splitlines()) > len(shown) * 0.9
        browser.find_element(By.CSS_SELECTOR, "#card .more").click()
        until(lambda: browser.find_elements(By.CSS_SELECTOR, ".telling"))
        review_by_keyboard(browser, address, secret) if name == "demo" else None
    assert browsers.complaints(browser) == []


def pages_of(ids: dict[str, str], client_key: str) -> dict[str, str]:
    """One address of every page."""
    belgian = ids["expulsion BE RU"]
    return {
        "overview": "/",
        "selected": f"/?sel={belgian}&type=expulsion",
        "nothing": "/?type=threat",
        "incident": f"/incidents/{belgian}",
        "report": "/reports/gazette-1",
        "claims": "/claims",
        "claim": f"/claims/{client_key}",
        "sources": "/sources?q=Ra",
        "source": "/sources/Radio%20Zenne",
        "analyses": "/analyses",
        **{f"analysis {name}": f"/analyses/{name}" for name in QUESTIONS},
        "review": "/review",
        "typing": "/review/new",
        "method": "/method",
        "api": "/api",
        "login": "/login",
        "error": "/incidents/nothing",
    }


@pytest.fixture(scope="module")
def pages(client, ids: dict[str, str]) -> dict[str, str]:
    return pages_of(ids, client.get("/api/v1/claims").json()["items"][0]["key"])


PAGES = list(pages_of({"expulsion BE RU": ""}, ""))


@pytest.mark.parametrize("name", ["overview", "claims", "source"])
def test_lists_leave_nothing_out_on_narrow_screens(
    browser: webdriver.Chrome, site: str, pages: dict[str, str], name: str
) -> None:
    browsers.looks(browser, width=390)
    browser.get(site + pages[name])
    cells = browser.find_elements(By.CSS_SELECTOR, ".list tbody td")
    assert cells
    hidden = [cell.get_attribute("outerHTML") for cell in cells if not cell.is_displayed()]
    assert hidden == []
    rights = browser.execute_script(
        "return [...document.querySelectorAll('.list td')].map(c => c.getBoundingClientRect().right)"
    )
    assert max(rights) <= 390


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("look", ["light", "dark", "narrow"])
def test_no_page_keeps_anybody_out(
    browser: webdriver.Chrome, site: str, pages: dict[str, str], name: str, look: str
) -> None:
    browsers.looks(browser, dark=look == "dark", width=390 if look == "narrow" else 1440)
    browser.get(site + pages[name])
    assert browsers.faults(browser) == []
    widths = browser.execute_script("return [document.documentElement.scrollWidth, window.innerWidth]")
    assert widths[0] <= widths[1], "nothing sticks out"
    ignored = "404 (Not Found)" if name == "error" else "\0"
    assert [one for one in browsers.complaints(browser) if ignored not in one] == []


@pytest.mark.parametrize("name", ["overview", "incident", "report", "review"])
def test_pages_are_complete_without_script(
    browser: webdriver.Chrome, site: str, pages: dict[str, str], name: str
) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(site + pages[name])
        assert browser.find_elements(
            By.CSS_SELECTOR, {"overview": "#rows tr[data-id]", "review": ".pane"}.get(name, "mark")
        )
        if name == "overview":
            browser.find_element(By.CSS_SELECTOR, "#map .state[data-state='MT']").send_keys(Keys.ENTER)
            until(lambda: "who=MT" in browser.current_url)
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
