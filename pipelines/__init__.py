"""The life of a story, stage by stage: keep, read, then everything that is found in it.

A stage takes what travels and returns what travels on, or drops it with a
counted reason. Each is a pure function and a thin class round it; the order
stands in crawler/settings.py. Leans on archive, query and news.
"""
