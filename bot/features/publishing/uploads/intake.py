"""Takes files on to be uploaded: once each, and the same one again goes on."""

from dataclasses import replace

from storage.database import Transaction
from storage.publishing import uploads
from storage.publishing.uploads import OVER, UploadRecord, UploadState
from storage.records import Millis


async def take(tx: Transaction, new: UploadRecord) -> UploadRecord:
    """It is to go up. One that is under way stays so; one that ended goes on, or begins again."""
    if await uploads.add(tx, new):
        return replace(new, changed=new.made)
    known = await uploads.get(tx, new.id)
    assert known is not None, "it is there, or it would have been added"
    await uploads.call(tx, new.id, new.body)  # what was said last holds: another folder, perhaps
    known = replace(known, body=new.body)
    if known.state not in OVER:
        return known
    again = resumed(known, new.made)
    await uploads.change(tx, known, again)
    return again


def resumed(known: UploadRecord, now: Millis) -> UploadRecord:
    """One that has ended, as it goes on (pure). Parts that are at Fanvue are not sent again."""
    fresh = replace(known, changed=now, due=0, tries=0, rounds=0, why=None, known=False)
    if known.state is not UploadState.DONE and known.upload is not None:
        return replace(fresh, state=UploadState.SENDING)
    return replace(fresh, state=UploadState.WAITING, media=None, upload=None, part_size=None, etags=())
