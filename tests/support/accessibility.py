"""axe on a page in the browser."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page

_RUN = "options => axe.run(document, options).then(found => found.violations)"
_axe = Axe()


def serious_violations(page: Page, *rules: str) -> list[str]:
    """What axe finds on the page that is serious or critical, one line each; with `rules` it asks only those."""
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = {"type": "rule", "values": list(rules)}
    try:
        violations = _run(page, options)
    except (
        Error
    ):  # the page was left for the next one while axe looked at it: what counts is where one arrives
        violations = _run(page, options)
    return [
        f"{found['id']} ({found['impact']}): {found['help']}: {node['target']}"
        for found in violations
        if found["impact"] in {"serious", "critical"}
        for node in found["nodes"]
    ]


def _run(page: Page, options: dict[str, Any]) -> list[dict[str, Any]]:
    page.wait_for_load_state()
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_axe.axe_script)
    found: list[dict[str, Any]] = page.evaluate(_RUN, options)
    return found
