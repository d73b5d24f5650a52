"""The doctor: looks at all that a run needs, changes nothing, says what to do."""
