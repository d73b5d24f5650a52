"""The tools that an agent gets: what its key opens, as an MCP server."""
