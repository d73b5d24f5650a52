"""Health and metrics are for this machine, unless an operator says otherwise."""

import re
from ipaddress import ip_address

from bot.cli.main import ADMIN_DEFAULT
from bot.settings.model import Settings
from tests.architecture.source_tree import TOP


def test_by_default_it_listens_on_loopback() -> None:
    default = Settings.model_fields["admin_listen"].default

    assert ip_address(default.host).is_loopback
    assert f"{default.host}:{default.port}" == ADMIN_DEFAULT
    assert Settings.model_fields["listen"].default.port != default.port


def test_the_image_publishes_the_public_listener_only_and_asks_the_private_one_from_inside() -> None:
    image = (TOP / "Dockerfile").read_text(encoding="utf-8")

    assert re.findall(r"^EXPOSE (.*)$", image, re.MULTILINE) == ["8080"]
    assert not re.search(r"^\s*(ENV .*)?ADMIN_LISTEN=", image, re.MULTILINE)
    assert 'CMD ["fanvue-bridge", "health"]' in image
