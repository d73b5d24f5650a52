"""A creator's tracking links: listed, made, deleted, and who came by one."""

from bot.fanvue.calls import ApiCaller
from bot.fanvue.models import UserRow
from bot.fanvue.paging import Pages
from bot.fanvue.rows import At, FanvueRow, Money, Text, answer


class LinkEngagement(FanvueRow):
    acquired_subscribers: int | None = None
    acquired_followers: int | None = None


class LinkEarnings(FanvueRow):
    """Payments of those whom a link brought."""

    total_gross: Money = None
    total_net: Money = None


class TrackingRow(FanvueRow):
    """A tracking link; which platforms there are is Fanvue's to say."""

    essential = frozenset({"uuid"})
    uuid: str
    name: Text | None = None
    link_url: str | None = None
    external_social_platform: Text | None = None
    created_at: At = None
    clicks: int | None = None
    engagement: LinkEngagement | None = None
    earnings: LinkEarnings | None = None


class TrackingApi:
    """Methods on `/tracking-links`. None knows an Idempotency-Key: after Unclear only the list tells."""

    def __init__(self, caller: ApiCaller) -> None:
        self._caller = caller

    def list(self) -> Pages[TrackingRow]:
        """All of them, in Fanvue's order."""
        return self._caller.pages("tracking_links", TrackingRow)

    async def create(self, name: str, platform: str) -> TrackingRow:
        """Make one. Two calls make two, even of the same name."""
        body = {"name": name, "externalSocialPlatform": platform}
        made = await self._caller.call(self._caller.road("create_link"), body=body)
        return answer(TrackingRow, made)

    async def delete(self, link: str) -> None:
        await self._caller.call(self._caller.road("delete_link"), parts={"uuid": link})

    def users(self, link: str) -> Pages[UserRow]:
        """List its users, in Fanvue's order."""
        return self._caller.pages("link_users", UserRow, parts={"uuid": link})
