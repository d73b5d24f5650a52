"""Requests of the operator's shell to the running bridge, signed with its keys."""
