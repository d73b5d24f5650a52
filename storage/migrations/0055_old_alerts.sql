-- Alerts by their age: the nightly look at those that share a message reads nothing else of a creator's.
CREATE INDEX outbox_alerts_of ON outbox (creator_uuid, created_at)
    WHERE kind IN ('alert', 'alert.private') AND external_id IS NOT NULL;
