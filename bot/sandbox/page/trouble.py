"""The switches for faults: what a person can let go wrong, and whether it does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.discord.server import DiscordServer
from bot.sandbox.fanvue.server import FanvueServer
from bot.sandbox.stage import Stage

ENDLESS = 1_000_000_000
SEND, POST = r"/message$", r"/channels/\d+/messages$"


@dataclass(frozen=True)
class Switch:
    """One fault. `lasts`: on until it is switched off; the others happen once and are over."""

    name: str
    title: str
    hint: str
    lasts: bool
    is_on: Callable[[], bool]
    turn: Callable[[bool], None]


class Trouble:
    """All switches of a stage."""

    def __init__(self, stage: Stage) -> None:
        self._discord, self._fanvue = stage.discord, stage.fanvue
        switches = [*_fanvue(stage.fanvue), *_discord(stage.discord)]
        self._switches = {switch.name: switch for switch in switches}

    def turn(self, name: str, *, on: bool) -> None:
        """Switch one on or off; KeyError for one that is not there."""
        self._switches[name].turn(on)
        self._fanvue.world.pulse.beat()

    def clear(self) -> None:
        """Everything works again."""
        self._fanvue.faults.clear()
        self._discord.faults.clear()
        self._fanvue.world.pulse.beat()

    def shown(self) -> list[dict[str, Any]]:
        """Every switch and its state."""
        return [
            {"name": s.name, "title": s.title, "hint": s.hint, "lasts": s.lasts, "on": s.is_on()}
            for s in self._switches.values()
        ]


def _fanvue(server: FanvueServer) -> list[Switch]:
    faults = server.faults

    def down(on: bool) -> None:  # noqa: FBT001 - the position of a switch
        faults.down = on

    def off(on: bool) -> None:  # noqa: FBT001 - likewise
        faults.webhooks.off = on

    def lose(on: bool) -> None:  # noqa: FBT001 - likewise
        _forget(server, "lose_answer")
        if on:
            faults.add("lose_answer", "POST", SEND, count=1)

    def busy(on: bool) -> None:  # noqa: FBT001 - likewise
        _forget(server, "too_many")
        if on:
            faults.add("too_many", count=3, retry_after=2)

    def twice(on: bool) -> None:  # noqa: FBT001 - likewise
        faults.webhooks.duplicate_next = 5 if on else 0

    return [
        Switch(
            "down",
            "Fanvue is down",
            "Every connection is cut. Replies wait and say so; nothing is sent twice afterwards.",
            True,
            lambda: faults.down,
            down,
        ),
        Switch(
            "webhooks_off",
            "Webhooks are off",
            "Fanvue tells the bridge nothing. It looks by itself and finds what was missed.",
            True,
            lambda: faults.webhooks.off,
            off,
        ),
        Switch(
            "answer_lost",
            "Lose the next answer",
            "The next reply reaches the fan, but the bridge never hears so. It looks in the chat.",
            False,
            lambda: any(fault.kind == "lose_answer" for fault in faults.waiting),
            lose,
        ),
        Switch(
            "busy",
            "Too many requests",
            "Fanvue refuses the next three calls. They are made again when it says so.",
            False,
            lambda: any(fault.kind == "too_many" for fault in faults.waiting),
            busy,
        ),
        Switch(
            "twice",
            "Webhooks come twice",
            "The next five events are told twice. The team sees them once.",
            False,
            lambda: faults.webhooks.duplicate_next > 0,
            twice,
        ),
    ]


def _forget(server: FanvueServer, kind: str) -> None:
    server.faults.waiting[:] = [fault for fault in server.faults.waiting if fault.kind != kind]


def _discord(server: DiscordServer) -> list[Switch]:
    faults = server.faults

    def failing(on: bool) -> None:  # noqa: FBT001 - the position of a switch
        faults.clear()
        if on:
            faults.fail("*", "", 503, ENDLESS)

    def lose(on: bool) -> None:  # noqa: FBT001 - likewise
        faults.clear()
        if on:
            faults.lose_answer("POST", POST)

    return [
        Switch(
            "discord_down",
            "Discord fails",
            "Discord answers 503. Fans' messages wait and arrive when it is back.",
            True,
            lambda: faults.waiting("fail") > 0,
            failing,
        ),
        Switch(
            "discord_lost",
            "Lose Discord's next answer",
            "The next line is posted, but the bridge never hears so. It is there once.",
            False,
            lambda: faults.waiting("lose_answer") > 0,
            lose,
        ),
    ]
