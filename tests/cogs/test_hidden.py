"""A hidden line is shown privately, to those who may read what fans wrote."""

from bot.relay.ports import Button, Post
from bot.sandbox.discord import channels
from bot.sandbox.discord.permissions import READ_HISTORY
from storage.records import DiscordId, EffectId
from tests.guild.town import Town

REF = EffectId("AbCdEfGhIjKlMnOpQr-_12")


async def shown_to(town: Town) -> str:
    """What Maya reads after she has pressed the button."""
    post = Post(body=("A message is hidden.",), buttons=(Button("hidden.show", REF, "Show to me"),))
    made = await town.bot.discord.post(DiscordId(town.lobby.id), post, nonce="n" * 22)
    message = town.server.world.messages[town.lobby.id][made]
    answer = await town.maya.click(message, "Show to me")
    await answer.done()
    assert answer.ephemeral
    return str(answer.text)


async def test_a_member_who_may_read_here_is_shown_it(town: Town) -> None:
    assert await shown_to(town) == f"What {REF} hides in {town.lobby.id}."


async def test_a_member_who_may_not_read_what_was_written_is_refused(town: Town) -> None:
    rule = {"type": 0, "allow": "0", "deny": str(READ_HISTORY)}
    channels.set_overwrite(town.server.world, town.lobby, town.guild.owner_id, town.guild.id, rule)

    assert "You may not read here" in await shown_to(town)
