"""A mass message to confirm: its lists looked up, its numbers read again."""

import json
from dataclasses import asdict
from zoneinfo import ZoneInfo

from bot.engine.streams import proposal_stream
from bot.features.publishing.mass_messages import texts
from bot.features.publishing.mass_messages.audience import FanList, MassMessageAudience, chosen, grew
from bot.features.publishing.mass_messages.fanvue import FanvueMassMessages
from bot.features.publishing.mass_messages.model import MassMessagePlan, outgoing, packed
from bot.features.publishing.proposals.model import Content, ProposalPreview, ProposalRefused, makes_new
from bot.model.language import msgid, tr
from bot.relay.carried_drafts import DRAFTED
from bot.relay.context import Context
from bot.text.safe_text import one_line, safe
from bot.text.time_zones import DEFAULT_ZONE, zone_of
from bot.text.typed_times import NO_ZONE, NotATime, read_time, still_ahead
from storage.engine import outbox
from storage.money import digests
from storage.records import CreatorId, EffectState, Link, Millis

NEEDED = ("read:chat", "write:chat", "read:fan")
_MOST = 10  # lists on either side: the preview must show them all
_DAY: Millis = 86_400_000
_NEVER = (EffectState.REJECTED, EffectState.CANCELLED)
_TWICE = msgid("You already confirmed the same message to the same lists, <t:{at}:R>.")


class MassMessageProposal:
    """The feature `mass`."""

    name, noun, done = "mass", msgid("Mass message"), msgid("sent")
    command, again = "/mass new", makes_new("/mass new")

    def __init__(self, ctx: Context, *, fanvue: FanvueMassMessages) -> None:
        self._fanvue = fanvue
        self._ctx = ctx

    async def preview(self, link: Link, content: Content) -> ProposalPreview:
        """Look the lists up, and their sizes."""
        _must_be_allowed(link)
        zone, chosen_zone = await self._zone(link.creator)
        at = self._time(content, zone)
        known = await self._fanvue.lists(link.creator, patient=True)
        audience = MassMessageAudience(chosen(known, content["to"]), chosen(known, content["without"]))
        _must_reach_somebody(audience)
        broadcast = MassMessagePlan(outgoing(content), audience, at)
        carried = {**packed(broadcast), **({DRAFTED: content[DRAFTED]} if DRAFTED in content else {})}
        notes = [tr(texts.COUNTED)]
        if audience.without:
            notes.append(tr(texts.PLANNED_AHEAD))
        if at is not None and not chosen_zone:
            notes.insert(0, tr(NO_ZONE))
        body = texts.body(broadcast, now=self._ctx.clock.now(), zone=zone)
        before = await self._same(link.creator, carried)
        if before:
            body = (f"⚠️ **{tr(_TWICE, at=before // 1000)}**", *body)
        return ProposalPreview(
            content=carried,
            title=texts.title(link),
            body=body,
            confirm=texts.button(audience, at),
            seen={"most": audience.most},
            warning="\n".join(notes),
            undo=texts.undo(at),
            asks=before is not None or audience.most is None,
        )

    def holds(self, shown: ProposalPreview, now: ProposalPreview) -> bool:
        """Nobody's message goes to noticeably more people than the number that was shown (C11)."""
        return not grew(shown.seen["most"], now.seen["most"])

    def _time(self, content: Content, zone: ZoneInfo) -> Millis | None:
        if "at" in content:  # it was read for an earlier preview
            at: Millis | None = content["at"]
            if not still_ahead(at, self._ctx.clock.now()):
                raise ProposalRefused(tr("The planned time has passed. Not sent: run /mass new again."))
            return at
        try:
            return read_time(content.get("when"), self._ctx.clock.now(), zone)
        except NotATime as wrong:
            raise ProposalRefused(tr("{wrong} Not sent.", wrong=wrong)) from wrong

    async def _zone(self, creator: CreatorId) -> tuple[ZoneInfo, bool]:
        name = await self._ctx.database.read(lambda tx: digests.zone(tx, creator))
        return zone_of(name or DEFAULT_ZONE), name is not None

    async def _same(self, creator: CreatorId, content: Content) -> Millis | None:
        """The time the same was confirmed within a day (R10); one that never went out is ignored."""
        since = self._ctx.clock.now() - _DAY
        stream = proposal_stream(creator, self.name)
        made = await self._ctx.database.read(lambda tx: outbox.in_stream(tx, stream, since=since))
        fingerprint = _fingerprint(content)
        for effect in reversed(made):
            if effect.state in _NEVER:
                continue
            if _fingerprint(self._ctx.effects.body(effect)["content"]) == fingerprint:
                return effect.created_at
        return None


def _must_be_allowed(link: Link) -> None:
    lacking = [scope for scope in NEEDED if scope not in link.scopes.split()]
    if lacking:
        raise ProposalRefused(
            tr(
                "Mass messages need a permission that Fanvue has not given us: {lacking}. Connect "
                "again with /link and allow it, then run /mass new again. Not sent.",
                lacking=" ".join(lacking),
            )
        )


def _must_reach_somebody(audience: MassMessageAudience) -> None:
    if not audience.to:
        raise ProposalRefused(tr("Choose at least one list under `to:`. Not sent."))
    if max(len(audience.to), len(audience.without)) > _MOST:
        raise ProposalRefused(
            tr("That is more than {most} lists. Not sent: put the fans into fewer.", most=_MOST)
        )
    if both := [one for one in audience.to if one in audience.without]:
        raise ProposalRefused(tr("{names}: both under `to:` and `except:`. Not sent.", names=_names(both)))
    if audience.most == 0:
        raise ProposalRefused(tr("Nobody is on the chosen lists right now, so there is nothing to send."))


def _names(lists: list[FanList]) -> str:
    return ", ".join(safe(one_line(one.name, 60)) for one in lists)


def _fingerprint(content: Content) -> str:
    lists = {side: sorted(one["id"] for one in content[side]) for side in ("to", "without")}
    return json.dumps({**asdict(outgoing(content)), **lists}, sort_keys=True)
