"""Builders of valid records, of which a test states only what it is about."""

from dataclasses import replace
from typing import Any

from storage.database import Database, Transaction
from storage.engine.audit_log import AuditEntry
from storage.engine.drafts import Draft
from storage.engine.inbox import NewFact
from storage.engine.outbox import OutboxEntry
from storage.inbox import fans
from storage.records import (
    Command,
    CommandId,
    CommandState,
    CreatorId,
    DiscordId,
    DraftId,
    EffectId,
    FactId,
    FactState,
    Fan,
    FanId,
    FanThread,
    FanvueMessageId,
    Forum,
    MessagePair,
    Reference,
    Stream,
    ThreadKey,
)

CREATOR = CreatorId("creator-1")
OTHER_CREATOR = CreatorId("creator-2")
FAN = FanId("fan-1")
OTHER_FAN = FanId("fan-2")
GUILD = DiscordId(1_300_000_000_000_000_001)
OTHER_GUILD = DiscordId(1_300_000_000_000_000_002)


async def a_creator(database: Database, creator: CreatorId) -> None:
    """Make a creator known, so that rows may refer to them."""
    await database.write(lambda tx: a_creator_in(tx, creator))


async def a_creator_in(tx: Transaction, creator: CreatorId) -> None:
    """The same in a transaction."""
    await tx.execute(
        """INSERT INTO creators (creator_uuid, handle, display_name, created_at)
           VALUES (:creator, 'handle', 'Name', 0)""",
        creator=creator,
    )


async def a_fan(database: Database, creator: CreatorId, fan: FanId, **known: str) -> None:
    """Make a fan known."""
    await database.write(lambda tx: fans.learn(tx, fan_record(id=fan, creator=creator, **known)))


def fan_record(**other: Any) -> Fan:
    """A fan of whom only the id is known."""
    return replace(Fan(CREATOR, FAN, None, None, None, 1000), **other)


def new_fact(number: int = 1, **other: Any) -> NewFact:
    """A fan's message that a webhook told."""
    fact = NewFact(
        id=FactId(f"fact-{number}"),
        creator=CREATOR,
        kind="message",
        key=f"key-{number}",
        source="webhook",
        source_at=1000 + number,
        received_at=2000 + number,
        state=FactState.NEW,
        reason=None,
        body=b"sealed",
    )
    return replace(fact, **other)


def fan_thread(generation: int = 1, **other: Any) -> FanThread:
    """A thread that Discord does not know yet."""
    thread = FanThread(
        key=ThreadKey(f"thread-{generation}"),
        creator=CREATOR,
        fan=FAN,
        generation=generation,
        guild=GUILD,
        forum=DiscordId(20),
        thread=None,
        card=None,
        reference=Reference(f"reference-{generation}"),
        state="wanted",
    )
    return replace(thread, **other)


def paired(number: int = 1, **other: Any) -> MessagePair:
    """A fan's message that nothing shows yet."""
    message = MessagePair(
        creator=CREATOR,
        fan=FAN,
        message=FanvueMessageId(f"message-{number}"),
        direction="in",
        sent_at=1000 + number,
        effect=None,
        channel=None,
        discord_message=None,
        seen_at=None,
        bought_at=None,
        price=None,
    )
    return replace(message, **other)


def forum(number: int = 1, **other: Any) -> Forum:
    """A forum that waits for a creator."""
    return replace(Forum(DiscordId(number), GUILD, DiscordId(10), DiscordId(11), None, "{}"), **other)


def command(number: int = 1, **other: Any) -> Command:
    """A staged reply."""
    staged = Command(
        id=CommandId(f"command-{number}"),
        interaction=f"interaction-{number}",
        actor=DiscordId(30),
        actor_name="Mara",
        guild=GUILD,
        channel=DiscordId(40),
        creator=CREATOR,
        action="reply",
        target="{}",
        body=b"sealed",
        state=CommandState.STAGED,
        created_at=1000 + number,
        token=b"token",
    )
    return replace(staged, **other)


def draft(number: int = 1, **other: Any) -> Draft:
    """An open draft without an end."""
    opened = Draft(
        id=DraftId(f"draft-{number}"),
        action="send",
        state="open",
        version=1,
        creator=CREATOR,
        target="{}",
        owner=None,
        guild=GUILD,
        settled_by=None,
        settled_at=None,
        created_at=1000,
        expires_at=None,
    )
    return replace(opened, **other)


def entry(number: int = 1, **other: Any) -> AuditEntry:
    """A line about a reply."""
    line = AuditEntry(
        f"entry-{number}", 1000, DiscordId(30), CREATOR, "reply", "fan-1", "command-1", "queued"
    )
    return replace(line, **other)


def new_effect(number: int = 1, **other: Any) -> OutboxEntry:
    """A message to be sent to a fan."""
    effect = OutboxEntry(
        id=EffectId(f"effect-{number}"),
        stream=Stream("fv:creator-1:fan-1"),
        network="fanvue",
        kind="chat.send",
        creator=CREATOR,
        fan=FAN,
        cause=f"cause-{number}",
        part="send",
        body=b"sealed",
        nonce=f"nonce-{number}",
        not_before=0,
        created_at=1000,
    )
    return replace(effect, **other)
