-- What Fanvue counted of a mass message with a price at the last look: who got it, and how many bought it.
ALTER TABLE campaigns ADD COLUMN reached BIGINT;  -- NULL: not counted, or it had no price
ALTER TABLE campaigns ADD COLUMN bought BIGINT;
