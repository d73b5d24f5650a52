"""The board: the newest mass messages as Fanvue has them, and what to choose from."""

import asyncio
from collections.abc import Sequence

from bot.access.roles import MoneyView
from bot.fanvue.models import MassMessageRow
from bot.features.money.charts.model import BarChart, described
from bot.features.money.periods.bands import shown_to
from bot.features.publishing.campaigns import comparison_texts, early_end_texts, texts
from bot.features.publishing.campaigns.end_proposal import CANCEL
from bot.features.publishing.campaigns.fanvue import FanvueCampaigns
from bot.features.publishing.campaigns.reader import READS, CampaignReader, Own
from bot.features.publishing.campaigns.status_rules import OUT, CampaignStatus, choices
from bot.features.publishing.proposals.model import ProposalRefused
from bot.model.errors import DeliveryFailed, TryLater
from bot.model.language import tr
from bot.model.ports import Picture, Post
from storage.records import CreatorId, EffectId, EffectState, Link, Millis

SHOWN = 10
_FRESH: Millis = 60_000  # the list is offered at every letter that is typed; previews always read anew
_MOST = 50  # creators whose list is remembered
_OFFERED = 25


class CampaignService:
    def __init__(self, reading: CampaignReader, fanvue: FanvueCampaigns) -> None:
        self._reading = reading
        self._fanvue = fanvue
        self._known: dict[CreatorId, tuple[Millis, Own, list[MassMessageRow]]] = {}

    async def show(self, link: Link, level: MoneyView) -> Post:
        """The last ten, side by side; `level`: how exactly the reader sees figures.

        Raises ProposalRefused.
        """
        rows = (await self._read(link))[:SHOWN]
        launched = await self._reading.launched(link.creator, [row.uuid for row in rows])
        drafted = await self._reading.drafted(link.creator, [row.uuid for row in rows])
        show = None if level is MoneyView.HIDDEN else shown_to(level)
        return texts.board(rows, launched, link.handle, show, drafted)

    async def compare(self, link: Link, level: MoneyView, *, last: int, figure: str) -> tuple[Post, Picture]:
        """The last ones that went out, side by side as a picture; `figure`: one of `comparing.FIGURES`.

        Raises ProposalRefused.
        """
        figure = comparison_texts.shown_figure(figure, level)
        rows = comparison_texts.compared(await self._read(link), figure, last)
        launched = await self._reading.launched(link.creator, [row.uuid for row in rows])
        zone = await self._reading.zone(link.creator)
        chart = comparison_texts.chart(rows, figure, level, link.handle, zone)
        post = comparison_texts.listed(rows, figure, level, link.handle, launched)
        return post, await asyncio.to_thread(_drawn, chart)

    async def like(self, link: Link, typed: str, how: str) -> Sequence[tuple[str, str]]:
        """The choices for the typed text, words and value; none when Fanvue does not tell.

        `how`: cancel, recall or change; only messages that allow it are offered.
        """
        fitting = OUT if how not in {CANCEL, "change"} else (CampaignStatus.SCHEDULED,)
        leaving = [] if how == "change" else await self._leaving(link.creator, typed, planned=how == CANCEL)
        try:
            return [*leaving, *choices(await self._rows(link.creator), typed, fitting)][:_OFFERED]
        except DeliveryFailed:
            return leaving

    async def planned(self, creators: Sequence[CreatorId]) -> list[Millis]:
        """When mass messages of these creators go out that were planned from here; Fanvue is not asked."""
        return sorted([at for creator in creators for at in await self._reading.planned(creator)])

    async def waits_here(self, creator: CreatorId, ref: EffectId) -> bool:
        """Whether the mass message of this effect has not left yet, so that it can simply be cancelled."""
        send = await self._reading.send(creator, ref)
        return send is not None and send.effect.state is EffectState.PENDING

    async def _leaving(self, creator: CreatorId, typed: str, *, planned: bool) -> list[tuple[str, str]]:
        return [
            early_end_texts.leaving_choice(one.content["text"], one.effect.id)
            for one in await self._reading.leaving(creator)
            if (one.content["at"] is not None) is planned
            and typed.strip().casefold() in (one.content["text"] or "").casefold()
        ]

    async def _read(self, link: Link) -> list[MassMessageRow]:
        self._reading.must_be_allowed(link, (READS,))
        try:
            return await self._fanvue.listed(link.creator, patient=True)
        except TryLater as later:
            sentence = (
                later.reason if later.paused else tr("We can't reach Fanvue right now. Try again soon.")
            )
            raise ProposalRefused(sentence) from later
        except DeliveryFailed as failed:
            raise ProposalRefused(failed.reason) from failed

    async def _rows(self, creator: CreatorId) -> list[MassMessageRow]:
        now, own = self._reading.now(), await self._reading.own(creator)
        read_at, known, rows = self._known.get(creator, (0, own, []))
        if now - read_at > _FRESH or own != known:  # what was done from here is never waited for
            if len(self._known) >= _MOST:
                self._known.clear()
            rows = await self._fanvue.listed(creator, patient=False)
            self._known[creator] = now, own, rows
        return rows


def _drawn(chart: BarChart) -> Picture:
    """Runs in a thread of its own."""
    from bot.features.money.charts.bars import draw  # noqa: PLC0415 - Pillow takes 50 ms to import, and few starts ever draw

    return Picture("campaigns.png", draw(chart), described(chart))
