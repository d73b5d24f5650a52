"""What /settings says of prices: a row for each role that can have limits."""

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.access.roles import TeamRole
from bot.features.inbox.pricing.rules import may_limit
from bot.features.inbox.pricing.texts import in_words
from bot.features.operations.settings.model import (
    SETTING_ROWS,
    SettingGroup,
    SettingRow,
    SettingValue,
    SettingWay,
    creator_of,
)
from bot.model.language import msgid, tr
from storage.database import Transaction
from storage.inbox import price_limits

_TITLES = {
    TeamRole.CHATTER: msgid("Price limits: chatter"),
    TeamRole.MANAGER: msgid("Price limits: manager"),
    TeamRole.TRAINEE: msgid("Price limits: trainee"),
    TeamRole.VIEWER: msgid("Price limits: viewer"),
}
_ASKED = ("floor", "ceiling", "usual_from", "usual_to")


def _value_of(role: TeamRole) -> SettingValue:
    async def value(tx: Transaction, permit: Permit) -> str:
        if permit.actor.guild is None:
            return ""
        kept = await price_limits.of_server(tx, creator_of(permit), permit.actor.guild)
        held = kept.get(role)
        said = tr("No limits of its own: those of the next role above.") if held is None else in_words(held)
        yours = may_limit(permit.standing, role)
        return said if yours else tr("{limits} Only roles above this one change it.", limits=said)

    return value


def _row(role: TeamRole, title: str) -> SettingRow:
    way = SettingWay("/money price limits", _ASKED, {"role": role.value})
    return SettingRow(
        f"price_{role.value}", SettingGroup.PRICES, title, _value_of(role), Action.PRICE_SHOW, (way,)
    )


ROWS = tuple(SETTING_ROWS.of(_row(role, title)) for role, title in _TITLES.items())
