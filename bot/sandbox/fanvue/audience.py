"""Members of smart lists, and the chats that a filter keeps."""

from collections.abc import Callable
from datetime import timedelta

from bot.sandbox.fanvue.records import AccountRecord, FanBond
from bot.sandbox.fanvue.state import FanvueState

_RECENT = timedelta(days=7)
_BIG_SPENDER_CENTS = 5000
_TOP_SPENDER_CENTS = 10000

Test = Callable[[FanvueState, FanBond], bool]


def _renews(bond: FanBond) -> bool:
    return bond.subscribed and bond.subscription is not None and not bond.subscription.cancel_at_period_end


def _on_trial(bond: FanBond) -> bool:
    return bond.subscribed and bond.subscription is not None and bond.subscription.price == 0


def _expired(bond: FanBond) -> bool:
    return bond.first_subscribed_at is not None and not bond.subscribed


def _spent_much(state: FanvueState, bond: FanBond) -> bool:
    return state.spent(bond) > _BIG_SPENDER_CENTS


def _recent(state: FanvueState, bond: FanBond) -> bool:
    if not bond.subscribed or bond.subscription is None:
        return False
    return bond.subscription.created_at >= state.now() - _RECENT


def _has_tipped(state: FanvueState, bond: FanBond) -> bool:
    return any(paid.source == "tip" for paid in state.payments_of(bond.creator.uuid, bond.fan.uuid))


SMART_LISTS: dict[str, tuple[str, Test]] = {
    "subscribers": ("Subscribers", lambda _, bond: bond.subscribed),
    "auto_renewing": ("Auto-renewing", lambda _, bond: _renews(bond)),
    "non_renewing": ("Non-renewing", lambda _, bond: bond.subscribed and not _renews(bond)),
    "followers": ("Followers", lambda _, bond: is_follower(bond)),
    "free_trial_subscribers": ("Free trial subscribers", lambda _, bond: _on_trial(bond)),
    "expired_subscribers": ("Expired subscribers", lambda _, bond: _expired(bond)),
    "spent_more_than_50": ("Spent more than $50", _spent_much),
    "muted": ("Muted", lambda _, bond: bond.muted),
    "creators": ("Creators", lambda _, bond: bond.fan.is_creator),
}

V0_SMART_LISTS = tuple(name for name in SMART_LISTS if name != "creators")

OPEN_FILTERS: dict[str, Test] = {
    "unread": lambda _, bond: bond.unread > 0 or bond.marked_unread,
    "online": lambda _, bond: bond.fan.online,
    # Nobody here is subscribed to by the creator whose chats these are.
    "subscribed_to": lambda _, __: False,
    "not_muted": lambda _, bond: not bond.muted,
    "archived": lambda _, bond: bond.archived,
}
CREATOR_FILTERS: dict[str, Test] = {
    "subscribers": lambda _, bond: bond.subscribed,
    "followers": lambda _, bond: is_follower(bond),
    "recent_subscribers": _recent,
    "not_answered": lambda _, bond: bool(bond.listed) and bond.listed[-1].from_fan,
    "spent_more_than_50": _spent_much,
    "on_free_trial": lambda _, bond: _on_trial(bond),
    "has_tipped": _has_tipped,
    "spenders": lambda state, bond: state.spent(bond) > 0,
    "exclude_creators": lambda _, bond: not bond.fan.is_creator,
}


def members(state: FanvueState, creator: AccountRecord, name: str) -> list[FanBond]:
    """Everyone in this smart list of this creator."""
    _, test = SMART_LISTS[name]
    return [bond for bond in state.bonds_of(creator.uuid) if test(state, bond)]


def status(bond: FanBond) -> str:
    """The word of the fan insights for what this fan is."""
    if bond.blocked or bond.fan.deleted:
        return "not_contactable"
    if bond.subscribed:
        return "subscriber"
    return "expired" if bond.first_subscribed_at is not None else "follower"


def is_follower(bond: FanBond) -> bool:
    """Followers leave out active subscribers."""
    return bond.followed_at is not None and not bond.subscribed


def is_top_spender(state: FanvueState, bond: FanBond) -> bool:
    """Fanvue's rule is not documented; here it is a hundred dollars."""
    return state.spent(bond) >= _TOP_SPENDER_CENTS
