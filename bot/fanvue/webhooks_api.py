"""Webhook subscriptions that are made through the API."""

from collections.abc import Sequence

from bot.fanvue.calls import ApiCaller
from bot.fanvue.figures import WebhookSecret, WebhookSubscription
from bot.fanvue.paging import page_of, rows_of
from bot.fanvue.rows import answer


class WebhooksApi:
    """Methods on `/webhooks/subscriptions`. A subscription cannot be changed: delete it and make another."""

    def __init__(self, caller: ApiCaller) -> None:
        self._caller = caller

    async def list(self) -> Sequence[WebhookSubscription]:
        """The subscriptions of this identity."""
        rows = rows_of(await self._caller.call(self._caller.road("subscriptions")))
        return page_of(WebhookSubscription, rows).rows

    async def create(self, url: str, events: Sequence[str]) -> WebhookSecret:
        """Subscribe. One event without its scope fails the whole call; the secret is shown this once."""
        body = {"url": url, "events": list(events)}
        return answer(WebhookSecret, await self._caller.call(self._caller.road("subscribe"), body=body))

    async def delete(self, subscription: str) -> None:
        await self._caller.call(self._caller.road("unsubscribe"), parts={"id": subscription})
