"""`MassLimits` of a desk: whatever is typed holds."""

# ruff: noqa: ARG002 - the signatures are the ports'; a desk needs less than the real thing

from bot.access.permits import Permit


class DeskMassLimits:
    """Limits that nobody keeps."""

    async def limit(self, permit: Permit, typed_above: str | None) -> str:
        return f"Typed above: {typed_above}."
