"""axe on a page in the browser."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_RUN = "options => axe.run(document, options).then(found => found.violations)"
_axe = Axe()


def serious_violations(page: Page, *rules: str) -> list[str]:
    """What axe finds on the page that is serious or critical, one line each; with `rules` it asks only those."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_axe.axe_script)
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = {"type": "rule", "values": list(rules)}
    return [
        f"{found['id']} ({found['impact']}): {found['help']}: {node['target']}"
        for found in page.evaluate(_RUN, options)
        if found["impact"] in {"serious", "critical"}
        for node in found["nodes"]
    ]
