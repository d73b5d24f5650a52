"""Views of the gallery over a post and over a template."""

from tests.proofs.album.album_scenario import AlbumScenario, AlbumView

_FAN, _WORDS = "sam_k", "anything new for me tonight?"
_TEMPLATE = "Good night"


async def gallery_post_preview(town: AlbumScenario) -> AlbumView:
    """The preview of a post, in a channel where pictures may be shown."""
    thread = (await town.line(_FAN, _WORDS)).where
    return await town.slash(town.luna, thread, "post", text="A new set, from the beach")


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
    return await town.click(await town.slash(town.luna, town.lobby, "post"), "Done")


async def gallery_post_edit_chosen(town: AlbumScenario) -> AlbumView:
    """What becomes of a published post's media."""
    world = town.stage.fanvue.world
    post = world.post_as_creator(town.stage.creator, "Good morning from the pier")
    post.media = [one.uuid for one in world.media.values() if one.name == "Set 1"]
    thread = (await town.line(_FAN, _WORDS)).where
    shot = await town.slash(town.luna, thread, "posts edit", post=post.uuid)
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


async def voice_note_too_large(town: AlbumScenario) -> AlbumView:
    """A voice note of 200 MiB, from the reply window."""
    town.luna.user.largest_file = 500 * 1024 * 1024
    asked = await town.click(await town.line(_FAN, _WORDS, town.luna), "Reply")  # Mara answers this fan
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
    voice_note_too_large,
)
