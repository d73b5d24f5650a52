"""Short keys as references of buttons, which have 22 characters (pure)."""

_LENGTH = 22  # of a reference, as `bot.discord.controls.TEMPLATE` has it
_FILL = "-"


def key_ref(key: str) -> str:
    """A key of small letters, digits and underscores as a reference of a button."""
    return key.ljust(_LENGTH, _FILL)


def key_of(reference: str) -> str:
    """The key that such a reference was made of."""
    return reference.rstrip(_FILL)
