"""The picker of a desk: every vault looks empty."""

from bot.features.publishing.picker.service import MediaPickerService, PickerScreen
from bot.model.ports import Post
from tests.discord.desk_answers import answering

_EMPTY = PickerScreen(Post(body=("The vault is empty.",)))


STAND_INS = answering(
    MediaPickerService,
    show=_EMPTY,
    toggle=_EMPTY,
    turn=_EMPTY,
    look_in=_EMPTY,
    take=_EMPTY,
    price=_EMPTY,
    write=_EMPTY,
    attach=None,
    preview=_EMPTY,
    clear=_EMPTY,
    trouble=None,
)
