"""Builds what puts files into vaults."""

from dataclasses import dataclass
from random import Random

from bot.relay.ground import Ground
from bot.supervision import Duty
from bot.uploads.bodies import Body
from bot.uploads.carrying import Carrying
from bot.uploads.files import LocalFile
from bot.uploads.ports import Source, VaultPort
from bot.uploads.running import Running
from storage.uploads import Upload


@dataclass(frozen=True)
class Uploads:
    """The parts that the rest of the program speaks to."""

    carrying: Carrying
    running: Running

    def duty(self) -> Duty:
        """What must run for anything to be uploaded."""
        return self.running.duty()


def open_uploads(on: Ground, there: VaultPort, rng: Random) -> Uploads:
    """`there`: the vaults on Fanvue."""
    carrying = Carrying(
        database=on.database,
        there=there,
        sources=source_of,
        sealer=on.sealer,
        ids=on.effects.ids,
        trail=on.effects.trail,
        clock=on.clock,
        waits=on.waits,
        rng=rng,
    )
    running = Running(database=on.database, carrying=carrying, clock=on.clock, divisor=on.divisor)
    return Uploads(carrying, running)


def source_of(upload: Upload, body: Body) -> Source:
    """Where the bytes of an upload come from."""
    return LocalFile(body.where, size=upload.size, as_of=body.as_of)
