"""Which version this is: pyproject.toml says it, and nothing else does."""

from functools import cache
from pathlib import Path
from typing import Final

PROJECT: Final = "fanvue-discord-bridge"
_CHECKOUT: Final = Path(__file__).parents[2] / "pyproject.toml"  # of an installed one, nobody's


@cache
def version() -> str:
    """Of this checkout, or of what is installed."""
    import tomllib  # noqa: PLC0415 - most commands never ask
    from importlib import metadata  # noqa: PLC0415 - likewise

    if _CHECKOUT.is_file():
        project = tomllib.loads(_CHECKOUT.read_text(encoding="utf-8")).get("project", {})
        if project.get("name") == PROJECT:
            return str(project["version"])
    return metadata.version(PROJECT)
