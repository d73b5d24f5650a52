"""Alerts of a few seconds share one message: which do, and what it says.

What a message shows is read from the database each time, so an edit may be repeated at any time. Whether
an alert joins depends on when it was decided, not on when it is carried out: a repeat decides the same.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from bot.access.roles import MoneyView
from bot.engine.streams import anew_stream, creator_in, shares
from bot.features.operations.alerts import texts
from bot.features.operations.alerts.alert_body import AlertBody, unpack
from bot.features.operations.alerts.treatment_rules import Treated
from bot.model.errors import SealDamaged, TextErased
from bot.model.ports import Post
from bot.relay.alerts import SHOWN_ANEW
from bot.relay.context import Context
from bot.relay.late_edits import RepeatedEdit
from storage.database import Transaction
from storage.operations import alert_groups
from storage.records import CreatorId, Effect, Millis, Stream

_MOST = 500  # alerts that one edit adds; the others come with the next


@dataclass(frozen=True)
class AlertMessageGroup:
    """A message that takes more alerts in, and those that it shows, oldest first."""

    place: str
    lines: Sequence[Effect]

    @property
    def posted(self) -> Millis:
        return self.lines[0].settled_at or self.lines[0].created_at

    @property
    def newest(self) -> Millis:
        """The time of the last post or edit."""
        return max(line.settled_at or line.created_at for line in self.lines)


class AlertMessageGrouper:
    """`window`: from a message to the last alert that joins it; 0: none does."""

    def __init__(self, ctx: Context, *, window: Millis) -> None:
        self._ctx = ctx
        self.window = window
        self._pace = ctx.waits.board  # like the board, it is edited once in so long at most

    async def above(self, tx: Transaction, effect: Effect) -> AlertMessageGroup | None:
        """The message that an alert joins; None: it is one of its own."""
        before = await alert_groups.above(tx, effect) if self._shares(effect) else None
        if before is None or before.external_id is None:
            return None
        found = AlertMessageGroup(
            before.external_id, await alert_groups.sharing(tx, effect.stream, before.external_id)
        )
        return found if effect.created_at <= found.posted + self.window else None

    async def behind(
        self, tx: Transaction, effect: Effect, fold: AlertMessageGroup | None, now: Millis
    ) -> Sequence[Effect]:
        """Effects waiting behind it that can be shown with it."""
        if not self._shares(effect):
            return ()
        until = (now if fold is None else fold.posted) + self.window
        return await alert_groups.behind(tx, effect, until=until, now=now, limit=_MOST)

    def alike(self, body: Mapping[str, Any], more: Sequence[Effect], treated: Treated) -> Sequence[Effect]:
        """Those of them that are told as this one is."""
        own = treated(unpack(body).kind)
        return [one for one in more if treated(self._kind(one)) == own]

    def _kind(self, effect: Effect) -> str:
        with suppress(TextErased, SealDamaged):
            return unpack(self._ctx.effects.body(effect)).kind
        return ""

    def _shares(self, effect: Effect) -> bool:
        return self.window > 0 and shares(effect.stream)

    def rest(self, fold: AlertMessageGroup, now: Millis) -> Millis:
        """The wait until it may be edited again: so many come with one edit."""
        return max(fold.newest + self._pace - now, 0)

    def shown(self, lines: Sequence[Effect], money: MoneyView) -> Post:
        """The message. Raises TextErased where nothing of it is left."""
        read: list[tuple[str, AlertBody]] = []
        for line in lines:
            with suppress(TextErased, SealDamaged):  # a fan who was forgotten meanwhile
                read.append((line.id, unpack(self._ctx.effects.body(line))))
        if not read:
            raise TextErased
        if len(read) == 1:
            ref, told = read[0]
            return told.post(money, ref)
        fans = {line.fan for line in lines}
        return texts.folded(read, money, one_fan=len(fans) == 1 and None not in fans)


def anew(told: Stream, place: str) -> RepeatedEdit:
    """An edit to show an alert message of the stream `told` again."""
    own = anew_stream(CreatorId(creator_in(told)), place)
    return RepeatedEdit(SHOWN_ANEW, own, {"stream": told, "place": place})
