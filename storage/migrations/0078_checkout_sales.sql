-- What the creator's side put on the checkout link that sold it, sealed; NULL once its fan was forgotten.
ALTER TABLE earnings_told ADD COLUMN body_ct BYTEA;
-- Fanvue's word for whether the money of a row can be paid out: pendingBalance, availableForPayout, an open set.
ALTER TABLE earnings ADD COLUMN status TEXT;
