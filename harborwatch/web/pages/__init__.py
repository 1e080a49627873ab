"""The pages: each a view, a function of the archive that returns a frozen dataclass.

A template shows it to people, /api/ gives it as JSON. Views decide what is
shown; templates only place it.
"""
