"""The example for a tunnel: where it leads, and what it leaves out."""

import re
import shutil
import subprocess

import pytest

from bot.settings.model import Settings
from bot.web.request_limits import RequestBounds
from tests.architecture.source_tree import TOP

FILE = TOP / "deploy" / "cloudflared.yml"
TEXT = FILE.read_text(encoding="utf-8")


def test_it_leads_to_the_public_listener_and_nothing_else_is_answered() -> None:
    host, port = Settings.model_fields["listen"].default

    services = re.findall(r"service: (\S+)", TEXT)
    assert services == [f"http://{host}:{port}", "http_status:404"]


def test_it_keeps_its_connections_for_less_than_the_bridge() -> None:
    (kept,) = re.findall(r"keepAliveTimeout: (\d+)s", TEXT)

    assert int(kept) < RequestBounds().idle_seconds


def test_cloudflared_finds_it_right() -> None:
    program = shutil.which("cloudflared")
    if program is None:
        pytest.skip("cloudflared is not installed here; the file is checked as text only")
    done = subprocess.run(
        [program, "tunnel", "--config", str(FILE), "ingress", "validate"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
