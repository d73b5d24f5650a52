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
from bot.model.language import msgid, tr, tr_many
from storage.database import Transaction
from storage.inbox import routing_rules


async def _routing(tx: Transaction, permit: Permit) -> str:
    rules = await routing_rules.of_creator(tx, creator_of(permit))
    if not rules:
        return tr("No rules: every fan is offered to everyone.")
    if any(one.is_on for one in rules):
        return tr_many("{n} rule, on.", "{n} rules, on.", len(rules))
    return tr_many("{n} rule, switched off.", "{n} rules, switched off.", len(rules))


ROWS = (
    SETTING_ROWS.of(
        SettingRow(
            "routing",
            SettingGroup.INBOX,
            msgid("Who is offered a fan first"),
            _routing,
            Action.ROUTING,
            (
                SettingWay("/inbox routing", label=msgid("Show the rules")),
                SettingWay(
                    "/inbox routing",
                    ("when", "value", "offer_to", "minutes"),
                    label=msgid("Add a rule"),
                ),
            ),
        )
    ),
)
