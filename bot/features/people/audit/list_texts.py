"""Audit log texts about lists of fans (pure)."""

from bot.model.language import msgid

LISTS_DID = {
    "list.create": msgid("made a list of fans"),
    "list.build": msgid("had fans put on a list"),
    "list.edit": msgid("stopped or resumed putting fans on a list"),
    "list.end": msgid("ended putting fans on a list"),
    "list.add": msgid("had {fan} put on a list"),
    "list.remove": msgid("had {fan} removed from a list"),
    "list.rename": msgid("renamed a list of fans"),
    "list.delete": msgid("deleted a list of fans"),
}
