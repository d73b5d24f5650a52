"""The name of a file on its way, as far as it can be read."""

from bot.features.publishing.uploads import bodies
from bot.model.errors import SealDamaged
from bot.model.language import tr
from bot.model.ports import Sealer
from storage.publishing.uploads import UploadRecord


def name_of(sealer: Sealer, upload: UploadRecord) -> str:
    try:
        return bodies.opened(sealer, upload).filename
    except SealDamaged:
        return tr("a file whose name is damaged")
