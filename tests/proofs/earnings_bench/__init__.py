"""The measurement of answers about money, small."""
