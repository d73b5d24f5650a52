"""Views that are what one command is answered with, where nobody else reads it."""

from collections.abc import Awaitable, Callable
from typing import Any

from tests.proofs.album.album_scenario import AlbumScenario, AlbumView


def answer(
    name: str, who: str, command: str, /, **options: Any
) -> Callable[[AlbumScenario], Awaitable[AlbumView]]:
    """The view of this name: `who` types this, outside of every thread."""

    async def view(town: AlbumScenario) -> AlbumView:
        return await town.slash(getattr(town, who), town.lobby, command, **options)

    view.__name__ = view.__qualname__ = name
    return view
