-- A live event names the order that it is or takes back; its row is found without reading years.
CREATE INDEX earnings_order ON earnings (creator_uuid, order_id) WHERE order_id IS NOT NULL;
CREATE INDEX earnings_reverses ON earnings (creator_uuid, reverses) WHERE reverses IS NOT NULL;
