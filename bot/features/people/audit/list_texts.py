"""Audit log texts about lists of fans (pure)."""

LISTS_DID = {
    "list.create": "made a list of fans",
    "list.build": "had fans put on a list",
    "list.edit": "stopped or resumed putting fans on a list",
    "list.end": "ended putting fans on a list",
    "list.add": "had {fan} put on a list",
    "list.remove": "had {fan} removed from a list",
    "list.rename": "renamed a list of fans",
    "list.delete": "deleted a list of fans",
}
