"""A mass message to many: the number of its recipients is typed before it is sent."""

from dataclasses import replace

from bot.broadcast_safety import wording
from bot.proposals.features import Content, Feature, Preview
from storage import mass_limits
from storage.database import Database
from storage.records import Link


class Counted:
    """The feature of mass messages, with the creator's limit looked up for each preview and each press."""

    def __init__(self, feature: Feature, *, database: Database) -> None:
        self._feature = feature
        self._database = database
        self.name, self.noun, self.done = feature.name, feature.noun, feature.done
        self.command, self.again = feature.command, feature.again

    async def preview(self, link: Link, content: Content) -> Preview:
        """The feature's own, with what has to be typed where that many people get it."""
        shown = await self._feature.preview(link, content)
        limits = await self._database.read(lambda tx: mass_limits.get(tx, link.creator))
        most: int | None = shown.seen["most"]
        if limits.typed_above is None or (most is not None and most <= limits.typed_above):
            return shown
        small = wording.small(most, limits.typed_above)
        return replace(
            shown,
            typed=wording.UNKNOWN if most is None else str(most),
            warning="\n".join(filter(None, (shown.warning, small))),
        )

    def holds(self, shown: Preview, now: Preview) -> bool:
        """As for the feature, and nobody is spared the typing that a press would need by now."""
        spared = shown.typed is None and now.typed is not None
        return not spared and self._feature.holds(shown, now)
