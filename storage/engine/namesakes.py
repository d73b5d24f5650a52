"""Whether another fan of the creator is named alike, as a part of SQL."""

from typing import Final

# About each fan's row `f`, which may be missing: nobody knows then. As `storage.inbox.fans.is_mistakable`
# has it of one; each of the four is a look into an index that ends at its first row.
ALIKE_BESIDE: Final = """(f.handle_likeness IS NULL
        OR EXISTS (SELECT 1 FROM fans o WHERE o.creator_uuid = f.creator_uuid
                   AND o.handle_likeness = f.handle_likeness AND o.fan_uuid <> f.fan_uuid)
        OR EXISTS (SELECT 1 FROM fans o WHERE o.creator_uuid = f.creator_uuid
                   AND o.handle_likeness = f.name_likeness AND o.fan_uuid <> f.fan_uuid)
        OR EXISTS (SELECT 1 FROM fans o WHERE o.creator_uuid = f.creator_uuid
                   AND o.name_likeness = f.name_likeness AND o.fan_uuid <> f.fan_uuid)
        OR EXISTS (SELECT 1 FROM fans o WHERE o.creator_uuid = f.creator_uuid
                   AND o.name_likeness = f.handle_likeness AND o.fan_uuid <> f.fan_uuid))"""
