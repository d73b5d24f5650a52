"""Items of a vault that went to each fan, and were bought."""
