"""A typed price or typed media → cents and ids, exactly (pure)."""

import re
from decimal import Decimal

from bot.model.language import tr
from storage.records import Cents

_DOLLARS = re.compile(
    r"(?:(?:us)?\$)?\s*(\d{1,9}(?:[.,]\d{1,2})?)\s*(?:(?:us)?\$|usd|dollars?|d[oó]lar(?:es)?)?",
    re.IGNORECASE | re.ASCII,
)
_CENTS = re.compile(r"(\d{1,9})\s*(?:¢|ct|cents?)", re.IGNORECASE | re.ASCII)


class NotAPrice(ValueError):
    """Raised for what cannot be read as dollars; str() says how to write it."""


def cents_of(typed: str | None, otherwise: str | None = None) -> Cents | None:
    """`4.99`, `4,99 US$`, `$5` or `499 cents` as whole cents; None when nothing was typed.

    Raises NotAPrice, which ends with `otherwise`.
    """
    words = (typed or "").strip()
    if not words:
        return None
    if match := _CENTS.fullmatch(words):
        return int(match[1])
    if match := _DOLLARS.fullmatch(words):
        return int(Decimal(match[1].replace(",", ".")) * 100)
    raise NotAPrice(
        tr(
            # Translators: {so} is such as "Not sent."
            "“{typed}” is not a price. Write dollars, for example 4.99 or 5. {so}",
            typed=words[:20],
            so=tr("Not sent.") if otherwise is None else otherwise,
        )
    )


def ids_of(typed: str | None) -> tuple[str, ...]:
    """The ids in a list separated by spaces, commas or lines; each once, in order."""
    return tuple(dict.fromkeys(re.split(r"[\s,;]+", typed.strip()))) if typed and typed.strip() else ()


def typed_of(price: Cents | None) -> str | None:
    """Whole cents as somebody would type them."""
    return None if price is None else f"{price // 100}.{price % 100:02d}"
