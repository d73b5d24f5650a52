"""Linking as people see it: pages in a browser, questions and answers in Discord."""
