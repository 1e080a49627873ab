"""Who we say we are: honestly, and where to complain."""

import os
from importlib.metadata import PackageNotFoundError, version


def user_agent(contact: str = "") -> str:
    """Return the User-Agent: name, version and a contact (HARBORWATCH_CONTACT)."""
    contact = contact or os.environ.get("HARBORWATCH_CONTACT", "")
    try:
        number = version("harborwatch")
    except PackageNotFoundError:
        number = "dev"
    return f"Harborwatch/{number} (news monitor{f'; {contact}' if contact else ''})"
