"""Whatever one person may send at most keeps nobody else waiting (decision 98)."""
