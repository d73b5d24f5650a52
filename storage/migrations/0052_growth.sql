-- What a year of messages leaves must not be walked through to find the little that counts.
-- What is still to be done of a creator, or of a fan: a page or two, however much was done.
CREATE INDEX outbox_open_of ON outbox (creator_uuid, fan_uuid) WHERE state IN ('pending', 'sending', 'unknown');
DROP INDEX outbox_attention;
CREATE INDEX outbox_attention ON outbox (creator_uuid, fan_uuid) WHERE attention IS NOT NULL;
CREATE INDEX inbox_quarantined ON inbox (creator_uuid, kind, reason) WHERE state = 'quarantined';
CREATE INDEX talks_claimed_of ON talks (creator_uuid, claimed_until) WHERE claimed_until IS NOT NULL;
CREATE INDEX talks_snoozed_of ON talks (creator_uuid, snoozed_until) WHERE snoozed_until IS NOT NULL;
-- Who could be taken for whom, also among many of the same name.
DROP INDEX fans_name_likeness;
CREATE INDEX fans_name_likeness ON fans (creator_uuid, name_likeness, name_folded);
-- What stands on Discord, by its age: the daily round takes the oldest away.
CREATE INDEX outbox_aging ON outbox (creator_uuid, created_at)
    WHERE external_id IS NOT NULL AND network = 'discord';
CREATE INDEX outbox_alerts ON outbox (stream, external_id, seq) WHERE kind IN ('alert', 'alert.private');
-- Records by their age, which end one day; and what refers to an effect that ends.
-- Not of what waits for a person: whoever looks for that must not be led through all the rest.
CREATE INDEX outbox_age ON outbox (creator_uuid, created_at) WHERE attention IS NULL;
CREATE INDEX claims_outbox ON claims (outbox_id);
CREATE INDEX commands_age ON commands ((COALESCE(creator_uuid, '')), created_at) WHERE erased_at IS NOT NULL;
CREATE INDEX credit_sent_age ON credit_sent (creator_uuid, at);
CREATE INDEX template_uses_age ON template_uses (creator_uuid, used_at);
CREATE INDEX typed_messages_age ON typed_messages (creator_uuid, seen_at);
CREATE INDEX payments_age ON payments (creator_uuid, at);
-- Who did anything about a creator, and when last.
CREATE INDEX audit_actor ON audit (creator_uuid, actor, seq) WHERE actor IS NOT NULL;
-- By the day, so that nobody who looks for a fan's messages in their order is led through everybody's.
CREATE INDEX messages_came ON messages (creator_uuid, (sent_at / 86400000)) WHERE direction = 'in';
DROP INDEX inbox_received;
CREATE INDEX inbox_received ON inbox (creator_uuid, received_at, source);
-- Up to when it was looked who sent what: not all of it again after every start.
ALTER TABLE watermarks ADD COLUMN credited_at BIGINT;
