"""The text of a first configuration, with a word on each line that a person changes."""

_TEXT = """# Harborwatch. Secrets do not belong here: the mail server's password is taken
# from the environment variable HARBORWATCH_SMTP_PASSWORD, that of an archive on
# PostgreSQL from HARBORWATCH_ARCHIVE_PASSWORD, or either from a password_file.

[crawl]
# Publishers see this in our User-Agent: an address where they can complain.
contact = "{mail}"
# Seconds between two requests to one host.
pace = 2.0
# Polls a day for each source on average; those that publish more get more of them.
polls_per_day = 48
# Ids of outlets to watch; empty means all of the catalogue.
outlets = []

[mail]
sender = "Harborwatch <{address}>"
# Without a server, digests stay as .eml files in the folder mailbox/.
{server}

# How long the bytes of pages and the texts of stories stay; without this, for ever.
# [archive]
# keep_pages = "90 days"
# keep_stories = "5 years"

# Serves /healthz and /metrics (Prometheus) on this machine.
{serves}

# "json" writes lines with the ids of sources, stories and deliveries; "info" tells of each.
# [log]
# format = "json"
# level = "info"

# A chat's address is a secret: it is taken from HARBORWATCH_CHAT_DESK, or from an
# address_file. Its target is "chat:desk". See docs/channels.md.
# [chat.desk]

[web]
# "harborwatch run" serves the archive as a page, on this machine only. Another
# host needs a password: HARBORWATCH_WEB_PASSWORD, or a password_file.
port = 8017

[[subscribers]]
id = "me"
zone = "{zone}"
language = "en"
targets = ["{target}"]

[[subscribers.watches]]
name = "harbor"
# The topics of tiers 1 and 2; "harborwatch topics" lists them all.
query = "{query}"
rhythm = "daily {at}"

[[subscribers.watches]]
name = "core"
query = "@caih OR @caih_forum OR @caih_co"
rhythm = "instant"
"""


def written(  # noqa: PLR0917 - what a person is asked, in that order
    mail: str, zone: str, at: str, smtp: str, query: str, health: str = ""
) -> str:
    """Return the text of a first configuration."""
    address = mail or "you@localhost.localdomain"
    target = f"mail:{address}" if smtp else f"mailbox:{address}"
    server = (
        f'server = "{smtp}"' if smtp else '# server = "smtp+starttls://you@mail.example.org:587"'
    )
    serves = f'[run]\nhealth = "{health}"' if health else '# [run]\n# health = "127.0.0.1:9180"'
    return _TEXT.format(
        mail=mail, zone=zone, at=at, query=query, address=address, target=target, server=server,
        serves=serves,
    )  # fmt: skip
