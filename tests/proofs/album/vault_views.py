"""Views of the vault: folders, bundles, who had an item, files out of a message."""

from bot.sandbox.discord.model import StandInMessage, walk
from tests.proofs.album.album_scenario import AlbumScenario, AlbumView

PICK = "Pick"


async def _media(town: AlbumScenario, **options: str) -> AlbumView:
    return await town.slash(town.luna, town.lobby, "media browse", **options)


def _list(shot: AlbumView, begins: str) -> str:
    return next(one for one in shot.words.splitlines() if one.startswith(begins))


async def _picked(town: AlbumScenario, *begin: str, **options: str) -> AlbumView:
    shown = await _media(town, **options)
    return await town.choose(shown, _list(shown, PICK), *(_option(shown, one) for one in begin))


def _option(shot: AlbumView, words: str) -> str:
    lists = [one for one in walk(shot.there.components) if str(one.get("placeholder", "")).startswith(PICK)]
    return next(str(one["label"]) for one in lists[0]["options"] if words in one["label"])


async def vault_folder(town: AlbumScenario) -> AlbumView:
    """A folder of it."""
    return await _media(town, folder="Beach")


async def vault_folder_wrong(town: AlbumScenario) -> AlbumView:
    """A folder that is not there."""
    return await _media(town, folder="Winter")


async def vault_search(town: AlbumScenario) -> AlbumView:
    """Looked through by words and a kind."""
    return await _media(town, search="scenes", kind="video")


async def vault_nothing(town: AlbumScenario) -> AlbumView:
    """Nothing fits."""
    return await _media(town, search="unicorn")


async def vault_more(town: AlbumScenario) -> AlbumView:
    """The second page."""
    return await town.click(await _media(town), "▶")


async def vault_shown(town: AlbumScenario) -> AlbumView:
    """Two of a page, covered."""
    alerts = await town.slash(town.luna, town.alerts, "media browse", folder="Beach")
    lists = [
        one for one in walk(alerts.there.components) if str(one.get("placeholder", "")).startswith("Show")
    ]
    labels = [one["label"] for one in lists[0]["options"][:2]]
    return await town.choose(alerts, str(lists[0]["placeholder"]), *labels)


async def vault_picked(town: AlbumScenario) -> AlbumView:
    """Several are picked."""
    return await _picked(town, "Beach morning", "Beach noon", folder="Beach")


async def vault_picked_one(town: AlbumScenario) -> AlbumView:
    """One is picked."""
    return await _picked(town, "Beach evening", folder="Beach")


async def vault_picked_chatter(town: AlbumScenario) -> AlbumView:
    """What Mara sees, who keeps no bundles."""
    shown = await town.slash(town.mara, town.lobby, "media browse", folder="Beach")
    return await town.choose(shown, _list(shown, PICK), _option(shown, "Beach noon"))


async def bundle_form(town: AlbumScenario) -> AlbumView:
    """The window of a bundle."""
    _, shot = await town.form(await vault_picked(town), "Save as bundle")
    return shot


async def bundle_saved(town: AlbumScenario) -> AlbumView:
    """It is kept."""
    opened, _ = await town.form(await vault_picked(town), "Save as bundle")
    fields = {"name": "Beach, both", "price": "14", "text": "Both of the beach, only for you"}
    return await town.submit(town.luna, opened, **fields)


async def bundle_wrong(town: AlbumScenario) -> AlbumView:
    """A price that is none."""
    opened, _ = await town.form(await vault_picked(town), "Save as bundle")
    return await town.submit(town.luna, opened, name="Beach again", price="a lot", text="")


async def who_had_it(town: AlbumScenario) -> AlbumView:
    """Who had what is picked."""
    thread = (await town.card("kai.surf", "Chats with")).where
    beach = next(one for one in town.stage.fanvue.world.media.values() if one.name == "Beach noon")
    shown = await town.slash(
        town.luna, thread, "reply", text="the one from noon", price="8", media=str(beach.uuid)
    )
    for label in ("Send", "Send anyway"):
        if label in shown.words.splitlines():
            await town.click(shown, label)
    await town.line("kai.surf", "✓ Sent")
    return await town.click(await vault_picked(town), "Who had it")


async def who_had_nobody(town: AlbumScenario) -> AlbumView:
    """Nobody had another."""
    return await town.click(await vault_picked_one(town), "Who had it")


async def _files(town: AlbumScenario, **named: bytes) -> StandInMessage:
    files = {name.replace("_", "."): content for name, content in named.items()}
    return await town.luna.say(town.alerts, "new ones for the vault", files=files)


async def _added(town: AlbumScenario, message: StandInMessage) -> AlbumView:
    return await town.seen(await town.luna.menu(message, "Add to vault"))


async def add_to_vault(town: AlbumScenario) -> AlbumView:
    """Files of a message, on their way."""
    town.stage.fanvue.switches.upload_part_bytes = 1000
    town.stage.fanvue.faults.add("error_before", "PUT", "", status=503, count=None)
    return await _added(town, await _files(town, cliff_jpg=b"cliff" * 400, cave_mp4=b"cave" * 900))


async def add_to_vault_done(town: AlbumScenario) -> AlbumView:
    """They are there, and the message is gone."""
    shown = await _added(town, await _files(town, dune_jpg=b"dune" * 300, reef_mp4=b"reef" * 500))
    return await town.says(shown, "was deleted on Discord", 90)


async def add_to_vault_seen(town: AlbumScenario) -> AlbumView:
    """In a channel that everybody sees nothing is taken."""
    message = await town.luna.say(town.lobby, "look", files={"open.jpg": b"open" * 100})
    return await _added(town, message)


async def add_to_vault_bare(town: AlbumScenario) -> AlbumView:
    """A message without files."""
    return await _added(town, await town.luna.say(town.alerts, "only words"))


VIEWS = (
    vault_folder,
    vault_folder_wrong,
    vault_search,
    vault_nothing,
    vault_more,
    vault_shown,
    vault_picked,
    vault_picked_one,
    vault_picked_chatter,
    bundle_form,
    bundle_saved,
    bundle_wrong,
    who_had_it,
    who_had_nobody,
    add_to_vault,
    add_to_vault_done,
    add_to_vault_seen,
    add_to_vault_bare,
)
