-- What was taken back is not had. Copies of mass messages that a thread shows are `messages`, too, with the
-- direction 'mass' and the send of the mass message as theirs: so that they can be struck and are counted.
CREATE INDEX messages_to_many ON messages (creator_uuid, sent_at) WHERE direction = 'mass';
-- When a mass message was cancelled or taken back: nobody has it but those who bought it.
ALTER TABLE mass_offers ADD COLUMN ended_at BIGINT;
-- Whoever in the team took a message back; NULL: somebody on Fanvue itself, or the fan.
ALTER TABLE struck_lines ADD COLUMN taken_by BIGINT;
-- What one fan paid for messages, also for those that nobody here knows.
CREATE INDEX payments_fan ON payments (creator_uuid, fan) WHERE source = 'message';
-- Replies that were taken back before this was kept.
UPDATE messages SET deleted_at = (SELECT MIN(o.settled_at) FROM outbox o
                                  WHERE o.cause = messages.outbox_id AND o.part = 'unsend' AND o.state = 'done')
WHERE deleted_at IS NULL AND outbox_id IN (SELECT cause FROM outbox WHERE kind = 'chat.unsend' AND state = 'done');
-- Ends of mass messages are looked into once more: one that was taken back stayed among what fans may have.
DELETE FROM mass_offers WHERE effect_id IN (SELECT id FROM outbox WHERE kind = 'proposed.mass_end');
