"""What axe-core finds wrong with the page that a browser shows."""

from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from tests.sandbox.page.chromium import Chromium

_PACKAGE, _FILE = "axe-playwright-python", "axe_playwright_python/axe.min.js"
# All of its rules, the best practices among them.
_RUN = """
const done = arguments[arguments.length - 1];
axe.run(document).then(
  (found) => done(found.violations.map((one) =>
    `${one.id}: ${one.nodes.map((node) => `${node.target} ${node.failureSummary}`).join("; ")}`)),
  (failed) => done([String(failed)]));
"""


@cache
def source() -> str:
    """The script: the package that has it is for another driver, so only this file of it is read."""
    return Path(str(distribution(_PACKAGE).locate_file(_FILE))).read_text(encoding="utf-8")


async def violations(browser: Chromium) -> list[str]:
    """Each rule that the page breaks, with where and why."""
    found: list[str] = await browser.call("/execute/async", {"script": source() + _RUN, "args": []})
    return found
