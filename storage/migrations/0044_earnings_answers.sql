-- A live event names the order that it is or takes back; its row is found without reading years.
CREATE INDEX earnings_order ON earnings (creator_uuid, order_id) WHERE order_id IS NOT NULL;
CREATE INDEX earnings_reverses ON earnings (creator_uuid, reverses) WHERE reverses IS NOT NULL;
-- Who spent most in three years: all of it is in the index, in the order of fans.
CREATE INDEX earnings_fan ON earnings (creator_uuid, fan, currency, at, gross, net)
    WHERE gone_at IS NULL AND fan IS NOT NULL;
CREATE INDEX earnings_nobody ON earnings (creator_uuid, at) WHERE gone_at IS NULL AND fan IS NULL;
