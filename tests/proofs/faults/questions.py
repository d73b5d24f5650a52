"""A question is answered as a person answers it."""

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.program import until
from tests.proofs.faults.live_bridge import PATIENCE


async def press_until(who: DiscordPerson, asked: InteractionAnswer, label: str, words: str) -> None:
    """Press a question's button, and again as its answer says while something is on its way."""

    async def pressed() -> bool:
        assert asked.message is not None
        answer = await who.click(asked.message, label)
        await answer.until(lambda now: words in now.text or "Press again" in now.text, PATIENCE)
        return words in answer.text

    await until(pressed, PATIENCE)
