"""Scenes of files on their way into a vault: each goes up once, whole."""

from collections import Counter
from collections.abc import Mapping

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInChannel
from tests.proofs.crashpoints.crashpoint_scenario import CrashpointScenario
from tests.proofs.crashpoints.scene import PATIENCE, CrashpointScene, begin_again, until_taken
from tests.proofs.soak.soak_scenario import SoakCreator

_PART = 1000
_PARTS = 3
_KNOWN = b"known to the vault"


async def _upload(bench: CrashpointScenario) -> None:
    """A file of several parts, which nobody has uploaded before."""
    house, words = bench.house(), bench.words()
    bench.town.fanvue.switches.upload_part_bytes = _PART
    content = (words * _PARTS * _PART).encode()[: _PARTS * _PART]

    async def ask() -> InteractionAnswer | None:
        file = (f"{words.split()[-1]}.jpg", content)
        answer = await house.owner.slash(house.guild, house.lobby, "media upload", file=file)
        await answer.done(PATIENCE)
        return answer if file[0].partition(".")[0] in answer.text else None

    answer = await until_taken(ask)
    await answer.until(lambda now: "is ready" in now.text or "was already in the vault" in now.text, PATIENCE)
    _once(bench)


async def _upload_unanswered(bench: CrashpointScenario) -> None:
    """The answers to beginning, a part and putting together are lost; each is looked up, or done again."""
    faults = bench.town.fanvue.faults
    faults.add("lose_answer", "POST", "/media/uploads$")
    faults.add("lose_answer", "PUT", "/_parts/.*/2$")
    faults.add("lose_answer", "PATCH", "/media/uploads/[^/]+$")
    await _upload(bench)


async def _there_already(bench: CrashpointScenario) -> None:
    """A file that the vault has."""
    house = bench.house()
    answer = await house.owner.slash(house.guild, house.lobby, "media upload", file=("known.jpg", _KNOWN))
    await answer.until(lambda now: "is ready" in now.text or "was already in the vault" in now.text, PATIENCE)


async def _add_to_vault(bench: CrashpointScenario) -> None:
    """A message with that file goes. The way up is another scene's: here nothing depends on its pace."""
    house, words = bench.house(), bench.words()
    name = words.split()[-1]
    message = await house.owner.say(_alerts(bench, house), words, files={f"{name}.jpg": _KNOWN})

    async def ask() -> InteractionAnswer | None:
        answer = await house.owner.menu(message, "Add to vault")
        await answer.done(PATIENCE)
        return answer if name in answer.text else None

    await until_taken(ask)
    await bench.town.discord.world.until(lambda: message.deleted, PATIENCE)
    _once(bench)


def _alerts(bench: CrashpointScenario, house: SoakCreator) -> StandInChannel:
    """The creator's own channel: only there a message is deleted."""
    known = (bench.town.discord.world.channels[one] for one in house.guild.channel_ids)
    return next(one for one in known if one.name.endswith("-alerts"))


async def _added(bench: CrashpointScenario) -> None:
    await begin_again(bench, _add_to_vault)


def _once(bench: CrashpointScenario) -> None:
    """No two items of the vault have the same bytes."""
    uploads = bench.town.fanvue.world.uploads.values()
    whole = [sorted(one.parts.items()) for one in uploads if one.finished]
    tags = Counter(tuple(part.etag for _number, part in parts) for parts in whole)
    assert all(often == 1 for often in tags.values()), "a file went up twice"


async def _finish(bench: CrashpointScenario) -> None:
    """Whose command met a dead bridge uploads another file; what was on its way ends by itself."""
    await begin_again(bench, _upload)


UPLOADS: Mapping[str, CrashpointScene] = {
    "upload": CrashpointScene(_upload, mend=_finish, reaches=("uploading",)),
    "Put a message's files into the vault, and delete it here": CrashpointScene(
        _add_to_vault, before=_there_already, mend=_added, reaches=("deed.upload.gone/",)
    ),
    "upload, unanswered": CrashpointScene(
        _upload_unanswered, mend=_finish, reaches=("commit/transfer_service.UploadTransferService._wait/",)
    ),
}
