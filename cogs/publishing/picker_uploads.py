"""Files from a window, on their way to the vault for what is put together."""

from collections.abc import Sequence
from dataclasses import replace

from bot.discord.answers import Said, wish_of
from bot.discord.asking import creator_of
from bot.discord.bridge import Asked, service
from bot.discord.typed_input import WindowFile
from bot.engine.commands import Commands
from bot.features.publishing.picker import texts
from bot.features.publishing.picker.model import PickerStep
from bot.features.publishing.picker.ports import CompositionPort
from bot.features.publishing.picker.service import MediaPickerService
from bot.features.publishing.uploads.kind_rules import UploadRefused
from bot.features.publishing.uploads.service import UploadNames, UploadService
from bot.features.publishing.uploads.target import UploadTarget
from bot.model.language import tr
from cogs.inbox.reply_views import may_upload


async def with_files(
    asked: Asked,
    port: CompositionPort,
    step: PickerStep,
    files: Sequence[WindowFile],
    *,
    text: str | None = None,
    back: str | None = None,
) -> Said:
    """How far they are, in place of the picker. `text`: typed beside them. `back`: the action of [Go on].

    Raises UploadRefused; then nothing of it was kept. What the composition refuses, it raises.
    """
    if not await may_upload(asked):
        raise UploadRefused(tr(texts.NO_UPLOAD))
    wish, uploads = wish_of(asked), service(asked, UploadService)
    assert wish is not None, "it was asked about"
    own = replace(wish, interaction=f"{wish.interaction}.files")  # the window is a wish of its own
    target = UploadTarget(step.ref, back or f"{port.prefix}.open", port.noun)
    staged = await uploads.stage(own, creator_of(asked), files, UploadNames(None, None), target=target)
    if staged is None:
        raise UploadRefused(tr(texts.TWICE))
    attached = False
    try:
        await service(asked, MediaPickerService).attach(port, step, staged, text)
        attached = True
    finally:
        if not attached:
            await service(asked, Commands).cancel(staged)
    return await uploads.accept(staged)
