"""The doctor: looks at everything that a run needs, changes nothing, says what to do."""
