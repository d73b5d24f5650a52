"""The installation whose backups are tested."""

from tests.features.operations.backup.backup_fixtures import described, installed

__all__ = ["described", "installed"]
