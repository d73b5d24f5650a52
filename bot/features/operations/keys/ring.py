"""The ring of the keys that the settings name."""

from collections.abc import Iterable

from bot.features.people.accounts.keyring import Keyring, MasterKey
from bot.settings.model import Settings
from bot.settings.value_rules import EncryptionKey


def keyring_of(settings: Settings) -> Keyring:
    """The keys that the settings name, newest first."""
    return Keyring(unwrapped(settings.encryption_keys))


def unwrapped(keys: Iterable[EncryptionKey]) -> list[MasterKey]:
    """Keys as settings hold them, for a ring."""
    return [MasterKey(key.id, key.secret.get_secret_value()) for key in keys]
