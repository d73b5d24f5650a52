"""Tests of the stand-ins: they are held to the contracts that they stand for."""
