"""What holds after each step, and what holds when everything has come to rest."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from storage.database import Transaction
from storage.records import DiscordId
from tests.proofs.machine.machine_scenario import CHATS, LINE, MachineScenario
from tests.proofs.machine.relay_model import ModelChat
from tests.relay.far_side_stand_ins import ChannelStandIn

_OPEN = "('pending', 'sending', 'unknown')"


async def check(stage: MachineScenario, *, settled: bool = False) -> None:
    """Every invariant. Raises AssertionError that says which."""
    owners = await stage.world.database.read(_owners)
    _lines(stage, owners, settled=settled)
    _sends(stage, settled=settled)
    _threads(stage, owners, settled=settled)
    assert await stage.world.database.read(_stuck) == [], "an effect is stuck in sending"
    assert await stage.world.database.read(_contradictory) == [], "an open effect has an end, or another none"
    for row in await stage.world.database.read(_heads):
        assert not settled or row["no_forum"], f"{dict(row)} still waits"
        if row["not_before"] > stage.world.clock.now():
            # What follows an edit whose answer was lost, and reads that begin together.
            planned = row["kind"] in {"edit.again", "media.look"}
            assert planned or row["reason"] is not None, f"{dict(row)} waits for a time and says no reason"
        else:
            excused = (
                row["thread_wanted"] or row["no_forum"] or stage.left_alone(row["creator"], row["network"])
            )
            assert excused, f"{dict(row)} waits for nothing"
    undecided = await stage.world.database.read(_undecided)
    assert undecided == [], f"facts of {undecided} wait for nothing"


def _lines(stage: MachineScenario, owners: Mapping[str, ModelChat], *, settled: bool) -> None:
    """Every kept message once in the threads of its chat, in order, and in no other thread."""
    shown: Counter[int] = Counter()
    for channel, there in _channels(stage):
        owner = _owner(there, channel, owners)
        order = []
        for made, post in there.posts.items():
            for number in map(int, LINE.findall("\n".join(post.body))):
                message = stage.model.messages[number]
                assert message.chat == owner, f"line {number} is in a foreign thread"
                if (channel, made) not in stage.struck:
                    shown[number] += 1
                    order.append(number)
        promised = set(stage.model.ordered(owner)) if owner else set()
        kept = [number for number in order if number in promised]
        assert kept == sorted(kept), f"lines {kept} are out of order"
    for message in stage.model.messages:
        allowed = stage.model.lines(message, settled=settled)
        assert shown[message.number] in allowed, f"line {message} is there {shown[message.number]} times"


def _sends(stage: MachineScenario, *, settled: bool) -> None:
    """Each accepted reply at most once on Fanvue, in its own chat; nothing that nobody accepted.

    Counted by chat and words: of two replies with the same words, one may stand for the other.
    """
    accepted = Counter((known.chat, known.text) for known in stage.model.replies.values())
    over = Counter((known.chat, known.text) for known in stage.model.replies.values() if known.over)
    sent = Counter(
        (chat, str(there.text))
        for chat in CHATS
        for there in stage.fanvue.chat(chat.creator, chat.fan)
        if there.message in stage.fanvue.sender
    )
    for words in {*accepted, *sent}:
        assert sent[words] <= accepted[words], f"{words}: {sent[words]} sent of {accepted[words]}"
        due = accepted[words] - over[words]
        assert not settled or sent[words] == due, f"{words}: {sent[words]} sent instead of {due}"


def _threads(stage: MachineScenario, owners: Mapping[str, ModelChat], *, settled: bool) -> None:
    """One live thread a chat, and each of its lines shows one thing."""
    live = Counter(
        owner
        for channel, there in stage.discord.channels.items()
        if (owner := _owner(there, channel, owners)) is not None
    )
    assert not settled or set(live.values()) <= {1}, f"threads were made twice: {live}"
    for there in stage.discord.channels.values():
        replies = Counter(
            button.ref for post in there.posts.values() for button in post.buttons if button.action != "reply"
        )
        assert not replies or max(replies.values()) <= 2, "a reply is shown twice"


def _channels(stage: MachineScenario) -> Iterator[tuple[DiscordId, ChannelStandIn]]:
    yield from stage.discord.past.items()
    yield from stage.discord.channels.items()


def _owner(there: ChannelStandIn, channel: DiscordId, owners: Mapping[str, ModelChat]) -> ModelChat | None:
    card = there.posts.get(channel)
    return owners[card.buttons[0].ref] if card is not None and card.buttons else None


async def _owners(tx: Transaction) -> dict[str, ModelChat]:
    rows = await tx.all("SELECT reference, creator_uuid, fan_uuid FROM threads")
    return {row["reference"]: ModelChat(row["creator_uuid"], row["fan_uuid"]) for row in rows}


async def _stuck(tx: Transaction) -> list[object]:
    return [dict(row) for row in await tx.all("SELECT id, kind FROM outbox WHERE state = 'sending'")]


async def _contradictory(tx: Transaction) -> list[object]:
    """What is open is found by having no end (`storage.records.OPEN`): its state must say the same."""
    sql = f"SELECT id, state, settled_at FROM outbox WHERE (settled_at IS NULL) <> (state IN {_OPEN})"  # noqa: S608 - the states are written above
    return [dict(row) for row in await tx.all(sql)]


async def _heads(tx: Transaction) -> list[dict[str, Any]]:
    """The effects that are first in their streams, and what may excuse that they wait."""
    rows = await tx.all(
        f"""SELECT id, kind, network, creator_uuid AS creator, stream, state, not_before, reason,
                   NOT EXISTS (SELECT 1 FROM forums WHERE forums.creator_uuid = one.creator_uuid) AS no_forum,
                   kind <> 'thread.open' AND stream LIKE 'dc:%' AND EXISTS (
                       SELECT 1 FROM outbox AS opening
                       WHERE opening.kind = 'thread.open' AND opening.state IN {_OPEN}
                         AND opening.creator_uuid = one.creator_uuid AND opening.fan_uuid = one.fan_uuid
                   ) AS thread_wanted
            FROM outbox AS one
            WHERE state IN {_OPEN} AND seq = (SELECT MIN(seq) FROM outbox AS other
                                             WHERE other.stream = one.stream AND other.state IN {_OPEN})"""  # noqa: S608 - the states are written above
    )
    return [dict(row) for row in rows]


async def _undecided(tx: Transaction) -> list[str]:
    """Creators who have a forum and facts that nobody decides."""
    rows = await tx.all(
        """SELECT DISTINCT creator_uuid FROM inbox WHERE state = 'new'
             AND EXISTS (SELECT 1 FROM forums WHERE forums.creator_uuid = inbox.creator_uuid)"""
    )
    return [row["creator_uuid"] for row in rows]
