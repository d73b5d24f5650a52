"""The command `context`: asks the running bridge, and prints what it answers.

The bridge reads it, because it alone renews tokens and keeps Fanvue's rate limit.
"""

import json
from collections.abc import Mapping

from bot.features.operations.creator_context.pages import OPERATOR_PATH
from bot.features.operations.fan_context.pages import OPERATOR_FAN_PATH
from bot.features.operations.operator_requests.client import (
    NOT_NOW,
    OperatorClient,
    OperatorRequestFailed,
)


def carry_out(
    client: OperatorClient, creator: str, asked: Mapping[str, str], *, fan: str | None = None
) -> tuple[int, str, str]:
    """The exit code, what to print as data, and what to tell the person. `asked`: options, as the query.

    `fan`: of them instead of their creator.
    """
    try:
        parts = {"creator": creator.strip().lstrip("@"), **({} if fan is None else {"fan": fan.strip()})}
        context = client.ask("GET", OPERATOR_PATH if fan is None else OPERATOR_FAN_PATH, parts, asked)
    except OperatorRequestFailed as error:
        return error.code, "", str(error)
    lacking = [f"{name}: {one['text']}" for name, one in context["missing"].items()]
    later = any(one["why"] == "unavailable" for one in context["missing"].values())
    shown = json.dumps(context, indent=2, ensure_ascii=False)
    return NOT_NOW if later else 0, shown, "\n".join(lacking)
