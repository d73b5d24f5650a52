"""The commands `webhooks`: ask the running bridge, and say what came of it."""

from collections.abc import Mapping
from typing import Any, Final

from bot.features.operations.operator_requests.client import OperatorClient, OperatorRequestFailed
from bot.features.operations.program_webhooks.pages import OPERATOR_WEBHOOK, OPERATOR_WEBHOOKS, REPLAY_PATH

Printed = tuple[int, str, str]  # the exit code, the data, and what to tell the person

_NONE: Final = "This creator has no webhooks."
_SECRET: Final = "Its secret is above. Receivers check each event with it; keep it where secrets are kept."  # noqa: S105 - a sentence


def add(client: OperatorClient, creator: str, asked: Mapping[str, str]) -> Printed:
    """The secret is the data."""
    try:
        made = client.ask("POST", OPERATOR_WEBHOOKS, {"creator": _handle(creator)}, asked)
    except OperatorRequestFailed as error:
        return error.code, "", str(error)
    return 0, made["secret"], f"Webhook {made['id']} tells {', '.join(made['events'])}. {_SECRET}"


def listed(client: OperatorClient, creator: str) -> Printed:
    """A line for each."""
    try:
        found = client.ask("GET", OPERATOR_WEBHOOKS, {"creator": _handle(creator)}, {})["webhooks"]
    except OperatorRequestFailed as error:
        return error.code, "", str(error)
    return 0, "\n".join(_line(one) for one in found), "" if found else _NONE


def remove(client: OperatorClient, creator: str, webhook: str) -> Printed:
    """It is told of nothing from now on."""
    parts = {"creator": _handle(creator), "webhook": webhook}
    try:
        ended = client.ask("DELETE", OPERATOR_WEBHOOK, parts, {})
    except OperatorRequestFailed as error:
        return error.code, "", str(error)
    waited = f" Events that waited are dropped: {ended['waiting']}." if ended["waiting"] else ""
    return 0, "", f"Webhook {ended['id']} is removed.{waited}"


def replay(client: OperatorClient, creator: str, webhook: str, hours: str | None) -> Printed:
    """Its events of so many hours are told again; without hours those that were set aside."""
    parts = {"creator": _handle(creator), "webhook": webhook}
    try:
        done = client.ask("POST", REPLAY_PATH, parts, {} if hours is None else {"hours": hours})
    except OperatorRequestFailed as error:
        return error.code, "", str(error)
    lost = f" Of {done['lost']} the text is no longer kept." if done["lost"] else ""
    return 0, "", f"Events sent again, each with the id that it had: {done['told']}.{lost}"


def _line(one: Mapping[str, Any]) -> str:
    aside = f"  {one['aside']} set aside" if one["aside"] else ""
    waits = "nothing waits"
    if one["waiting"]:
        why = f" ({one['why']})" if one["why"] else ""
        waits = f"{one['waiting']} wait since {one['waits_since'][:16].replace('T', ' ')} UTC{why}"
    return f"{one['id']}  key {one['key']}  {waits}{aside}  {one['url']}"


def _handle(creator: str) -> str:
    return creator.strip().lstrip("@")
