"""The stage on which the whole program is seen."""

from tests.features.inbox.checks.conftest import play as play  # noqa: PLC0414 - a fixture of this folder, too
