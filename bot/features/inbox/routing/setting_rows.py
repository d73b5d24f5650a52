"""What /settings says of who is offered a fan first."""

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.features.operations.settings.model import (
    SETTING_ROWS,
    SettingGroup,
    SettingRow,
    SettingWay,
    creator_of,
)
from storage.database import Transaction
from storage.inbox import routing_rules


async def _routing(tx: Transaction, permit: Permit) -> str:
    rules = await routing_rules.of_creator(tx, creator_of(permit))
    if not rules:
        return "No rules: every fan is offered to everyone."
    count = f"{len(rules)} rule{'' if len(rules) == 1 else 's'}"
    return f"{count}, on." if any(one.is_on for one in rules) else f"{count}, switched off."


ROWS = (
    SETTING_ROWS.of(
        SettingRow(
            "routing",
            SettingGroup.INBOX,
            "Who is offered a fan first",
            _routing,
            Action.ROUTING,
            (
                SettingWay("/inbox routing", label="Show the rules"),
                SettingWay("/inbox routing", ("when", "value", "offer_to", "minutes"), label="Add a rule"),
            ),
        )
    ),
)
