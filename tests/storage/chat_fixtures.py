"""A chat as it goes on: what a fan writes, and who answers."""

from storage.database import Transaction
from storage.engine import commands, outbox
from storage.inbox import messages
from storage.records import CommandId, DiscordId, EffectId, FanId
from tests.storage.record_fixtures import FAN, command, new_effect, paired

MARA, THEO = DiscordId(30), DiscordId(31)


class StoredChat:
    """Messages as they happen."""

    def __init__(self, tx: Transaction) -> None:
        self.tx = tx
        self.number = 0

    async def wrote(self, at: int, fan: FanId = FAN) -> None:
        """The fan writes."""
        self.number += 1
        await messages.pair(self.tx, paired(self.number, sent_at=at, fan=fan))

    async def elsewhere(self, at: int) -> None:
        """The creator answers on Fanvue itself."""
        self.number += 1
        await messages.pair(self.tx, paired(self.number, sent_at=at, direction="out"))

    async def replied(self, at: int, by: DiscordId = MARA, fan: FanId = FAN, **known: int) -> None:
        """A member's reply arrives."""
        self.number += 1
        n = self.number
        await commands.stage(self.tx, command(n, actor=by, actor_name=f"name {by}"))
        effect = EffectId(f"effect-{n}")
        await outbox.add(self.tx, new_effect(n, cause=CommandId(f"command-{n}")))
        reply = paired(n, sent_at=at, direction="out", fan=fan, effect=effect, **known)
        await messages.pair(self.tx, reply)
