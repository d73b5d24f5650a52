"""Privacy of fans' texts: modes, retention, forgetting, exports."""
