"""Tasks: the work of a round, handed out over many processes by an existing engine.

What is due stands in the archive's own tables and is claimed there; a task
only says who looks. One that is lost is deferred again, one that is run twice
finds nothing left to do. Leans on the wiring and the work of harborwatch; the
commands `run` and `worker`, the doctor and the metrics lean on it.
"""
