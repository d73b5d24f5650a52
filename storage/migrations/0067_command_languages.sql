-- In which language a member asked for something, which is what its private answer goes on in.
ALTER TABLE commands ADD COLUMN language TEXT;  -- en, de or es; NULL: from before, or typed into a thread
