"""axe-core over a page of Playwright: what breaks WCAG 2.0 to 2.2 A/AA or good practice."""

from pathlib import Path
from typing import Any

SOURCE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
RUN = "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']}).then(found => found.violations)"


def violations(page: Any) -> list[str]:
    """Return a sentence for each violation; through evaluate, which a strict Content-Security-Policy lets pass."""
    if not page.evaluate("() => 'axe' in window"):  # half a million characters, once for both themes of a page
        page.evaluate(SOURCE)
    return [
        f"{one['id']}: {one['help']}: {node['html'][:160]}"
        for one in page.evaluate(RUN, RULES)
        for node in one["nodes"]
    ]
