"""What /settings says of posts that get a thread."""

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.features.operations.settings.model import (
    SETTING_ROWS,
    SettingGroup,
    SettingRow,
    SettingWay,
    creator_of,
)
from bot.model.language import msgid, tr
from storage.database import Transaction
from storage.publishing import post_threads


async def _following(tx: Transaction, permit: Permit) -> str:
    if await post_threads.following(tx, creator_of(permit)) is None:
        return tr("Off: published posts get no thread.")
    return tr("On: each published post gets a thread with its likes and comments.")


ROWS = (
    SETTING_ROWS.of(
        SettingRow(
            "follow",
            SettingGroup.POSTS,
            msgid("Threads for posts"),
            _following,
            Action.POST_FOLLOW,
            (SettingWay("/post follow", ("posts",)),),
        )
    ),
)
