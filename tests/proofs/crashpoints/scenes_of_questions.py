"""The scene of a reply that is kept back, since the fan wrote while it was typed."""

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInChannel, StandInMessage
from bot.sandbox.discord.people import DiscordPerson
from tests.proofs.crashpoints.crashpoint_scenario import CrashpointScenario
from tests.proofs.soak.creator_setup import labels
from tests.proofs.soak.script_players import ReplyAttempt
from tests.proofs.soak.soak_script import ScriptStep

_PATIENCE = 30.0


async def asked(bench: CrashpointScenario) -> None:
    """A window; the fan writes; the question; once Send, and once Discard."""
    for last in ("Send", "Discard"):
        member, answer = await _question(bench)
        assert answer.message is not None
        await member.click(answer.message, last)
        await answer.until(lambda now: "Send" not in labels(now.message), _PATIENCE)


async def _question(bench: CrashpointScenario) -> tuple[DiscordPerson, InteractionAnswer]:
    house, fan = bench.house(), bench.fan()
    member, thread = house.members[0], await bench.thread(fan)
    newest = next(one for one in reversed(member.read(thread)) if "Reply" in labels(one))
    opened = await member.click(newest, "Reply")
    await opened.opened(_PATIENCE)
    meanwhile, text = bench.words(), bench.words()
    await fan.write(meanwhile)
    await bench.town.discord.world.until(lambda: _shows(bench, thread, meanwhile), _PATIENCE)
    step = ScriptStep(0, house.number, 0, "replies", text)
    answer = await member.submit(opened, {"text": text})
    bench.attempts.append(ReplyAttempt(house, fan, step, answer))
    await answer.until(lambda now: "Send" in labels(now.message), _PATIENCE)
    return member, answer


def _shows(bench: CrashpointScenario, thread: StandInChannel, words: str) -> bool:
    shown: list[StandInMessage] = list(bench.town.discord.world.messages[thread.id].values())
    return any(words in message.text for message in shown if not message.ephemeral)
