"""A question is answered as a person answers it."""

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInMessage
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.program import until
from tests.proofs.faults.live_bridge import PATIENCE


def _asks_anew(question: StandInMessage | None, seen: int) -> bool:
    return question is not None and question.versions > seen and "Press again" in question.text


async def press_until(who: DiscordPerson, asked: InteractionAnswer, label: str, words: str) -> None:
    """Press a question's button, and again as its answer says while something is on its way."""

    async def pressed() -> bool:
        assert asked.message is not None
        seen = asked.message.versions  # "Press again" may still stand there from the press before
        answer = await who.click(asked.message, label)
        await answer.until(lambda now: words in now.text or _asks_anew(asked.message, seen), PATIENCE)
        return words in answer.text

    await until(pressed, PATIENCE)
