"""What the tests of this folder do again and again."""

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInChannel, StandInMessage, walk
from bot.sandbox.fanvue.people import StandInFan
from bot.sandbox.play import EveningPlay
from tests.features.inbox.checks.test_front_door import PATIENCE, shown

SPEED = 4.0
FAN = "sam_k"


def fan_of(play: EveningPlay) -> StandInFan:
    """Sam."""
    return play.stage.fans[FAN]


async def begun(play: EveningPlay, *, on: bool = True) -> StandInChannel:
    """Sam has written, and the owner has switched typing on; the thread."""
    await fan_of(play).write("hello there")
    thread, _ = await shown(play, FAN, "hello there")
    if on:
        answer = await switch(play, thread, state="on")
        assert "now go to the fan" in answer.text, answer.text
    return thread


async def switch(play: EveningPlay, thread: StandInChannel, **options: str) -> InteractionAnswer:
    """The owner uses /inbox typing."""
    asked = await play.stage.owner.slash(play.stage.guild, thread, "inbox typing", **options)
    return await asked.done(PATIENCE)


async def consents(play: EveningPlay, thread: StandInChannel, text: str = "hi Sam") -> None:
    """Mara types her first message and says that it goes to the fan."""
    await play.stage.members["mara"].say(thread, text)
    _, question = await shown(play, FAN, "what you type in this creator's threads goes to the fan")
    pressed = await play.stage.members["mara"].click(question, "Send")
    await pressed.says("s messages here now go to the fan", PATIENCE)
    await arrived(play, text)


async def arrived(play: EveningPlay, *texts: str) -> None:
    """Sam has got these, the last of them just now, and the thread shows that it was sent."""
    await play.stage.fanvue.world.until(lambda: inbox(play) == list(texts), PATIENCE)
    await shown(play, FAN, "✓ Sent")


async def taken_away(play: EveningPlay, message: StandInMessage) -> None:
    """What was typed does not stand in the thread any more."""
    await play.stage.discord.world.until(lambda: message.deleted or None, PATIENCE)
    assert message.deleted


def inbox(play: EveningPlay) -> list[str]:
    """What Sam has got."""
    return [message.text or "" for message in fan_of(play).inbox()]


def labels(message: StandInMessage | None) -> list[str]:
    """The buttons of a message."""
    components = message.components if message is not None else []
    return [str(one["label"]) for one in walk(components) if "label" in one]


def lines(play: EveningPlay, thread: StandInChannel) -> list[str]:
    """All that stands in the thread for everybody who reads it; private answers do not."""
    there = play.stage.members["mara"].read(thread)
    return [message.text.replace("\\", "") for message in there if not message.ephemeral]
