"""Events that leave while the bridge is killed: none is lost, each keeps its id."""

import asyncio
import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.features.operations.api_keys.pages import KEYS_PATH
from bot.features.operations.operator_requests.client import OperatorClient
from bot.features.operations.program_webhooks.pages import OPERATOR_WEBHOOKS
from bot.sandbox.fanvue.people import StandInFan
from bot.settings.loader import load
from tests.program_server import OK, ProgramServer, ReceivedEvent, receiving
from tests.proofs.faults.live_bridge import LiveBridge, housed

FANS: Final = 20
_TIPS: Final = 10  # every so many events is a tip
_REFUSES: Final = 0.05  # of all requests: the receiver, too, has its moments
_TOLD: Final = {"message.received", "payment.received"}


@dataclass(frozen=True)
class EventsReport:
    """Of so many events and kills: what never arrived, what had two ids."""

    events: int
    kills: int
    events_lost: int
    events_with_two_ids: int
    events_unsigned: int
    events_twice: int  # taken more than once under the same id, as the promise allows


@dataclass(frozen=True)
class _Happened:
    """Something that a fan did, in words that nothing else has."""

    fan: StandInFan
    words: str


async def sent_out(folder: Path, events: int, kills: int) -> EventsReport:
    """Fans write and tip, the bridge dies so often meanwhile, and a program hears of it all."""
    rng = random.Random(7)  # noqa: S311 - repeatable on purpose
    async with housed(folder) as house, receiving() as receiver:
        receiver.answers = lambda _event: 503 if rng.random() < _REFUSES else None
        fans = [house.fan(f"Writer{number}") for number in range(FANS)]
        for fan in fans:
            await house.greeted(fan)
        await asyncio.to_thread(_listen, house, folder / "settings.env", receiver)
        acts = await _happens(house, fans, rng, events, kills)
        await _arrives(house, receiver, len(acts))
        return _report(receiver, acts, kills)


def _listen(house: LiveBridge, env: Path, receiver: ProgramServer) -> None:
    env.write_text("".join(f"{name}='{value}'\n" for name, value in house.stage.bridge._settings.items()))
    env.chmod(0o600)
    shell, creator = OperatorClient(load({}, env)), {"creator": house.stage.creator.handle}
    key = shell.ask("POST", KEYS_PATH, creator, {"name": "events", "role": "owner", "scope": "chats"})
    asked = {"key": key["id"], "url": receiver.url, "events": ",".join(sorted(_TOLD))}
    receiver.secret = shell.ask("POST", OPERATOR_WEBHOOKS, creator, asked)["secret"]


async def _happens(
    house: LiveBridge, fans: list[StandInFan], rng: random.Random, events: int, kills: int
) -> list[_Happened]:
    """Everything that fans do, with the kills spread over it."""
    deaths = {(number + 1) * events // (kills + 1) for number in range(kills)}
    acts = []
    for number in range(events):
        fan = fans[rng.randrange(FANS)]
        if number % _TIPS == 0:
            cents = 1_000 + number  # an amount that no other tip has
            await fan.tip(cents)
            acts.append(_Happened(fan, str(cents)))
        else:
            await fan.write(f"event {number}")
            acts.append(_Happened(fan, f"event {number}"))
        if number in deaths:
            await house.stage.bridge.kill()
            await house.stage.bridge.start()
        elif number % FANS == 0:
            await asyncio.sleep(0)  # the stand-ins send what happened
    return acts


async def _arrives(house: LiveBridge, receiver: ProgramServer, wanted: int) -> None:
    """Returns when all has arrived, or when nothing more does."""
    while (taken := len(_by_words(receiver))) < wanted:
        try:
            await house.until(lambda: len(_by_words(receiver)) > taken)
        except TimeoutError:
            return


def _by_words(receiver: ProgramServer) -> Mapping[str, list[ReceivedEvent]]:
    found: dict[str, list[ReceivedEvent]] = defaultdict(list)
    for one in receiver.received:
        if one.status == OK and (words := _words(one.event)):
            found[words].append(one)
    return found


def _words(event: dict[str, Any]) -> str | None:
    """By which the test knows it: a text, or an amount. A tip leaves a message, too, which has no text."""
    data: dict[str, Any] = event["data"]
    if event["type"] == "payment.received":
        return str(data["amount"]["cents"])
    if event["type"] == "message.received":
        text: str | None = data["message"]["text"]
        return text
    return None


def _report(receiver: ProgramServer, acts: list[_Happened], kills: int) -> EventsReport:
    found = _by_words(receiver)
    return EventsReport(
        events=len(acts),
        kills=kills,
        events_lost=sum(act.words not in found for act in acts),
        events_with_two_ids=sum(len({one.id for one in told}) > 1 for told in found.values()),
        events_unsigned=receiver.unsigned,
        events_twice=sum(len(told) - 1 for told in found.values()),
    )
