"""Alerts: who is told what, when, in which words and through which channel.

Matches become one digest per subscriber and slot (compose, slots), the digest
becomes a mail (render) and a channel hands it over (mailbox, smtp, backoff).
Leans on news, jinja2 and css_inline; never on the pipelines or the crawler.
"""
