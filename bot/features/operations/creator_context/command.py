"""The command `context`: asks the running bridge, and prints what it answers.

The bridge reads it, because it alone renews tokens and keeps Fanvue's rate limit.
"""

import json
from collections.abc import Mapping

from bot.features.operations.operator_requests.client import NOT_NOW, OperatorClient, OperatorRequestFailed


def carry_out(
    client: OperatorClient, path: str, parts: Mapping[str, str], asked: Mapping[str, str]
) -> tuple[int, str, str]:
    """The exit code, what to print as data, and what to tell the person. `asked`: options, as the query.

    `path`: of the page, with `parts` for its braces.
    """
    try:
        context = client.ask("GET", path, {name: part.strip() for name, part in parts.items()}, asked)
    except OperatorRequestFailed as error:
        return error.code, "", str(error)
    lacking = [f"{name}: {one['text']}" for name, one in context["missing"].items()]
    later = any(one["why"] == "unavailable" for one in context["missing"].values())
    shown = json.dumps(context, indent=2, ensure_ascii=False)
    return NOT_NOW if later else 0, shown, "\n".join(lacking)
