-- Of one payment two live events may come: it counts once (storage/earning_events.py).
CREATE INDEX earnings_told_message ON earnings_told (creator_uuid, message_uuid) WHERE source = 'message';
-- What a member was called last.
CREATE INDEX commands_actor ON commands (actor, created_at);
-- Those that came before this was looked at; which has a row, or came first, stays.
DELETE FROM earnings_told WHERE row_key IS NULL AND payment_id IS NOT NULL AND COALESCE(gross, 0) >= 0
    AND source NOT IN ('refund', 'chargeback')
    AND EXISTS (SELECT 1 FROM earnings_told AS other
                WHERE other.creator_uuid = earnings_told.creator_uuid
                  AND other.payment_id = earnings_told.payment_id AND other.source = earnings_told.source
                  AND other.fact_id <> earnings_told.fact_id
                  AND (other.row_key IS NOT NULL OR other.at < earnings_told.at
                       OR (other.at = earnings_told.at AND other.fact_id < earnings_told.fact_id)));
