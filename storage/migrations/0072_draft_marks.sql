-- What is sent of somebody else's draft: which draft, and as JSON who drafted it and how much was changed, without
-- a text. Rows of earlier versions have neither.
ALTER TABLE outbox ADD COLUMN draft_id TEXT;
ALTER TABLE outbox ADD COLUMN drafted TEXT;
CREATE INDEX outbox_of_draft ON outbox (draft_id) WHERE draft_id IS NOT NULL;
