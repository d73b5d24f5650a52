"""A process's times: between looks at its session, and until another is gone."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ShardTiming:
    """Seconds. Together short enough that a shard changes hands within ten."""

    look: float = 1.5  # between two looks, each of which renews what is held
    lease: float = (
        8.0  # a hold that is older is over; longer than a process pauses between two tries to connect
    )
    silent: float = 4.0  # a hold that was not renewed for so long may be over before, if its session ended

    def __post_init__(self) -> None:
        """Raises ValueError for a process that would lose its shards while it lives."""
        if not 2 * self.look < self.silent < self.lease:
            raise ValueError("a process must be able to miss one renewal")
