"""What an evening came to: the soak's count of three ledgers, and faults."""

from collections import Counter

from tests.proofs.soak import bridge_ledger
from tests.proofs.soak.ledger_comparison import compared
from tests.proofs.soak.message_order import inversions
from tests.proofs.soak.network_faults import FOUND_AGAIN
from tests.simulation.cast import Cast
from tests.simulation.plans import Outcome

_TAKEN = 300  # below it a webhook was answered with yes
_TOKENS = "/oauth2/token"


def judged(cast: Cast) -> Outcome:
    """Once nothing moves any more."""
    findings = compared(cast.town, cast.players.attempts, bridge_ledger.read(cast.town.database))
    findings.inverted += inversions(cast.town)
    findings.unexplained += [*cast.troubles.seen, *_ends(cast), *_reused(cast)]
    return Outcome(findings, _figures(cast), _drawn(cast), _ledger(cast), cast.troubles.story)


def _ends(cast: Cast) -> list[str]:
    """The bridge ends when it is told to, or dies of what befell it: never of itself."""
    return [f"the bridge ended by itself with {code}" for code in cast.troubles.bridge.ended_with]


def _reused(cast: Cast) -> list[str]:
    """A refresh token goes out twice only if the first answer was lost, or nobody was left to hear it."""
    ledger = cast.town.fanvue.ledger
    lost = sum(entry["path"] == _TOKENS for entry in ledger.of("fault"))
    often = len(ledger.of("token.reuse"))
    return [f"{often} refresh tokens were used twice"] if often > lost + cast.troubles.deaths else []


def _drawn(cast: Cast) -> Counter[str]:
    town, drawn = cast.town, Counter(cast.troubles.drawn)
    for entry in town.fanvue.ledger.of("fault"):
        drawn[f"fanvue {entry['fault']}"] += 1
    for one in town.discord.ledger.of("fault"):
        drawn[f"discord {one.data['fault']}"] += 1
    for what in ("duplicated", "dropped", "gave_up"):
        drawn[f"webhook {what}"] += len(town.fanvue.ledger.of(f"webhook.{what}"))
    drawn["interaction told twice"] += len(cast.weather._told_twice)
    drawn["database refused"] += cast.disk.refused
    return drawn


def _figures(cast: Cast) -> dict[str, int]:
    ledger = cast.town.fanvue.ledger
    told = {entry["id"] for entry in ledger.of("webhook.answered") if entry["status"] < _TAKEN}
    untold = ledger.of("webhook.dropped") + ledger.of("webhook.gave_up")
    missed = {entry["id"] for entry in untold if entry["type"] in FOUND_AGAIN} - told
    replies = sum(1 for attempt in cast.players.attempts if attempt.told)
    return {
        "events": len(told) + len(missed) + replies,
        "virtual_s": round(cast.loop.time()),
        "replies": replies,
        "deaths": cast.troubles.deaths,
        "asked": len(cast.minder.asked),
    }


def _ledger(cast: Cast) -> list[str]:
    """Everything that took place in both networks, in order, with its virtual time."""
    town = cast.town
    there = [f"discord {one.json()}" for one in town.discord.ledger]
    there += [f"fanvue {one.at.isoformat()} {one.kind} {one.facts}" for one in town.fanvue.ledger]
    return [*there, *cast.troubles.story]
