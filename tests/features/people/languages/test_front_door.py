"""Members are answered in their language; channels speak what was chosen."""

from bot.model.language import speaking, tr
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import walk
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.play import EveningPlay
from tests.features.inbox.checks.test_front_door import PATIENCE, shown

BUTTON = 2


def said(spoken: str, message: str, /, **parts: object) -> str:
    """A message as that language says it."""
    with speaking(spoken):
        return tr(message, **parts)


async def slash(play: EveningPlay, who: DiscordPerson, command: str, **options: object) -> InteractionAnswer:
    """A command in the lobby, answered at last."""
    answer = await who.slash(play.stage.guild, play.stage.lobby, command, **options)
    return await answer.done(PATIENCE)


async def test_an_answer_is_in_the_language_of_the_members_discord(play: EveningPlay) -> None:
    mara = play.stage.members["mara"]
    english = await slash(play, mara, "account language")
    mara.user.locale = "es-419"

    spanish = await slash(play, mara, "account language")

    assert english.text == "The language of your Discord."
    assert spanish.text == said("es", "The language of your Discord.") != english.text


async def test_a_choice_counts_at_once_in_every_answer_and_can_be_taken_back(play: EveningPlay) -> None:
    mara = play.stage.members["mara"]

    chosen = await slash(play, mara, "account language", language="de")
    shows = await slash(play, mara, "account language")
    refused = await slash(play, mara, "settings language", language="de")
    back = await slash(play, mara, "account language", language="auto")

    assert chosen.text == said("de", "We answer you in {language} from now on.", language="Deutsch")
    assert shows.text == "Deutsch."
    assert "/team explain" in refused.text
    assert "You don't have access" not in refused.text
    assert back.text == "We answer you in the language of your Discord from now on."


async def test_the_channels_speak_what_was_chosen_whatever_the_members_read(play: EveningPlay) -> None:
    owner, fan = play.stage.owner, play.stage.fans["sam_k"]
    owner.user.locale = "es-ES"

    told = await slash(play, owner, "settings language", language="de")
    await fan.write("hello there")
    _, line = await shown(play, "sam_k", "hello there")
    await slash(play, owner, "pause creator")
    wanted = said("de", "Sending is paused")
    paused = await play.stage.discord.world.until(lambda: alerted(play, wanted), PATIENCE)

    assert "Deutsch" in told.text
    assert [one["label"] for one in walk(line.components) if one.get("type") == BUTTON] == [
        said("de", "Reply")
    ]
    assert wanted != "Sending is paused"
    assert paused


def alerted(play: EveningPlay, words: str) -> bool | None:
    """Whether the alerts channel shows these words; None: not yet."""
    world = play.stage.discord.world
    channel = next(one for one in world.channels.values() if one.name == "luna-alerts")
    return any(words in one.text for one in world.messages.get(channel.id, {}).values()) or None
