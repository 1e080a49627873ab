"""Harborwatch as one program: configuration, wiring, schedule and commands.

Everything below is put together here and nowhere else.
"""
