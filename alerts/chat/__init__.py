"""Chats: a digest as messages of a chat service, sent through Apprise.

Digest ─ blocks (lines of text, in the reader's words) ─ parts (in the service's
markup and length) ─► outbox, one row a part ─ channel ─ wire ─► the service.
A service is one small file in `services`. Leans on alerts' views and wording,
on Apprise for the addresses and the talk, on requests for the wire.
"""
