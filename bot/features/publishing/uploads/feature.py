"""Builds what puts files into vaults."""

from collections.abc import Callable, Mapping
from random import Random

from bot.discord.attachments import Attachments
from bot.engine.effect_handler import EffectHandler
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.people.accounts.clients import parts_of
from bot.features.publishing.media.service import MediaService
from bot.features.publishing.uploads.attachment_source import AttachmentSource, AttachmentsPort
from bot.features.publishing.uploads.bodies import UploadBody
from bot.features.publishing.uploads.effects import KIND, UploadCopyHandler, UploadCopyService
from bot.features.publishing.uploads.fanvue import FanvueUploadVault
from bot.features.publishing.uploads.local_files import LocalFile
from bot.features.publishing.uploads.notices import UploadProgressNotices
from bot.features.publishing.uploads.ports import Sources, UploadSource
from bot.features.publishing.uploads.service import UploadService
from bot.features.publishing.uploads.tasks import UploadRunner
from bot.features.publishing.uploads.transfer_service import UploadTransferService
from bot.relay.context import Context
from bot.relay.removal_port import RemovalPort
from storage.publishing.uploads import UploadRecord


class UploadsFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(
        self,
        on: Context,
        there: FanvueUploadVault,
        attachments: AttachmentsPort,
        rng: Random,
        *,
        ready: Callable[[], None],
        clears: bool,
    ) -> None:
        """`there`: the vaults on Fanvue; `attachments`: where Discord keeps files; `ready`: who shows vaults.

        `clears`: whether a message goes whose files are in the vault.
        """
        # One list of what is built and of what each is given, in the order in which they need one another.
        telling = UploadProgressNotices(on, clearing=UploadCopyService(on.effects, clears=clears))
        self.carrying = UploadTransferService(
            database=on.database,
            there=there,
            sources=sources_of(attachments),
            sealer=on.sealer,
            ids=on.effects.ids,
            trail=on.effects.trail,
            clock=on.clock,
            waits=on.waits,
            rng=rng,
            told=telling.changed,
            ready=ready,
        )
        self.asking = UploadService(on)
        self.running = UploadRunner(
            database=on.database, carrying=self.carrying, clock=on.clock, divisor=on.divisor
        )
        self.on = on
        self.there = there

    def handlers(self, discord: RemovalPort) -> Mapping[str, EffectHandler]:
        """The kind of effect that deletes a message whose files are in the vault."""
        handler = UploadCopyHandler(self.on, discord=discord, there=self.there)
        return {KIND: handler}


def sources_of(attachments: AttachmentsPort) -> Sources:
    """The sources of an upload's bytes."""

    def source(upload: UploadRecord, body: UploadBody) -> UploadSource:
        if body.attached:
            return AttachmentSource(attachments, body.where)
        return LocalFile(body.where, size=upload.size, as_of=body.as_of)

    return source


def build(ctx: FeatureContext) -> Feature:
    """Vaults that show what was uploaded hear of it."""
    store = parts_of(ctx.settings, ctx.fanvue.http)
    uploads = UploadsFeature(
        ctx,
        FanvueUploadVault(ctx.fanvue, ctx.identity, store),
        Attachments(ctx.session, api_url=ctx.settings.discord_api_url),
        ctx.rng,
        ready=ctx.get(MediaService).changed,
        clears=ctx.settings.delete_uploaded,
    )
    return Feature(
        name="uploads",
        services=(ctx.points.around("uploading", uploads.asking),),
        effects=lambda on: uploads.handlers(on.discord),
        tasks=(uploads.running.task(),),
    )
