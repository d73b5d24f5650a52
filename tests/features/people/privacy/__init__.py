"""What of fans' texts is shown and kept: modes, retention, forgetting, exports."""
