"""n8n with a workflow of three nodes: how it is installed here, and how it is started."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

from tests.proofs.foreign_clients.clients import (
    ClientNotAvailable,
    ForeignClient,
    found_program,
    run_installer,
)

_WORKFLOW: Final = Path(__file__).parent / "n8n_workflow.json"
_ID: Final = json.loads(_WORKFLOW.read_text(encoding="utf-8"))["id"]
_SECONDS: Final = 900  # it is 1.8 GB
# Of its own, n8n names a file of a host that is no registry; the registry has an older one of the same.
_FROM_REGISTRY: Final = {"xlsx": "0.18.5"}
_SETTINGS: Final = {
    "N8N_DIAGNOSTICS_ENABLED": "false",
    "N8N_VERSION_NOTIFICATIONS_ENABLED": "false",
    "N8N_TEMPLATES_ENABLED": "false",
    "N8N_LISTEN_ADDRESS": "127.0.0.1",
    "N8N_ENDPOINT_WEBHOOK": "webhooks",
    "N8N_RUNNERS_ENABLED": "false",
    "N8N_EXPRESSION_ENGINE": "legacy",  # the other one is built from source, as scripts are not run
    "NODE_FUNCTION_ALLOW_BUILTIN": "crypto",
}


def install(client: ForeignClient) -> None:
    """Bring it unless it is there; of all its packages SQLite's driver alone is built."""
    whole = client.folder / "installed"
    if whole.exists() and whole.read_text() == client.pinned:
        return
    shutil.rmtree(client.folder, ignore_errors=True)
    client.folder.mkdir(parents=True)
    (client.folder / "package.json").write_text(json.dumps({"overrides": _FROM_REGISTRY}))
    kept_small = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
    run_installer(
        [found_program("npm"), "install", "--no-package-lock", *kept_small, client.pinned],
        client.folder,
        seconds=_SECONDS,
    )
    packages = client.folder / "node_modules"
    headers = Path(os.path.realpath(found_program("node"))).parents[1]
    known = [f"--nodedir={headers}"] if (headers / "include" / "node").is_dir() else []
    builder = str(packages / ".bin" / "node-gyp")
    run_installer([builder, "rebuild", *known], packages / "sqlite3", seconds=_SECONDS)
    whole.write_text(client.pinned)


def prepare(client: ForeignClient, folder: Path, environment: dict[str, str]) -> list[str]:
    """Give it the workflow, switched on; its command. Adds to the environment what it needs."""
    environment |= {**_SETTINGS, "N8N_USER_FOLDER": str(folder), "N8N_PORT": environment["PEER_PORT"]}
    command = [found_program("node"), str(client.folder / "node_modules" / "n8n" / "bin" / "n8n")]
    for step in (
        ["import:workflow", f"--input={_WORKFLOW}"],
        ["update:workflow", f"--id={_ID}", "--active=true"],
    ):
        ended = subprocess.run(  # noqa: S603 - what was brought
            [*command, *step], env={**os.environ, **environment}, capture_output=True, text=True, check=False
        )
        if ended.returncode != 0:
            raise ClientNotAvailable(f"n8n did not take its workflow: {ended.stderr[-300:]}")
    return [*command, "start"]
