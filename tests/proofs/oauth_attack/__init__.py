"""Twenty-five attacks on linking; each ends with no token that anybody can use."""
