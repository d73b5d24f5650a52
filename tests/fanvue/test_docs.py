"""docs/fanvue.md says what the table of operations says."""

import re
from pathlib import Path

from bot.fanvue.operations import NO_TWIN, OPERATIONS, ApiOperation, PagingStyle
from bot.fanvue.payloads import _READERS

PAGE = (Path(__file__).parents[2] / "docs" / "fanvue.md").read_text(encoding="utf-8")
OLD_NAMES = (
    "/chat-messages",
    "`content`",
    "`mediaIds`",
    "`recipientUuids`",
    "/insights/get-earnings",
    "/creators/list-subscribers",
    "`read:subscribers`",
)


def style(paging: PagingStyle | None) -> str:
    return "–" if paging is None else paging.name.lower()


def line(name: str, row: ApiOperation) -> str:
    cells = (
        f"`{name}`",
        f"`{row.method} {row.path}`",
        style(row.v1),
        style(row.unversioned),
        "none" if row.twin == NO_TWIN else "yes",
        " ".join(sorted(row.scopes)),
    )
    return f"| {' | '.join(cells)} |"


def test_the_page_lists_every_operation_as_the_table_has_it() -> None:
    listed = re.findall(r"^\| `\w+` \| `(?:GET|POST|PATCH|DELETE) .*$", PAGE, re.MULTILINE)

    assert listed == [line(name, row) for name, row in OPERATIONS.items()]


def test_the_page_says_what_every_old_name_really_is() -> None:
    section = PAGE.split("## Names in older documents")[1].split("\n## ")[0]

    assert [name for name in OLD_NAMES if name not in section] == []


def test_the_page_names_every_kind_that_a_fact_is_kept_under() -> None:
    section = PAGE.split("## Webhooks")[1].split("\n## ")[0]
    kinds = {kind for kind, _ in _READERS.values() if kind}

    assert [kind for kind in sorted(kinds) if f"`{kind}`" not in section] == []
