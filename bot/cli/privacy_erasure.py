"""The command `privacy erase`: has the bridge erase everything of a creator."""

from bot.engine.clock import SystemClock
from bot.features.people.privacy.erasure_texts import operator_asked, operator_begun, operator_told
from bot.settings.model import Settings
from storage.database import Transaction
from storage.engine.connect import site_of
from storage.errors import StorageError
from storage.people import creator_wipe, creators, data_export, erasure_places, erasures, retention
from storage.people.erasures import ErasureStep

NOTHING = 1


def erase(settings: Settings, *, creator: str, confirm: str | None) -> tuple[int, str]:
    """Begin it, running bridge or not, if `confirm` is the handle; the exit code, and what to print.

    Without `confirm` nothing is changed: it says what would be erased or, where it has begun, how far it is.
    """

    async def work(tx: Transaction) -> tuple[int, str]:
        found = await data_export.creators_named(tx, creator.strip().lstrip("@"))
        if len(found) != 1:
            return NOTHING, f"There is no creator {creator} here." if not found else f"Several are {creator}."
        known = await creators.get(tx, found[0])
        assert known is not None, "it was found by its row"
        erasure = await erasures.of(tx, known.id)
        if erasure is not None:
            return 0, operator_told(erasure, await erasure_places.left_to_take(tx, known.id))
        if confirm is None:
            terms = await retention.terms(tx, known.id)
            return NOTHING, operator_asked(known.handle, await creator_wipe.counts(tx, known.id), terms)
        if confirm.strip().lstrip("@").casefold() != known.handle.casefold():
            return NOTHING, f"{confirm} is not the handle {known.handle}, so nothing was erased."
        now = SystemClock().now()
        await erasures.begin(tx, known.id, by=None, command=None, step=ErasureStep.ASKED, now=now)
        return 0, operator_begun(known.handle)

    try:
        with site_of(settings.database_url).guest() as guest:
            return guest.write(work)
    except StorageError as error:
        return NOTHING, str(error)
