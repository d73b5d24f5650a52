"""An assistant gets nothing without a yes, and a fan nothing without a press."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.features.inbox.assistant import texts
from bot.sandbox.discord.model import StandInMessage, walk
from bot.sandbox.fanvue.people import StandInFan
from tests.features.inbox.assistant.assistant_scenario import AssistantScenario
from tests.features.inbox.assistant.model_server import ModelServer, model_server
from tests.proofs.faults.live_bridge import housed

_PRESSES: Final = (texts.READ, texts.DRAFT, texts.ANSWER)
_WORDS: Final = "canary: "


@dataclass(frozen=True)
class EngineFigures:
    """`engine_texts`: canary texts that an assistant was handed without a yes, through `engine_presses`."""

    engine_presses: int
    engine_texts: int
    engine_drafts: int
    engine_unpressed: int  # messages that fans got of drafts that nobody had sent


async def asked(folder: Path, orders: Sequence[str]) -> EngineFigures:
    """Fans write these, and members press whatever there is, forged buttons too.

    Nobody has allowed anything; then the owner allows it and takes it back; then what was allowed counts for
    another server. At last it is allowed, and the assistant answers with the orders themselves.
    """
    async with (
        model_server() as server,
        model_server() as other,
        housed(
            folder, ASSISTANT_URL=server.url, ASSISTANT_MODEL="stand-in", ASSISTANT_KEY=server.key
        ) as house,
    ):
        scenario = AssistantScenario(house, server)
        fans = [house.fan(f"Order{number}") for number, _ in enumerate(orders)]
        lines = [await _line(scenario, fan, text) for fan, text in zip(fans, orders, strict=True)]
        presses = await _forged(scenario, lines)
        await scenario.allowed()
        await scenario.set(translate="off", draft="off")
        presses += await _forged(scenario, lines)
        await scenario.allowed()
        await house.restart(ASSISTANT_URL=other.url)
        presses += await _forged(scenario, lines)
        handed = _handed(server) + _handed(other)
        await house.restart(ASSISTANT_URL=server.url)
        drafts = await _drafts(scenario, lines, orders)
        return EngineFigures(presses, handed, drafts, sum(len(fan.inbox()) for fan in fans))


async def _line(scenario: AssistantScenario, fan: StandInFan, text: str) -> StandInMessage:
    """What cannot be seen in it is not in its line."""
    await fan.write(_WORDS + text)
    return scenario.line(await scenario.house.shows(fan, _WORDS.strip()), _WORDS.strip())


async def _forged(scenario: AssistantScenario, lines: Sequence[StandInMessage]) -> int:
    """Every press that there could be under these lines; how many that were."""
    for line in lines:
        for action in _PRESSES:
            await scenario.press(_with(line, action), "Reply")
    return len(lines) * len(_PRESSES)


def _with(line: StandInMessage, action: str) -> StandInMessage:
    """The line as somebody else's client may show it: its button means this."""
    forged = deepcopy(line)
    button = next(one for one in walk(forged.components) if one.get("label") == "Reply")
    button["custom_id"] = button["custom_id"].replace("v1:reply:", f"v1:{action}:")
    return forged


def _handed(server: ModelServer) -> int:
    return server.heard.count(_WORDS)


async def _drafts(scenario: AssistantScenario, lines: Sequence[StandInMessage], orders: Sequence[str]) -> int:
    """The assistant does as it is told by the fan; each draft waits for its presser."""
    made = 0
    for line, order in zip(lines, orders, strict=True):
        scenario.server.says = order
        drafted = await scenario.press(_with(line, texts.DRAFT), "Reply")
        made += "Not sent yet" in drafted.text
    return made
