"""The archive as a page: search, events, stories, sources, digests; read by people and programs.

Its own process on the same archive, started by `python -m harborwatch.web`,
which the commands `web` and `run` do. A page is a view (`pages/`: a function of
the archive that returns a frozen dataclass) and a template; /api/ gives the
same view as JSON, and `openapi` describes it from the dataclass itself. So a
further page is one small file there, a template, and a line in `routes`.

Leans on everything below the roof and on harborwatch's own modules, never on
`harborwatch.commands` nor the press; on Starlette, uvicorn, Jinja2 and argon2.
"""
