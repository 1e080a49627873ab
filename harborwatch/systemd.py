"""The unit file by which systemd runs the background job: made for one home and one installation."""

import getpass
import os
import sys
from pathlib import Path

#: the unit's file in the home folder, and secrets that it is given
NAME, SECRETS = "harborwatch.service", "harborwatch.env"


#: what PrivateTmp= hides from a unit (systemd.exec(5))
_HIDDEN = (Path("/tmp"), Path("/var/tmp"))  # noqa: S108 - nothing is written there


def unit(home: Path, archive: Path | None = None) -> str:
    """Return the text of a unit that runs this installation on a home.

    `archive` is the archive's file, None for one on a server.
    """
    here = home.absolute()
    writable = " ".join(_word(folder) for folder in _folders(home, archive))
    return f"""[Unit]
Description=Harborwatch, which watches the news ({_plain(here)})
Wants=network-online.target
After=network-online.target

[Service]
Type=exec
User={_user()}
ExecStart={_word(sys.executable)} -m harborwatch --home {_word(here)} run
# Configuration, outlets and topics are read again.
ExecReload=/bin/kill -HUP $MAINPID
# Passwords, a line each: HARBORWATCH_SMTP_PASSWORD=...
EnvironmentFile=-{_plain(here / SECRETS)}
# The work in hand is finished first, so its helpers must not be stopped beside it.
KillMode=mixed
TimeoutStopSec=300
Restart=on-failure
RestartSec=30
NoNewPrivileges=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectSystem=strict
ProtectHome=read-only
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
RestrictSUIDSGID=yes
ReadWritePaths={writable}

[Install]
WantedBy=multi-user.target
"""


def doubts(home: Path, archive: Path | None = None) -> list[str]:
    """Return what will keep a unit from its work, or make it a danger."""
    hidden = [
        str(folder)
        for folder in _folders(home, archive)
        if any(folder.is_relative_to(one) for one in _HIDDEN)
    ]
    said = [f"{one} is hidden from services (PrivateTmp): move it" for one in hidden]
    if _user() == "root":
        said.append("it will run as root: make a user for it, and write that one behind User=")
    return said


def _folders(home: Path, archive: Path | None) -> list[Path]:
    """Return the folders that are written to: the home, and the archive's where it lies elsewhere."""
    here = home.absolute()
    there = here if archive is None else archive.absolute().parent
    return [here] if there.is_relative_to(here) else [here, there]


def _user() -> str:
    return getpass.getuser() if hasattr(os, "getuid") else ""


def commands(path: Path) -> list[str]:
    """Return the commands that start a unit and look after it."""
    return [
        f"sudo systemctl enable --now {path.absolute()}",
        "systemctl status harborwatch; journalctl -u harborwatch",
        "sudo systemctl reload harborwatch    after a change of configuration, outlets or topics",
    ]


def _word(path: Path | str) -> str:
    """Return a path as one word of a unit file (systemd.service(5), systemd.unit(5))."""
    plain = str(path).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{_plain(plain)}"'


def _plain(path: Path | str) -> str:
    # A per cent sign begins a specifier.
    return str(path).replace("%", "%%")
