"""What was refused: calls that the stand-ins found too often, and webhooks."""

from collections.abc import Iterator
from http import HTTPStatus

from tests.proofs.soak.soak_scenario import SoakScenario

_STATUS = HTTPStatus.TOO_MANY_REQUESTS


def too_many(town: SoakScenario, since: int = 0) -> int:
    """Of both networks, of all kinds; what they were told to answer is none. `since`: of Discord's ledger."""
    return sum(1 for _ in refused(town, since))


def refused(town: SoakScenario, since: int = 0) -> Iterator[str]:
    """What each of these calls was, and which limit it met."""
    discord = town.discord.ledger
    for entry in discord.of("rate_limited", since):
        limit = "the 50 a second" if entry.data["everywhere"] else "the limit of its route"
        yield f"Discord, {limit}: {entry.data['method']} {entry.data['path']}"
    for entry in discord.of("request", since, status=_STATUS):
        yield f"Discord, a limit of its own: {entry.data['method']} {entry.data['path']}"
    for request in town.fanvue.ledger.of("request", status=_STATUS):
        yield f"Fanvue: {request['method']} {request['path']}"


def turned_away(town: SoakScenario) -> list[str]:
    """Webhooks that the bridge answered with 503."""
    answered = town.fanvue.ledger.of("webhook.answered", status=HTTPStatus.SERVICE_UNAVAILABLE)
    return [f"a webhook was answered 503: {one['type']} {one['id']}" for one in answered]
