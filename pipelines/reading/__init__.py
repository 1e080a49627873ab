"""Bytes to meaning: feeds, sitemaps, listings and pages, read into our words.

Everything here is a pure function of its arguments (bytes, address, outlet,
time), save the worker, which does the same in a process that can be killed.
Leans on news, for Burmese dates in Zawgyi on query, and on lxml, feedparser,
trafilatura and pycld2; imports none of these by itself, so that the parent of
a worker stays light.
"""
