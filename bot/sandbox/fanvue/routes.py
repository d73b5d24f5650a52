"""All routes together, their creator twins, and what is not built yet."""

from collections.abc import Mapping

from bot.sandbox.fanvue import (
    routes_account,
    routes_chats,
    routes_earnings,
    routes_fans,
    routes_feed,
    routes_folders,
    routes_lists,
    routes_mass,
    routes_mass_changes,
    routes_media,
    routes_messages,
    routes_posts,
    routes_summary,
    routes_tracking,
    routes_uploads,
    routes_webhooks,
)
from bot.sandbox.fanvue.calls import ApiRoute
from bot.sandbox.fanvue.operations import OPERATIONS, CatalogueOperation
from bot.sandbox.fanvue.routes_webhooks import Probe


def all_routes(probe: Probe) -> Mapping[str, ApiRoute]:
    """Every route by method and path; a creator twin is the same route under its own path."""
    own: dict[str, ApiRoute] = {
        **routes_account.ROUTES,
        **routes_chats.ROUTES,
        **routes_messages.ROUTES,
        **routes_lists.ROUTES,
        **routes_fans.ROUTES,
        **routes_earnings.ROUTES,
        **routes_summary.ROUTES,
        **routes_folders.ROUTES,
        **routes_media.ROUTES,
        **routes_uploads.ROUTES,
        **routes_posts.ROUTES,
        **routes_feed.ROUTES,
        **routes_tracking.ROUTES,
        **routes_mass.ROUTES,
        **routes_mass_changes.ROUTES,
        **routes_webhooks.routes(probe),
    }
    twins = {
        operation.key: own[operation.twin_of]
        for operation in OPERATIONS
        if operation.twin_of is not None and operation.twin_of in own
    }
    return own | twins


def not_yet() -> list[CatalogueOperation]:
    """The operations of the contract that answer 501, because nothing honest stands behind them."""

    async def nobody(_: str) -> bool:
        return False

    built = all_routes(nobody)
    return [operation for operation in OPERATIONS if operation.key not in built]
