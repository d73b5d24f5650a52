"""A message of ours, marked as a promise."""

import pytest

from bot.features.inbox.promises.service import LONGEST
from bot.text.reply_rules import ReplyRefused
from storage.people import privacy_modes
from storage.people.privacy_modes import PrivacyMode
from storage.records import DiscordId, EffectId
from tests.features.inbox.claims.claims_scenario import NINA
from tests.features.inbox.promises.promises_scenario import PromisesScenario
from tests.relay.relay_scenario import CREATOR, EMMA, GUILD


async def shows(pledges: PromisesScenario, words: str) -> DiscordId:
    """The message in Emma's thread that says this."""
    thread = await pledges.thread()
    posts = pledges.discord.channels[thread].posts
    (found,) = [made for made, post in posts.items() if any(words in line for line in post.body)]
    return found


async def send_line(pledges: PromisesScenario, send: EffectId) -> DiscordId:
    row = await pledges.database.read(
        lambda tx: tx.one("SELECT external_id FROM outbox WHERE cause = :send AND part = 'show'", send=send)
    )
    assert row is not None
    return DiscordId(int(row["external_id"].split(":")[1]))


async def text_of(pledges: PromisesScenario, message: DiscordId) -> str:
    return await pledges.promises.marking.text_of(await pledges.thread(), message)


async def test_a_reply_of_the_teams_is_what_a_promise_begins_with_and_the_list_leads_to_it(
    pledges: PromisesScenario,
) -> None:
    send = await pledges.says("I owe you *that* video", NINA)
    await pledges.turn()
    thread, message = await pledges.thread(), await send_line(pledges, send)

    text = await text_of(pledges, message)
    await pledges.promises.keeping.add(NINA, thread, text, "tomorrow", message)

    assert text == "I owe you *that* video"
    assert f"https://discord.com/channels/{GUILD}/{thread}/{message}" in await pledges.listed()


async def test_what_was_written_on_fanvue_itself_can_be_marked_and_is_shortened(
    pledges: PromisesScenario,
) -> None:
    there = pledges.fanvue.write(CREATOR, EMMA.id, "tomorrow! " + "x" * 500, by_creator=True)
    await pledges.happen(pledges.echo(there))

    text = await text_of(pledges, await shows(pledges, "tomorrow"))

    assert text.startswith("tomorrow! xxx")
    assert len(text) == LONGEST


async def test_what_the_fan_wrote_and_what_is_nobodys_is_refused(pledges: PromisesScenario) -> None:
    await pledges.happen(pledges.wrote("you owe me something"))

    for message in (await shows(pledges, "you owe me"), DiscordId(1)):
        with pytest.raises(
            ReplyRefused,
            match=("Use this on a message your team sent, or write the promise down with /fan promise add"),
        ):
            await text_of(pledges, message)


async def test_what_is_kept_off_discord_is_not_brought_there_by_a_window(pledges: PromisesScenario) -> None:
    await pledges.database.write(lambda tx: privacy_modes.choose(tx, CREATOR, PrivacyMode.PRIVATE, since=0))
    send = await pledges.says("I owe you that video", NINA)
    await pledges.turn()

    assert await text_of(pledges, await send_line(pledges, send)) == ""
