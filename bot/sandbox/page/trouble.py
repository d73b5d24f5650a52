"""The switches for faults: those a person can let happen, and their state."""

from dataclasses import asdict, dataclass
from typing import Any

from bot.sandbox.fanvue.faults import Kind
from bot.sandbox.stage import DemoStage

ENDLESS = 1_000_000_000
SEND, POST = r"/message$", r"/channels/\d+/messages$"


@dataclass(frozen=True)
class FaultSwitch:
    """One fault. `lasts`: on until it is switched off; the others happen and are over."""

    name: str
    title: str
    hint: str
    lasts: bool


SWITCHES = (
    FaultSwitch(
        "down",
        "Fanvue is down",
        "Every connection is refused. Replies wait and say so; nothing is sent twice afterwards.",
        lasts=True,
    ),
    FaultSwitch(
        "webhooks_off",
        "Webhooks are off",
        "Fanvue tells the bridge nothing. It looks by itself and finds what was missed.",
        lasts=True,
    ),
    FaultSwitch(
        "answer_lost",
        "Lose the next answer",
        "The next reply reaches the fan, but the bridge never hears so. It looks in the chat.",
        lasts=False,
    ),
    FaultSwitch(
        "busy",
        "Too many requests",
        "Fanvue refuses the next three calls. They are made again when it says so.",
        lasts=False,
    ),
    FaultSwitch(
        "twice",
        "Webhooks come twice",
        "The next five events are told twice. The team sees them once.",
        lasts=False,
    ),
    FaultSwitch(
        "discord_down",
        "Discord fails",
        "Discord answers 503. Fans' messages wait and arrive when it is back.",
        lasts=True,
    ),
    FaultSwitch(
        "discord_lost",
        "Lose Discord's next answer",
        "The next line is posted, but the bridge never hears so. It is there once.",
        lasts=False,
    ),
)


class FaultSwitches:
    """All switches of a stage."""

    def __init__(self, stage: DemoStage) -> None:
        self._discord, self._fanvue, self._server = stage.discord.faults, stage.fanvue.faults, stage.fanvue
        self._changed = stage.fanvue.world.pulse.beat

    async def turn(self, name: str, *, on: bool) -> None:
        """Switch one on or off; KeyError for one that is not there."""
        match name:
            case "down":
                await self._be_down(on=on)
            case "webhooks_off":
                self._fanvue.webhooks.off = on
            case "answer_lost":
                self._arm("lose_answer", on, method="POST", path=SEND, count=1)
            case "busy":
                self._arm("too_many", on, count=3, retry_after=2)
            case "twice":
                self._fanvue.webhooks.duplicate_next = 5 if on else 0
            case "discord_down" | "discord_lost":
                self._discord.clear()
                if on and name == "discord_down":
                    self._discord.fail("*", "", times=ENDLESS)
                elif on:
                    self._discord.lose_answer("POST", POST)
            case _:
                raise KeyError(name)
        self._changed()

    async def _be_down(self, *, on: bool) -> None:
        """As a host that is down: nothing leaves the bridge, so it knows that nothing arrived."""
        if on and self._server.listens:
            await self._server.refuse()
        elif not on and not self._server.listens:
            await self._server.accept()

    async def clear(self) -> None:
        await self._be_down(on=False)
        self._fanvue.clear()
        self._discord.clear()
        self._changed()

    def shown(self) -> list[dict[str, Any]]:
        """Every switch and its state."""
        on = {
            "down": not self._server.listens,
            "webhooks_off": self._fanvue.webhooks.off,
            "answer_lost": self._is_armed("lose_answer"),
            "busy": self._is_armed("too_many"),
            "twice": self._fanvue.webhooks.duplicate_next > 0,
            "discord_down": self._discord.waiting("fail") > 0,
            "discord_lost": self._discord.waiting("lose_answer") > 0,
        }
        return [{**asdict(switch), "on": on[switch.name]} for switch in SWITCHES]

    def _arm(self, kind: Kind, on: bool, **how: Any) -> None:  # noqa: FBT001 - the position of a switch
        self._fanvue.waiting[:] = [fault for fault in self._fanvue.waiting if fault.kind != kind]
        if on:
            self._fanvue.add(kind, **how)

    def _is_armed(self, kind: Kind) -> bool:
        return any(fault.kind == kind for fault in self._fanvue.waiting)
