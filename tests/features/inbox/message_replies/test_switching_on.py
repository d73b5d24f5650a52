"""Switching it on is refused with the steps to take, and only those."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.sandbox.discord.permissions import MANAGE_MESSAGES
from bot.sandbox.discord.standalone import APPLICATION_ID
from bot.sandbox.play import EveningPlay
from bot.sandbox.stage import staged
from tests.database_place import settings_in
from tests.features.inbox.checks.test_front_door import PATIENCE
from tests.features.inbox.message_replies.message_replies_fixtures import SPEED, begun, inbox, lines, switch
from tests.warm_bridge import WarmProgram


@asynccontextmanager
async def playing(folder: Path, **more: str) -> AsyncIterator[EveningPlay]:
    """A stage with these settings, on which Luna has linked."""
    async with staged(folder, WarmProgram, speed=SPEED, seed=7, **settings_in(folder), **more) as stage:
        play = EveningPlay(stage, lambda _seconds: asyncio.sleep(0), lambda _line: None)
        await play.open_house()
        yield play


async def test_without_the_intent_it_stays_off_and_says_both_steps(tmp_path: Path) -> None:
    async with playing(tmp_path) as play:
        thread = await begun(play, on=False)

        refused = await switch(play, thread, state="on")
        await play.stage.members["mara"].say(thread, "nobody reads this")
        holds = await switch(play, thread)

        assert "It stays off" in refused.text
        assert "Bot → Privileged Gateway Intents: switch on “Message Content Intent”" in refused.text
        assert "MESSAGE_CONTENT=on" in refused.text
        assert "Manage Messages" not in refused.text
        assert "stay inside" in holds.text
        assert inbox(play) == []
        asked = play.stage.discord.ledger.of("gateway_identified")
        assert all(not entry.data["intents"] & 1 << 15 for entry in asked)


async def test_where_the_portal_allows_it_already_only_the_setting_is_asked_for(tmp_path: Path) -> None:
    async with playing(tmp_path) as play:
        application = play.stage.discord.world.applications[APPLICATION_ID]
        await play.stage.bridge.stop()
        application.intents_enabled = frozenset({"message_content"})
        await play.stage.bridge.start()
        thread = await begun(play, on=False)

        refused = await switch(play, thread, state="on")

        assert "1. Put `MESSAGE_CONTENT=on`" in refused.text
        assert "Portal" not in refused.text


async def test_without_the_right_to_take_away_what_was_typed_it_stays_off(play: EveningPlay) -> None:
    thread = await begun(play, on=False)
    forum = play.stage.discord.world.channel(thread.parent_id or 0)
    forum.overwrites[APPLICATION_ID].deny |= MANAGE_MESSAGES
    await play.stage.bridge.stop()
    await play.stage.bridge.start()

    refused = await switch(play, thread, state="on")

    assert f"in the permissions of <#{forum.id}> allow the bot “Manage Messages”" in refused.text.replace(
        "1. In", "in"
    )


async def test_nobody_but_those_who_lead_switches_it(play: EveningPlay) -> None:
    thread = await begun(play, on=False)

    asked = await play.stage.members["mara"].slash(play.stage.guild, thread, "inbox typing", state="on")
    answer = await asked.done(PATIENCE)

    assert "You don't have access to this here" in answer.text


async def test_another_sign_can_be_chosen_and_a_word_cannot(play: EveningPlay) -> None:
    thread = await begun(play)

    chosen = await switch(play, thread, inside="%%")
    wrong = await switch(play, thread, inside="no")
    holds = await switch(play, thread)

    assert "`%%` before a message keeps it inside" in chosen.text
    assert "no letters, digits, spaces or Discord's own signs at the start" in wrong.text
    assert "`%%` keeps one inside" in holds.text


async def test_a_creator_who_keeps_texts_off_discord_cannot_have_it(play: EveningPlay) -> None:
    owner = play.stage.owner
    thread = await begun(play, on=False)
    asked = await (await owner.slash(play.stage.guild, thread, "settings privacy mode", mode="private")).done(
        PATIENCE
    )
    assert asked.message is not None
    # A press is answered before what it asks for is done.
    await (await owner.click(asked.message, "Yes, do it")).says("From now on", PATIENCE)

    refused = await switch(play, thread, state="on")

    assert "choose the mode “full” first" in refused.text


async def test_a_bridge_that_is_not_told_any_more_says_so_on_the_card(tmp_path: Path) -> None:
    async with playing(tmp_path, MESSAGE_CONTENT="on") as play:
        thread = await begun(play)
        world = play.stage.discord.world
        await world.until(lambda: any("Typing here" in one for one in lines(play, thread)) or None, PATIENCE)

        await play.stage.bridge.stop()
        play.stage.bridge._settings = {**play.stage.bridge._settings, "MESSAGE_CONTENT": "off"}
        await play.stage.bridge.start()
        await world.until(
            lambda: not any("Typing here" in one for one in lines(play, thread)) or None, PATIENCE
        )
        await play.stage.members["mara"].say(thread, "nobody reads this")

        assert inbox(play) == []
        assert not any("Typing here" in one for one in lines(play, thread))
