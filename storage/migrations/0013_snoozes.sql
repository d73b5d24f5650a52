-- Who snoozed or closed a talk; what a look for snoozes that are over reads.
ALTER TABLE talks ADD COLUMN aside_by BIGINT;
CREATE INDEX talks_snoozed ON talks (snoozed_until) WHERE snoozed_until IS NOT NULL;
