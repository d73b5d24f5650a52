"""The section of a creator's vault, with signed addresses of the forms asked for."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from bot.access.roles import MoneyView
from bot.fanvue.figures import MediaRow, MediaVariantRow
from bot.features.operations.creator_context.amounts import amount_or_none
from bot.features.operations.creator_context.model import ContextMedia, MediaAddress, MediaSection
from bot.features.operations.creator_context.model_parts import moment_or_none
from bot.features.operations.creator_context.request_rules import ContextRequest, MediaForm
from bot.features.publishing.media.fanvue import READY, FanvueVault, VaultQuery
from bot.features.publishing.media.shelves import matches
from bot.text.safe_text import one_line
from storage.records import Link

NAME, CAPTION = 200, 2_000  # letters
_PAGES: Final = 20  # that are read at most for one section


class MediaSectionReader:
    """Raises VaultUnavailable, or what the token source raises."""

    def __init__(self, vault: FanvueVault) -> None:
        self._vault = vault

    async def read(self, link: Link, request: ContextRequest) -> MediaSection:
        """The newest items that can be sent; their addresses are fetched last, so that they live longest."""
        rows, complete = await self._rows(link, request)
        given = rows
        if request.forms and rows:
            found = await self._vault.items(link, [row.uuid for row in rows], request.forms)
            given = [found.get(row.uuid, row) for row in rows]
        items = [_item(row, full.variants, request.forms) for row, full in zip(rows, given, strict=True)]
        return MediaSection(items=items, complete=complete)

    async def _rows(self, link: Link, request: ContextRequest) -> tuple[Sequence[MediaRow], bool]:
        rows: list[MediaRow] = []
        most = request.most
        page = await self._vault.page(link, VaultQuery(), None)
        for _ in range(_PAGES):
            sent = [row for row in page.rows if row.status in {READY, None}]
            rows += [row for row in sent if matches(row, request.search)]
            if page.next is None or len(rows) > most:
                break
            page = await self._vault.page(link, VaultQuery(), page.next)
        return rows[:most], page.next is None and len(rows) <= most


def _item(
    row: MediaRow, variants: Iterable[MediaVariantRow] | None, forms: Sequence[MediaForm]
) -> ContextMedia:
    return ContextMedia(
        id=row.uuid,
        name=None if row.name is None else one_line(row.name, NAME),
        type=row.media_type,
        description=None if row.caption is None else one_line(row.caption, CAPTION),
        created_at=moment_or_none(row.created_at),
        # What the creator asks for it is no figure of their earnings: everybody who may send it sees it.
        recommended_price=amount_or_none(row.recommended_price, None, MoneyView.EXACT),
        addresses=_addresses(variants or (), forms),
    )


def _addresses(variants: Iterable[MediaVariantRow], forms: Sequence[MediaForm]) -> Mapping[str, MediaAddress]:
    return {
        one.variant_type: MediaAddress(
            url=one.url, width=one.width, height=one.height, length_ms=one.length_ms
        )
        for one in variants
        if one.url and one.variant_type in set(forms)
    }
