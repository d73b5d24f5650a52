"""Where uv is, and the package index that this machine is set to use."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.architecture.source_tree import TOP

_SETTINGS = ("UV_CACHE_DIR", "UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_SYSTEM_CERTS", "SSL_CERT_FILE")
_AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")


def program(name: str) -> str:
    """`uv` or `uvx`, as `./run` brought them, else as they are on PATH. Raises FileNotFoundError."""
    found = shutil.which(name, path=f"{TOP / '.uv' / 'bin'}:{os.environ['PATH']}")
    if found is None:
        raise FileNotFoundError(f"There is no {name}: start ./run once, it brings it.")
    return found


def with_uv(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment in which uv is found and asks the index that pip would ask."""
    told = {name: os.environ[name] for name in _SETTINGS if name in os.environ}
    if not {"UV_DEFAULT_INDEX", "UV_INDEX_URL"} & set(told) and (index := _pips_index()):
        told["UV_DEFAULT_INDEX"] = index
    if _AUTHORITIES.exists():
        told.setdefault("UV_SYSTEM_CERTS", "true")
    path = f"{Path(program('uv')).parent}:{environment.get('PATH', '')}"
    return {**environment, **told, "PATH": path, "UV_PYTHON_DOWNLOADS": "never"}


def _pips_index() -> str:
    if url := os.environ.get("PIP_INDEX_URL"):
        return url
    python = Path(sys.base_prefix) / "bin" / "python3"
    said = subprocess.run(
        [python, "-m", "pip", "config", "get", "global.index-url"],
        capture_output=True,
        text=True,
        check=False,
    )
    return said.stdout.strip()
