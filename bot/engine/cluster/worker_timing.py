"""A worker's times: between looks, and until another is gone."""

from dataclasses import dataclass


@dataclass(frozen=True)
class WorkerTiming:
    """Seconds. Notifications are hints: `poll` finds the truth."""

    poll: float = 0.25  # between two looks: for what is due, and for what was told in the middle of a look
    beat: float = 5.0  # between two signs of life of a worker
    gone: float = 20.0  # without one a worker is taken for dead, and its streams are drained by others
    sweep: float = 5.0  # between two looks for drains that nobody carries out
    patience: float = 5.0  # how long a worker waits for a connection
    told: bool = True  # listens; off where sessions are not its own (a pooler in transaction mode)

    def __post_init__(self) -> None:
        """Raises ValueError for a worker that would be taken for dead while it lives."""
        if self.gone < 2 * self.beat:
            raise ValueError("a worker must be able to miss one sign of life")
