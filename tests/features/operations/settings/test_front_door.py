"""All that is set for a creator, seen and changed in one place, by who may."""

from typing import Any

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import walk
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.play import EveningPlay
from tests.features.inbox.checks.test_front_door import PATIENCE

TOPICS = "Choose a topic"


async def settings(play: EveningPlay, who: DiscordPerson) -> InteractionAnswer:
    """Somebody opens the settings."""
    return await (await who.slash(play.stage.guild, play.stage.lobby, "settings show")).done(PATIENCE)


async def topic(who: DiscordPerson, panel: InteractionAnswer, name: str, sees: str) -> InteractionAnswer:
    """They turn to another page, on which this is to be read."""
    return await (await who.choose(panel.message, TOPICS, name)).says(sees, PATIENCE)


def change_of(panel: InteractionAnswer, title: str) -> str:
    """The custom_id of the button beside a row; '' where there is none."""
    for part in parts(panel):
        if part["type"] == 9 and title in part["components"][0]["content"]:
            return str(part["accessory"]["custom_id"])
    return ""


def parts(panel: InteractionAnswer) -> list[dict[str, Any]]:
    return [] if panel.message is None else list(walk(panel.message.components))


async def changed(
    who: DiscordPerson, panel: InteractionAnswer, title: str, **fields: object
) -> InteractionAnswer:
    """They press [Change] beside a row, fill in the window and send it."""
    opened = await who.click(panel.message, change_of(panel, title))
    await opened.opened(PATIENCE)
    return await (await who.submit(opened, fields)).done(PATIENCE)


async def pressed(who: DiscordPerson, panel: InteractionAnswer, which: str, offers: str) -> InteractionAnswer:
    """They press a button, and the panel offers this one then."""
    answer = await who.click(panel.message, which)
    return await answer.until(lambda now: any(part.get("label") == offers for part in parts(now)), PATIENCE)


async def test_an_owner_changes_the_time_zone_first_of_all(play: EveningPlay) -> None:
    owner = play.stage.owner
    panel = await settings(play, owner)
    rows = [part["components"][0]["content"] for part in parts(panel) if part["type"] == 9]

    wrong = await changed(owner, panel, "Time zone", zone="Nowhere")
    done = await changed(owner, panel, "Time zone", zone="Europe/Berlin")
    told = done.text  # the page takes its place
    again = await (await owner.click(done.message, "Back to settings")).says("General settings", PATIENCE)

    assert rows[0].startswith("**Time zone**\nUTC")
    assert "We don't know the time zone" in wrong.text
    assert "now begin and end in Europe/Berlin" in told
    assert "Europe/Berlin" in again.text
    assert again.ephemeral


async def test_a_chatter_reads_what_concerns_them_and_changes_only_their_own(play: EveningPlay) -> None:
    mara = play.stage.members["mara"]
    panel = await settings(play, mara)
    inbox = await topic(mara, panel, "Inbox", "Replies are sent right away")

    done = await changed(mara, inbox, "Your pings", mode="mine")

    assert change_of(panel, "Time zone") == ""
    assert change_of(inbox, "Time to cancel a reply") == ""
    assert "Who is offered a fan first" not in inbox.text
    assert "You get a ping when a fan you answered last writes" in done.text
    assert "Digests" not in panel.text
    assert "mass messages" not in panel.text


async def test_a_number_that_is_none_says_what_to_type_and_changes_nothing(play: EveningPlay) -> None:
    owner = play.stage.owner
    inbox = await topic(owner, await settings(play, owner), "Inbox", "Replies are sent right away")

    wrong = await changed(owner, inbox, "Time to cancel", seconds="soon")
    high = await changed(owner, inbox, "Time to cancel", seconds="61")
    done = await changed(owner, inbox, "Time to cancel", seconds="20")

    assert "“soon” is not a whole number from 0 to 60" in wrong.text
    assert "“61” is not a whole number from 0 to 60" in high.text
    assert "replies wait 20 s" in done.text


async def test_what_has_several_ways_offers_them_and_leads_back(play: EveningPlay) -> None:
    owner, channel = play.stage.owner, play.stage.lobby
    money = await topic(owner, await settings(play, owner), "Earnings", "Digests")

    ways = await pressed(owner, money, change_of(money, "Digests"), "Set one")
    opened = await owner.click(ways.message, "Set one")
    await opened.opened(PATIENCE)
    done = await (await owner.submit(opened, {"hour": "9", "channel": channel.id})).done(PATIENCE)
    told = done.text  # the page takes its place
    again = await (await owner.click(done.message, "Back to settings")).says("Daily at 09:00", PATIENCE)

    assert f"<#{channel.id}>" in told
    assert f"<#{channel.id}>" in again.text


async def test_a_question_of_a_command_is_asked_from_the_settings_too(play: EveningPlay) -> None:
    owner = play.stage.owner
    prices = await topic(owner, await settings(play, owner), "Prices", "Price limits: chatter")

    asked = await changed(owner, prices, "Price limits: chatter", floor="5", ceiling="50")
    question = asked.text
    said = await (await owner.click(asked.message, "Yes, set it")).says("$5.00 to $50.00", PATIENCE)
    again = await topic(owner, await settings(play, owner), "Prices", "$5.00 to $50.00")

    assert "Prices of the role chatter" in question
    assert "Done" in said.text
    assert again.ephemeral


async def test_a_panel_of_a_command_opens_as_the_command_opens_it(play: EveningPlay) -> None:
    owner = play.stage.owner
    inbox = await topic(owner, await settings(play, owner), "Inbox", "Who is offered a fan first")

    ways = await pressed(owner, inbox, change_of(inbox, "Who is offered"), "Add a rule")
    shown = await (await owner.click(ways.message, "Show the rules")).done(PATIENCE)

    assert "No rule yet" in shown.text


async def test_who_lost_the_right_changes_nothing_by_a_window_from_before(play: EveningPlay) -> None:
    owner, theo, stage = play.stage.owner, play.stage.members["theo"], play.stage
    await confirmed(play, "team grant", to=theo.user.id, role="manager")
    inbox = await topic(theo, await settings(play, theo), "Inbox", "Replies are sent right away")
    opened = await theo.click(inbox.message, change_of(inbox, "Time to cancel"))
    await opened.opened(PATIENCE)
    await confirmed(play, "team grant", to=theo.user.id, role="chatter")

    late = await (await theo.submit(opened, {"seconds": "20"})).done(PATIENCE)
    panel = await topic(owner, await settings(play, owner), "Inbox", "Time to cancel")

    assert "This setting is no longer available to you" in late.text
    assert "Replies are sent right away" in panel.text
    assert stage.discord.ledger.of("mentions_allowed") == []


async def test_a_german_reader_has_the_window_in_german(play: EveningPlay) -> None:
    owner = play.stage.owner
    owner.user.locale = "de"
    panel = await settings(play, owner)
    opened = await owner.click(panel.message, change_of(panel, "Zeitzone"))
    form = await opened.opened(PATIENCE)

    labels = [one.get("label") for one in walk(form["components"]) if one.get("label")]
    assert labels == ["Zeitzone"]


async def confirmed(play: EveningPlay, command: str, **options: object) -> None:
    """The owner uses a command that asks, and says yes."""
    asked = await play.stage.owner.slash(play.stage.guild, play.stage.lobby, command, **options)
    await asked.done(PATIENCE)
    await (await play.stage.owner.click(asked.message, "Yes, do it")).says("Done", PATIENCE)
