"""What a rule lets leave: what its owner and the key that drafted it both may."""

from collections.abc import Collection, Sequence

from bot.access.permits import Permit, Principal, authorize
from bot.access.policy import Action
from bot.features.operations.api_keys.key_rules import STANDINGS, role_of
from bot.features.operations.api_keys.service import is_valid
from bot.features.operations.draft_rules import texts
from bot.features.operations.draft_rules.model import DraftStays
from bot.model.language import tr
from storage.database import Transaction
from storage.people import api_keys
from storage.people.draft_rules import DraftRule
from storage.records import Cents, DiscordId, Millis


def needs_of(deed: Action, *, price: Cents | None, media: Collection[str]) -> Sequence[Action]:
    """All that a draft asks of the rights of whoever writes or sends it; `deed` comes first."""
    return (deed, *((Action.PRICE,) if price is not None else ()), *((Action.MEDIA,) if media else ()))


async def permit_by_rule(
    tx: Transaction, rule: DraftRule, key: str, needs: Sequence[Action], guild: DiscordId, *, now: Millis
) -> Permit:
    """The Yes to the first of these. `key`: the id of the one that drafted it. Raises DraftStays."""
    drafter = await api_keys.get(tx, key) if key else None
    if drafter is None or not is_valid(drafter, now):
        raise DraftStays(tr(texts.KEY_ENDED))
    ruling = Principal(rule.by, guild, own=STANDINGS[role_of(drafter.role)])
    permits = [await authorize(tx, ruling, action, rule.creator) for action in needs]
    found = [permit for permit in permits if permit is not None]
    if len(found) < len(permits):
        raise DraftStays(tr(texts.NOT_ALLOWED))
    return found[0]
