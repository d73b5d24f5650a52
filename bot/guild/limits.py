"""What keeps calls within Discord's limits: a pace, and a count of refusals."""

from dataclasses import dataclass, field

from bot.guild.invalid import InvalidAnswers
from bot.guild.pace import PER_SECOND, Pace


@dataclass(frozen=True)
class Limits:
    """One of each for one bot."""

    pace: Pace = field(default_factory=Pace)
    invalid: InvalidAnswers = field(default_factory=InvalidAnswers)

    async def turn(self) -> None:
        """Return when a call may go out. Raises TryLater while none may."""
        self.invalid.check()
        await self.pace.turn()


def limits_for(divisor: float) -> Limits:
    """Limits for a Discord whose windows are shorter by this factor."""
    return Limits(pace=Pace(per_second=PER_SECOND * divisor))
