"""Fixtures of scenarios that are opened in a folder of their own."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, TypeVar

import pytest

T = TypeVar("T")


def in_folder(opened: Callable[..., AbstractAsyncContextManager[T]], **options: Any) -> Any:
    """A fixture for each test: what `opened` opens in an empty folder, with these options."""

    @pytest.fixture
    async def scenario(tmp_path: Path) -> AsyncIterator[T]:
        async with opened(tmp_path, **options) as ready:
            yield ready

    return scenario
