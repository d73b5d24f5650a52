"""Makes the relay's waits, in milliseconds, out of the settings."""

from dataclasses import replace

from bot.engine.retry import RetryWaits
from bot.settings.model import Settings


def waits_of(settings: Settings) -> RetryWaits:
    """Every wait of the relay; those that no setting names have the length that the rules give them."""
    waits = settings.waits()
    return replace(
        RetryWaits().divided(settings.window_divisor),
        settle=tuple(_millis(step) for step in waits.settle),
        nonce=_millis(waits.nonce_window),
        backoff_max=_millis(waits.backoff_max),
        echo=_millis(waits.echo),
        unread=_millis(waits.unread),
        hold=_millis(waits.hold),
        sweep=_millis(waits.sweep),
        sweep_silent=_millis(waits.sweep_silent),
        silence=_millis(waits.silence),
        claim=_millis(waits.claim),
        board=_millis(waits.board),
        card_calm=_millis(waits.card_calm),
        board_calm=_millis(waits.board_calm),
        reply_line=_millis(waits.reply_line) if waits.reply_line else 0,
    )


def _millis(seconds: float) -> int:
    return max(int(seconds * 1000), 1)
