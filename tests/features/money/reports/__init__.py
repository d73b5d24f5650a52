"""Tests of the answers about money: compared, best hours, top fans, all creators."""
