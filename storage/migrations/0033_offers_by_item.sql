-- Who had an item is asked for in the vault's list.
CREATE INDEX offers_item ON offers (creator_uuid, media_uuid);
