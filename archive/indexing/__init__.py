"""The full-text index: the tokens of each story, in the database's own engine."""
