-- What is still to be carried out is what has no end: so no change of its state on the way is one of an index.
UPDATE outbox SET settled_at = created_at
    WHERE settled_at IS NULL AND state NOT IN ('pending', 'sending', 'unknown');
UPDATE outbox SET settled_at = NULL
    WHERE settled_at IS NOT NULL AND state IN ('pending', 'sending', 'unknown');
DROP INDEX outbox_open;
CREATE INDEX outbox_open ON outbox (stream, seq) WHERE settled_at IS NULL;
DROP INDEX outbox_open_of;
CREATE INDEX outbox_open_of ON outbox (creator_uuid, fan_uuid) WHERE settled_at IS NULL;
