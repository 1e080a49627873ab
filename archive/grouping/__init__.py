"""Which stories belong together: copies by shared text, events by ties and vectors."""
