"""Makes the relay's waits, in milliseconds, out of the settings."""

from bot.config import Settings
from bot.relay.retry import Waits


def waits_of(settings: Settings) -> Waits:
    """Every wait of the relay; those that no setting names have the length that the rules give them."""
    waits, usual = settings.waits(), Waits().divided(settings.window_divisor)
    return Waits(
        settle=tuple(_millis(step) for step in waits.settle),
        nonce=_millis(waits.nonce_window),
        backoff_max=_millis(waits.backoff_max),
        paused=usual.paused,
        fetch=usual.fetch,
        echo=_millis(waits.echo),
        answer=usual.answer,
        breaker=usual.breaker,
        hold=_millis(waits.hold),
        calm=usual.calm,
        catch_up=usual.catch_up,
        late=usual.late,
        sweep=_millis(waits.sweep),
        sweep_silent=_millis(waits.sweep_silent),
        silence=_millis(waits.silence),
        full_sweep=usual.full_sweep,
    )


def _millis(seconds: float) -> int:
    return max(int(seconds * 1000), 1)
