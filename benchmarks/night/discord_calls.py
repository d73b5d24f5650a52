"""What the calls to Discord of a night were for, and which of them count against the bot's limit."""

import re
from collections import Counter

from tests.proofs.soak.soak_scenario import SoakScenario

ANSWERS = ("first_answer", "answer_edit", "answer_removal")  # Discord counts these for no bot
_CHANNEL = re.compile(r"/channels/(\d+)")
_BY_ROUTE = {
    "POST /interactions/{interaction_id}/{token}/callback": "first_answer",
    "PATCH /webhooks/{webhook_id}/{token}/messages/{message_id}": "answer_edit",
    "POST /webhooks/{webhook_id}/{token}": "answer_edit",
    "DELETE /webhooks/{webhook_id}/{token}/messages/{message_id}": "answer_removal",
    "POST /channels/{channel_id}/messages": "post",
    "POST /channels/{channel_id}/threads": "thread",
}
_MESSAGE, _THREAD = "PATCH /channels/{channel_id}/messages/{message_id}", "PATCH /channels/{channel_id}"


def by_kind(town: SoakScenario, since: int) -> Counter[str]:
    """How often the bridge called Discord for each kind of thing, from this entry of its ledger on."""
    found: Counter[str] = Counter()
    archived = town.discord.ledger.count("thread_updated", since, archived=True)
    for entry in town.discord.ledger.of("request", since):
        route = f"{entry.data['method']} {entry.data['route']}"
        if route == _MESSAGE:
            found[_edited(town, entry.data["path"])] += 1
        elif route == _THREAD:
            found["tags"] += 1
        else:
            found[_BY_ROUTE.get(route, "other")] += 1
    # Each of these is one change of a thread that the bridge made to let it rest.
    moved = min(archived, found["tags"])
    found["archive"] += moved
    found["tags"] -= moved
    return found


def counted(kinds: Counter[str]) -> int:
    """How many of these count against the bot's limit: all but answers to presses and commands."""
    return sum(often for kind, often in kinds.items() if kind not in ANSWERS)


def _edited(town: SoakScenario, path: str) -> str:
    """Tell a card, which has its thread's number, from a line; what stands in no thread is a board."""
    [number] = _CHANNEL.findall(path)
    channel = town.discord.world.channels.get(int(number))
    if channel is None or channel.thread is None:
        return "board"
    return "card" if path.endswith(f"/messages/{number}") else "line_edit"
