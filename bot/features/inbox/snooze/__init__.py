"""Fans who are put aside: snoozed until a time, closed until they write again."""
