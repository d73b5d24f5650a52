"""Views of the gallery over posts and templates, and of files for it."""

from tests.proofs.album.album_scenario import AlbumScenario, AlbumView

_FAN, _WORDS = "sam_k", "anything new for me tonight?"
_TEMPLATE = "Good night"


async def gallery_post_preview(town: AlbumScenario) -> AlbumView:
    """The preview of a post, in a channel where pictures may be shown."""
    thread = (await town.line(_FAN, _WORDS)).where
    return await town.slash(town.luna, thread, "post new", text="A new set, from the beach")


async def gallery_post(town: AlbumScenario) -> AlbumView:
    """The gallery over it."""
    return await town.click(await gallery_post_preview(town), "Media …")


async def gallery_post_chosen(town: AlbumScenario) -> AlbumView:
    """Two items, a price, and the preview again."""
    shot = await gallery_post(town)
    for label in ("3", "4"):
        shot = await town.click(shot, label)
    shot = await town.choose(shot, "Price: none", "1500")
    shot = await town.choose(shot, "Free preview, or take items out", "0")
    return await town.click(shot, "Done")


async def gallery_post_without_anything(town: AlbumScenario) -> AlbumView:
    """Nothing was typed and nothing chosen, in a channel without pictures."""
    return await town.click(await town.slash(town.luna, town.lobby, "post new"), "Done")


async def gallery_post_edit_chosen(town: AlbumScenario) -> AlbumView:
    """What becomes of a published post's media."""
    world = town.stage.fanvue.world
    post = world.post_as_creator(town.stage.creator, "Good morning from the pier")
    post.media = [one.uuid for one in world.media.values() if one.name == "Set 1"]
    thread = (await town.line(_FAN, _WORDS)).where
    shot = await town.slash(town.luna, thread, "post edit", post=post.uuid)
    return await town.click(await town.click(shot, "4"), "Done")


async def gallery_template_saved(town: AlbumScenario) -> AlbumView:
    """A template that was just written."""
    opened = await town.luna.slash(town.stage.guild, town.lobby, "template add")
    await opened.opened()
    return await town.submit(town.luna, opened, name=_TEMPLATE, text="Sleep well, {fan_name}")


async def gallery_template(town: AlbumScenario) -> AlbumView:
    """The gallery over a template."""
    thread = (await town.line(_FAN, _WORDS)).where
    shot = await town.slash(town.luna, thread, "template show", template=_TEMPLATE)
    return await town.click(await town.click(shot, "Media …"), "3")


async def gallery_template_with_media(town: AlbumScenario) -> AlbumView:
    """The template with what was chosen."""
    return await town.click(await gallery_template(town), "Save")


async def gallery_upload_window(town: AlbumScenario) -> AlbumView:
    """The window for files from the device."""
    return (await town.form(await gallery_post(town), "Upload …"))[1]


async def gallery_files_under_way(town: AlbumScenario) -> AlbumView:
    """Two files on their way into the vault for a post."""
    opened, _ = await town.form(await gallery_post(town), "Text …")
    files = [("sunset.jpg", b"sun" * 500), ("hello.mp3", b"hello" * 500)]
    shot = await town.submit(town.luna, opened, text="From my phone", files=files)
    return await town.says(shot, "is ready")


async def gallery_file_waits(town: AlbumScenario) -> AlbumView:
    """A post whose file Fanvue is not done with."""
    town.stage.fanvue.switches.processing_seconds = 3600.0
    opened, _ = await town.form(await gallery_post(town), "Upload …")
    shot = await town.submit(town.luna, opened, files=[("slow.jpg", b"slow" * 500)])
    shot = await town.click(await town.says(shot, "Fanvue is processing it"), "Go on")
    town.stage.fanvue.switches.processing_seconds = 0.0
    return await town.click(shot, "Done")


async def gallery_mass_window(town: AlbumScenario) -> AlbumView:
    """The text of a mass message, with files beside it."""
    shot = await town.slash(town.luna, town.lobby, "mass new")
    if "Start over" in shot.words:
        shot = await town.click(shot, "Start over")
    return (await town.form(shot, "Write"))[1]


async def gallery_suggested_post(town: AlbumScenario) -> AlbumView:
    """A suggested post, as a manager sees it."""
    shot = await town.slash(town.mara, town.lobby, "post new", text="May I post this?")
    await town.click(shot, "Ask for approval", town.mara)
    return await town.slash(town.luna, town.lobby, "post review")


async def gallery_of_suggested_post(town: AlbumScenario) -> AlbumView:
    """The gallery over it."""
    return await town.click(await gallery_suggested_post(town), "Media …")


async def voice_note_too_large(town: AlbumScenario) -> AlbumView:
    """A voice note of 200 MiB, from the reply window."""
    town.luna.user.largest_file = 500 * 1024 * 1024
    await town.form(await town.line(_FAN, _WORDS), "Reply")  # Mara answers this fan
    asked = await town.click(await town.line(_FAN, _WORDS, town.luna), "Reply")
    opened, _ = await town.form(asked, "Answer anyway")
    files = [("song.wav", bytes(200 * 1024 * 1024))]
    return await town.submit(town.luna, opened, text="Hear me", files=files)


VIEWS = (
    gallery_post_preview,
    gallery_post,
    gallery_post_chosen,
    gallery_post_without_anything,
    gallery_post_edit_chosen,
    gallery_template_saved,
    gallery_template,
    gallery_template_with_media,
    gallery_upload_window,
    gallery_files_under_way,
    gallery_file_waits,
    gallery_mass_window,
    gallery_suggested_post,
    gallery_of_suggested_post,
    voice_note_too_large,
)
