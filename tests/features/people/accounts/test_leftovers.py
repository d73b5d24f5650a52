"""What an ended link leaves undone: a line each, private, and without its text."""

import pytest

from bot.engine.outbox import EffectRequest
from bot.engine.streams import fanvue_stream, proposal_stream
from storage.database import Transaction
from storage.engine import outbox, stream_heads
from storage.inbox import fans
from storage.operations import attention
from storage.records import EffectId, EffectState, Fan, FanId
from tests.features.people.accounts.accounts_fixtures import START
from tests.features.people.accounts.accounts_scenario import AccountStage

SAM = FanId("5a5a0000-0000-4000-8000-000000000001")


async def wanted(
    studio: AccountStage, part: str, kind: str = "chat.send", fan: FanId | None = SAM
) -> EffectId:
    """Something that is to go out in Mara's name."""
    creator = studio.creator_id
    stream = fanvue_stream(creator, fan) if fan else proposal_stream(creator, part)
    made = EffectRequest("fanvue", kind, stream, creator, "a command", part, {}, fan)
    effect = await studio.database.write(lambda tx: studio.effects.add(tx, made))
    assert effect is not None
    return effect


async def begun(tx: Transaction, effect: EffectId, state: EffectState | None) -> None:
    await outbox.begin(tx, effect, START)
    if state is not None:
        await stream_heads.end(tx, effect, state, now=START)
        await attention.ask(tx, effect, "asks")


async def test_each_thing_is_named_with_its_fan_and_its_time_and_no_text(studio: AccountStage) -> None:
    await studio.linked()
    sam = Fan(studio.creator_id, SAM, "sam_k", "Sam", None, START)
    await studio.database.write(lambda tx: fans.learn(tx, sam))
    await wanted(studio, "one")
    await wanted(studio, "mass", "proposed.mass", None)
    await wanted(studio, "back", "chat.unsend")
    await wanted(studio, "muted", "chat.mark")
    await wanted(studio, "stranger", fan=FanId("ffff0000-0000-4000-8000-000000000002"))

    ended = await studio.unlink(studio.creator_id, studio.user("olivia"))

    assert ended is not None
    assert sorted(ended.not_sent) == [
        r"a change of a chat on Fanvue: Sam @sam\_k, <t:1800000000:f>",
        "a mass message, <t:1800000000:f>",
        r"a reply: Sam @sam\_k, <t:1800000000:f>",
        "a reply: fan · ffff, <t:1800000000:f>",
        r"taking a message back: Sam @sam\_k, <t:1800000000:f>",
    ]
    assert ended.unclear == ()


@pytest.mark.parametrize(
    ("state", "after", "listed"),
    [
        (None, EffectState.SENDING, (0, 1)),
        (EffectState.ABSENT, EffectState.CANCELLED, (1, 0)),
        (EffectState.REJECTED, EffectState.CANCELLED, (1, 0)),
    ],
)
async def test_what_was_under_way_is_listed_apart_and_what_waited_for_a_word_is_cancelled(
    studio: AccountStage, state: EffectState | None, after: EffectState, listed: tuple[int, int]
) -> None:
    await studio.linked()
    effect = await wanted(studio, "one")
    await studio.database.write(lambda tx: begun(tx, effect, state))

    ended = await studio.unlink(studio.creator_id, studio.user("olivia"))

    assert ended is not None
    assert (len(ended.not_sent), len(ended.unclear)) == listed
    found = await studio.database.read(lambda tx: outbox.get(tx, effect))
    assert found is not None
    assert found.state is after


async def test_what_was_sent_is_not_listed(studio: AccountStage) -> None:
    await studio.linked()
    effect = await wanted(studio, "one")
    await studio.database.write(lambda tx: stream_heads.end(tx, effect, EffectState.DONE, now=START))

    ended = await studio.unlink(studio.creator_id, studio.user("olivia"))

    assert ended is not None
    assert (ended.not_sent, ended.unclear) == ((), ())
