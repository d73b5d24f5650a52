"""Builds what puts files into vaults."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from bot.engine.effect_handler import EffectHandler
from bot.engine.supervision import BackgroundTask
from bot.relay.context import Context
from bot.relay.removal_port import RemovalPort
from bot.uploads.asking import Asking
from bot.uploads.attached import Attached, AttachmentsPort
from bot.uploads.bodies import Body
from bot.uploads.carrying import Carrying
from bot.uploads.clearing import KIND, Clearing, TakeCopy
from bot.uploads.files import LocalFile
from bot.uploads.ports import Source, Sources, VaultPort
from bot.uploads.running import Running
from bot.uploads.telling import Telling
from storage.publishing.uploads import UploadRecord


@dataclass(frozen=True)
class Uploads:
    """The parts that the rest of the program speaks to."""

    on: Context
    there: VaultPort
    asking: Asking
    carrying: Carrying
    running: Running

    def deeds(self, discord: RemovalPort) -> Mapping[str, EffectHandler]:
        """The kind of effect that deletes a message whose files are in the vault."""
        on = self.on
        deed = TakeCopy(
            database=on.database,
            discord=discord,
            there=self.there,
            commands=on.commands,
            sealer=on.sealer,
            trail=on.effects.trail,
        )
        return {KIND: deed}

    def duty(self) -> BackgroundTask:
        """What must run for anything to be uploaded."""
        return self.running.duty()


def open_uploads(
    on: Context,
    there: VaultPort,
    attachments: AttachmentsPort,
    rng: Random,
    *,
    ready: Callable[[], None],
    clears: bool,
) -> Uploads:
    """`there`: the vaults on Fanvue; `attachments`: where Discord keeps files; `ready`: who shows vaults.

    `clears`: whether a message goes whose files are in the vault.
    """
    # One list of what is built and of what each is given, in the order in which they need one another.
    telling = Telling(
        commands=on.commands,
        sealer=on.sealer,
        clock=on.clock,
        ids=on.ids,
        divisor=on.divisor,
        clearing=Clearing(on.effects, clears=clears),
    )
    carrying = Carrying(
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
    asking = Asking(
        database=on.database,
        commands=on.commands,
        sealer=on.sealer,
        ids=on.effects.ids,
        trail=on.effects.trail,
        clock=on.clock,
    )
    running = Running(database=on.database, carrying=carrying, clock=on.clock, divisor=on.divisor)
    return Uploads(on, there, asking, carrying, running)


def sources_of(attachments: AttachmentsPort) -> Sources:
    """Where the bytes of an upload come from."""

    def source(upload: UploadRecord, body: Body) -> Source:
        if body.attached:
            return Attached(attachments, body.where)
        return LocalFile(body.where, size=upload.size, as_of=body.as_of)

    return source
