"""A share in tens of percent, told where it gives no number away (pure)."""

from bot.model.language import tr

# With fewer, a share in tens can give a number away: of 20, "about 10%" can only be two.
LEAST = 21


def in_tens(part: int, whole: int) -> str | None:
    """The share of `whole`, for people who see figures in ranges; None: there are too few to say."""
    if whole < LEAST:
        return None
    return tr("about {percent}%", percent=round(10 * part / whole) * 10)
