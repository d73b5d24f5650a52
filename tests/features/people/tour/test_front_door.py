"""A new member is shown around once, privately; /help has the tour again."""

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInMessage
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.play import EveningPlay
from tests.features.inbox.checks.test_front_door import PATIENCE


async def grant(play: EveningPlay, who: DiscordPerson, role: str) -> None:
    """The owner lets somebody into the team, or gives them another role."""
    stage, owner = play.stage, play.stage.owner
    asked = await owner.slash(stage.guild, stage.lobby, "team grant", to=who.user.id, role=role)
    await asked.done(PATIENCE)
    pressed = await owner.click(asked.message, "Yes, do it")
    await pressed.says("Done", PATIENCE)


def told(play: EveningPlay, who: DiscordPerson) -> list[StandInMessage]:
    """What the bot has written to them privately."""
    (application,) = play.stage.discord.world.applications.values()
    return [one for one in who.read(who.dm(application)) if one.author.id == application.user.id]


async def turned(who: DiscordPerson, shown: StandInMessage, label: str, says: str) -> InteractionAnswer:
    """They press a button of a card."""
    return await (await who.click(shown, label)).says(says, PATIENCE)


async def test_a_new_member_is_shown_around_once_in_three_cards(play: EveningPlay) -> None:
    theo = play.stage.members["theo"]
    await grant(play, theo, "chatter")
    await play.stage.discord.world.until(lambda: bool(told(play, theo)), PATIENCE)
    (first,) = told(play, theo)
    opening = first.text

    second = await turned(theo, first, "Next", "2 of 3")
    third = await turned(theo, second.message or first, "Next", "3 of 3")
    await grant(play, theo, "manager")
    await (await theo.slash(play.stage.guild, play.stage.lobby, "home")).done(PATIENCE)

    assert "1 of 3: Fans and their threads" in opening
    assert "/home shows what waits" in third.text
    assert len(told(play, theo)) == 1


async def test_anybody_opens_the_tour_from_help_to_themselves_alone(play: EveningPlay) -> None:
    mara, stage = play.stage.members["mara"], play.stage
    helped = await (await mara.slash(stage.guild, stage.lobby, "help")).done(PATIENCE)

    shown = await (await mara.click(helped.message, "Tour")).done(PATIENCE)
    opening = shown.text
    await (await mara.click(shown.message, "Next")).says("2 of 3", PATIENCE)

    assert shown.ephemeral
    assert "</inbox waiting:" in opening


async def test_the_offer_of_pings_shows_around_whoever_presses_it(play: EveningPlay) -> None:
    theo, stage = play.stage.members["theo"], play.stage
    await grant(play, theo, "chatter")
    alerts = next(one for one in stage.discord.world.channels.values() if one.name == "luna-alerts")

    def offered() -> list[StandInMessage]:
        return [one for one in theo.read(alerts) if "Should your phone ring" in one.text]

    await stage.discord.world.until(lambda: bool(offered()), PATIENCE)
    shown = await (await theo.click(offered()[0], "Show me around")).done(PATIENCE)

    assert shown.ephemeral
    assert "1 of 3" in shown.text
