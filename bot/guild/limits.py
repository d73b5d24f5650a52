"""What keeps within Discord's limits: a pace, a count of refusals, and room."""

from dataclasses import dataclass, field

from bot.guild.invalid import InvalidAnswers
from bot.guild.pace import PER_SECOND, Pace, Share
from bot.guild.rooms import Room, Unbounded


@dataclass(frozen=True)
class Limits:
    """One of each for one bot."""

    pace: Pace = field(default_factory=Pace)
    invalid: InvalidAnswers = field(default_factory=InvalidAnswers)
    room: Room = field(default_factory=Unbounded)

    async def turn(self) -> None:
        """Return when a call may go out. Raises TryLater while none may."""
        self.invalid.check()
        await self.pace.turn()


def limits_for(divisor: float, room: Room, share: Share | None = None) -> Limits:
    """Limits for a Discord whose windows are shorter by this factor. `share`: as in `Pace`."""
    return Limits(pace=Pace(per_second=PER_SECOND * divisor, share=share), room=room)
