"""A desk's states: what is hidden, how things stand, what Fanvue tells of."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Sequence

from bot.model.ports import Post
from bot.relay.live_event_status import LiveEvent
from storage.records import DiscordId, EffectId, Link


class DeskHidden:
    """Every line hides something."""

    async def show(self, line: EffectId, channel: DiscordId) -> Post | str:
        return Post(body=(f"What {line} hides in {channel}.",))


class DeskLiveEvents:
    """Nobody knows of any."""

    async def of(self, link: Link) -> Sequence[LiveEvent]:
        return ()


class DeskUnsending:
    """Nothing was sent that could be taken back."""

    async def ask(self, ref: EffectId, channel: DiscordId) -> str:
        return "There is nothing to take back."

    async def unsend(self, ref: EffectId, actor: DiscordId, channel: DiscordId) -> str:
        return "There is nothing to take back."
