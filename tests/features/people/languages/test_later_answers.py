"""Later answers, and what is told unasked, are in their reader's language."""

import pytest

from bot.sandbox.browser import Browser
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInMessage, walk
from bot.sandbox.discord.oauth import COOKIE as DISCORD_COOKIE
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.fanvue.oauth import COOKIE as FANVUE_COOKIE
from bot.sandbox.play import EveningPlay, address_in
from tests.features.inbox.checks.test_front_door import PATIENCE
from tests.features.people.languages.test_front_door import said, slash
from tests.features.people.tour.test_front_door import grant, told

LOCALES = {"en": "en-US", "de": "de", "es": "es-419"}
READERS = pytest.mark.parametrize(("reader", "channels"), [("de", "en"), ("en", "de"), ("es", "de")])


async def speaks(play: EveningPlay, who: DiscordPerson, reader: str, channels: str) -> None:
    """The member's Discord reads one language, and the creator's channels another."""
    await slash(play, play.stage.owner, "settings language", language=channels)
    who.user.locale = LOCALES[reader]


async def states(answer: InteractionAnswer, last: str) -> list[str]:
    """Everything that an answer shows, until it says this at the end."""
    seen: list[str] = []

    def ended(now: InteractionAnswer) -> bool:
        if now.text and (not seen or seen[-1] != now.text):
            seen.append(now.text)
        return last in now.text

    await answer.until(ended, PATIENCE)
    return seen


def labels(message: StandInMessage | None) -> list[str]:
    return [str(one["label"]) for one in walk(message.components if message else []) if "label" in one]


@READERS
async def test_each_state_of_an_upload(play: EveningPlay, reader: str, channels: str) -> None:
    owner, stage = play.stage.owner, play.stage
    await speaks(play, owner, reader, channels)

    answer = await owner.slash(stage.guild, stage.lobby, "media upload", file=("one.jpg", b"x" * 2500))
    seen = await states(answer, said(reader, "is ready"))

    assert len(seen) > 1, "its first words, and at least one state that came later"
    assert all(said(reader, "Upload to the vault") in text for text in seen)
    assert not [text for text in seen if said(channels, "Upload to the vault") in text]


def published(spoken: str) -> str:
    return said(spoken, "{noun} {told}", noun=said(spoken, "Post"), told=said(spoken, "published"))


@READERS
async def test_the_end_of_a_post(play: EveningPlay, reader: str, channels: str) -> None:
    owner = play.stage.owner
    await speaks(play, owner, reader, channels)

    shown = await slash(play, owner, "post new", text="Good morning")
    await owner.click(shown.message, said(reader, "Publish now"))
    seen = await states(shown, published(reader))
    alert = await play.stage.discord.world.until(lambda: in_alerts(play, published(channels)), PATIENCE)

    assert said(reader, "{noun}: on its way", noun=said(reader, "Post")) in "\n".join(seen)
    assert not [text for text in seen if published(channels) in text]
    assert alert


@READERS
async def test_the_last_question_of_a_link_and_its_closing(
    play: EveningPlay, reader: str, channels: str
) -> None:
    owner = play.stage.owner
    await speaks(play, owner, reader, channels)

    asked = await slash(play, owner, "link")
    await in_browser(play, owner, asked)
    await asked.says(said(reader, "One last question"), PATIENCE)
    again = await slash(play, owner, "link")
    await in_browser(play, play.stage.members["theo"], again)
    await again.says(said(reader, "Your link was closed"), PATIENCE)

    assert said(channels, "One last question") not in asked.text
    assert said(channels, "Your link was closed") not in again.text


async def in_browser(play: EveningPlay, who: DiscordPerson, asked: InteractionAnswer) -> None:
    """Somebody follows the link as far as it goes; the browser reads English."""
    stage = play.stage
    async with Browser() as browser:
        browser.remember(stage.discord.url, DISCORD_COOKIE, str(who.user.id))
        browser.remember(stage.fanvue.url, FANVUE_COOKIE, stage.creator.uuid)
        page = await browser.visit(address_in(asked.message))
        for button in ("Continue", "Authorize", "Continue to Fanvue", "Allow"):
            if page.status != 200:
                break
            page = await browser.press(page, button)


@READERS
async def test_the_card_that_shows_a_new_member_around(play: EveningPlay, reader: str, channels: str) -> None:
    theo = play.stage.members["theo"]
    await speaks(play, theo, reader, channels)
    await slash(play, theo, "account show")  # from then on we know what their Discord reads

    await grant(play, theo, "chatter")
    await play.stage.discord.world.until(lambda: bool(told(play, theo)), PATIENCE)
    (first,) = told(play, theo)

    assert said(reader, "Fans and their threads") in first.text
    assert said(channels, "Fans and their threads") not in first.text


async def test_whom_we_never_heard_reads_what_the_channels_speak(play: EveningPlay) -> None:
    theo = play.stage.members["theo"]
    await speaks(play, theo, "es", "de")

    await grant(play, theo, "chatter")
    await play.stage.discord.world.until(lambda: bool(told(play, theo)), PATIENCE)

    assert said("de", "Fans and their threads") in told(play, theo)[0].text


@READERS
async def test_a_private_alert_and_the_channels_own(play: EveningPlay, reader: str, channels: str) -> None:
    mara, fan = play.stage.members["mara"], play.stage.fans["sam_k"]
    await speaks(play, mara, reader, channels)
    await slash(play, mara, "settings alerts mine", kind="follower")

    await fan.follow()
    await play.stage.discord.world.until(lambda: bool(told(play, mara)), PATIENCE)

    assert said(reader, "New follower") in told(play, mara)[0].text
    assert await play.stage.discord.world.until(
        lambda: in_alerts(play, said(channels, "New follower")), PATIENCE
    )


def in_alerts(play: EveningPlay, words: str) -> bool | None:
    """Whether the alerts channel shows these words; None: not yet."""
    world = play.stage.discord.world
    channel = next(one for one in world.channels.values() if one.name == "luna-alerts")
    return any(words in one.text for one in world.messages.get(channel.id, {}).values()) or None
