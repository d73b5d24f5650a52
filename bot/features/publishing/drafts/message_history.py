"""The last mass messages to exactly the same lists, and what came of them."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from bot.access.roles import MoneyView
from bot.engine.streams import proposal_stream
from bot.fanvue.models import MassMessageRow
from bot.features.money.periods.bands import shown_to
from bot.features.publishing.campaigns.fanvue import FanvueCampaigns
from bot.features.publishing.mass_messages.audience import fans
from bot.model.errors import DeliveryFailed, SealDamaged, TextErased
from bot.model.language import tr
from bot.relay.context import Context
from bot.text.render import money
from bot.text.safe_text import in_quotes, one_line, safe
from storage.database import Transaction
from storage.engine import outbox
from storage.records import Cents, CreatorId, EffectState, Millis

SHOWN = 3
_FEATURE = "mass"
_BACK: Millis = 90 * 86_400_000
_WORDS = 30
_OUT = ("SENT", "SENDING")

Lists = frozenset[tuple[str, str]]
Audience = tuple[Lists, Lists]  # who gets it, who does not


@dataclass(frozen=True)
class PastMassMessage:
    """One that was confirmed here. `at`: when it went out, or was to."""

    message: str
    at: Millis
    text: str
    price: Cents


class PastMassMessages:
    """Past mass messages sent from here: Fanvue does not tell which lists the others went to."""

    def __init__(self, ctx: Context, there: FanvueCampaigns) -> None:
        self._there = there
        self._ctx = ctx

    async def told(self, creator: CreatorId, content: Mapping[str, Any], level: MoneyView) -> str:
        """The last three, a line each; "" where there are none, or Fanvue cannot be read.

        `content`: the proposed one.
        """
        audience = _audience(content)
        known = await self._ctx.database.read(lambda tx: self._to(tx, creator, audience))
        if not known:
            return ""
        try:
            rows = {row.uuid: row for row in await self._there.listed(creator, patient=False)}
        except DeliveryFailed:  # the preview does not wait for it
            return ""
        return words(known, rows, level)

    async def _to(self, tx: Transaction, creator: CreatorId, audience: Audience) -> list[PastMassMessage]:
        since = self._ctx.clock.now() - _BACK
        found: list[PastMassMessage] = []
        for effect in await outbox.in_stream(tx, proposal_stream(creator, _FEATURE), since=since):
            if effect.state is not EffectState.DONE or effect.external_id is None:
                continue
            with suppress(SealDamaged, TextErased):  # its texts are gone, and with them to whom it went
                body = self._ctx.effects.body(effect)["content"]
                if _audience(body) == audience:
                    at = body["at"] or effect.settled_at or effect.created_at
                    text, price = body.get("text") or "", body.get("price") or 0
                    found.append(PastMassMessage(str(effect.external_id), at, text, price))
        return sorted(found, key=lambda one: one.at, reverse=True)


def words(known: Sequence[PastMassMessage], rows: Mapping[str, MassMessageRow], level: MoneyView) -> str:
    """Those that fans have (pure). `level`: how exactly the reader sees figures."""
    out = [(one, rows[one.message]) for one in known if _is_out(rows.get(one.message))][:SHOWN]
    if not out:
        return ""
    head = (
        tr("**Last time to the same lists**")
        if len(out) == 1
        else tr("**The last {count} to the same lists**", count=len(out))
    )
    return "\n".join([head, *(_line(one, row, level) for one, row in out)])


def _line(one: PastMassMessage, row: MassMessageRow, level: MoneyView) -> str:
    at = row.published_at or one.at
    text, price = row.text or one.text, one.price if row.price is None else row.price
    first = one_line(text, _WORDS)
    words = in_quotes(f"{safe(first)}{'…' if len(text) > len(first) else ''}")
    parts = [f"<t:{at // 1000}:d> {words}"]
    if row.recipient_count is not None:
        parts.append(fans(row.recipient_count))
    if price:
        parts.append(f"🔒 {money(price)}")
    if price and row.purchase_count is not None and level is not MoneyView.HIDDEN:
        parts.append(tr("{count} bought", count=shown_to(level).number(row.purchase_count)))
    return " · ".join(parts)


def _is_out(row: MassMessageRow | None) -> bool:
    return row is not None and (row.status or "").upper() in _OUT


def _audience(content: Mapping[str, Any]) -> Audience:
    to, without = (frozenset((one["kind"], one["id"]) for one in content[side]) for side in ("to", "without"))
    return to, without
