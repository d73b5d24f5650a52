"""The program erases a creator, killed on the way; a stolen database is empty."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.fanvue.people import StandInFan
from tests.proofs.faults.channel_fixtures import alerts_channel, the_forum
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, housed

pytestmark = pytest.mark.asyncio(loop_scope="module")
TEXTS = ("nobody else may ever read this", "it stays between the two of us")


@pytest_asyncio.fixture(loop_scope="module")
async def house(tmp_path: Path, virtual_time: None) -> AsyncIterator[LiveBridge]:
    """A house of its own."""
    async with housed(tmp_path) as made:
        yield made
        assert made.stage.discord.contract_errors == []
        assert made.stage.fanvue.contract_errors == []


async def a_life(house: LiveBridge) -> StandInFan:
    """A fan and the team have written; the fan has paid."""
    fan = house.fan("Ketevan")
    thread = await house.greeted(fan, TEXTS[0])
    await house.reply(thread, text=TEXTS[1])
    await house.shows(fan, "✓ Sent")
    await fan.tip(700)
    await house.alerted("A tip")
    return fan


async def typed(house: LiveBridge, text: str) -> InteractionAnswer:
    """Luna, whose account it is, uses /settings privacy erase and types this."""
    stage = house.stage
    question = await stage.owner.slash(stage.guild, stage.lobby, "settings privacy erase")
    await question.done(PATIENCE)
    assert question.ephemeral
    assert "Erase everything of" in question.text
    window = await stage.owner.click(question.message, "Erase everything…")
    await window.opened(PATIENCE)
    return await (await stage.owner.submit(window, {"text": text})).done(PATIENCE)


def told(house: LiveBridge) -> bool:
    return any("Everything about the creator is erased" in words for words in house.private_messages())


def stolen(house: LiveBridge) -> bytes:
    """All that lies on the disk of the database."""
    return b"".join(path.read_bytes() for path in sorted(house.folder.glob("bridge.sqlite3*")))


async def test_nothing_of_the_creator_is_left_although_the_program_is_killed_twice(house: LiveBridge) -> None:
    stage, fan = house.stage, await a_life(house)
    names = [fan.handle, fan.uuid, "Ketevan", stage.creator.handle, *TEXTS]
    forum, alerts = the_forum(house), alerts_channel(house)
    before = stolen(house)
    denied = await stage.members["mara"].slash(stage.guild, stage.lobby, "settings privacy erase")

    slip = await typed(house, "something else")
    begun = await typed(house, f"@{stage.creator.handle}")
    for _ in range(2):
        await stage.bridge.kill()
        await stage.bridge.start()
    await house.until(lambda: told(house))

    await denied.says("You don't have access to this here", PATIENCE)
    assert "nothing was erased" in slip.text
    assert (
        "It has started: we disconnect the account and erase everything, even across restarts"
    ) in begun.text or "Eras" in begun.text
    channels = stage.discord.world.channels
    assert [one.name for one in (forum, alerts) if one.id in channels] == []
    assert stage.fanvue.ledger.of("token.revoked") != []
    assert "Whole:" in await house.command("audit", "verify")
    # Listed by a sweep meanwhile or not: both are one payment.
    assert {row["gross"] for row in house.rows("SELECT gross FROM payments")} == {700}
    assert house.rows("SELECT 1 FROM payments WHERE twin IS NULL LIMIT 2 OFFSET 1") == []
    for table in ("fans", "threads", "inbox", "links", "tokens", "creators", "erasures", "forums", "grants"):
        assert house.rows(f"SELECT * FROM {table}") == []  # noqa: S608 - constants
    await stage.bridge.stop()
    after = stolen(house)
    assert [name for name in names[:4] if name.encode() not in before] == []
    assert [name for name in names if name.encode() in after] == []


async def test_the_operator_begins_it_only_with_the_handle_and_asks_how_far_it_is(house: LiveBridge) -> None:
    await a_life(house)
    handle = house.stage.creator.handle
    command = ("privacy", "erase", "--creator", f"@{handle}")

    with pytest.raises(AssertionError, match=f"run the same command with --confirm {handle}"):
        await house.command(*command)
    with pytest.raises(AssertionError, match="nothing was erased"):
        await house.command(*command, "--confirm", "somebody-else")
    untouched = house.rows("SELECT * FROM erasures")
    begun = await house.command(*command, "--confirm", handle)
    await house.stored(lambda: not house.rows("SELECT * FROM creators"))
    with pytest.raises(AssertionError, match="There is no creator"):
        await house.command(*command)

    assert untouched == []
    assert "The running bridge, or the next one that starts, is erasing everything about" in begun
    lines = house.rows("SELECT actor, outcome FROM audit WHERE action = 'privacy.erase' ORDER BY seq")
    assert lines[0] == {"actor": None, "outcome": "begun by the operator"}
    assert not told(house)


async def test_the_creator_can_be_linked_again_afterwards_and_begins_anew(house: LiveBridge) -> None:
    await a_life(house)
    await typed(house, house.stage.creator.handle)
    await house.until(lambda: told(house))

    await house.play.open_house()
    fan = house.fan("Nino")
    await house.greeted(fan, "hello again")

    assert len(house.rows("SELECT * FROM fans")) == 1
    assert house.with_words(fan, "hello again") != []
