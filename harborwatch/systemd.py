"""The unit file by which systemd runs the background job: made for one home and one installation."""

import getpass
import os
import sys
from pathlib import Path

#: the unit's file in the home folder, and secrets that it is given
NAME, SECRETS = "harborwatch.service", "harborwatch.env"


def unit(home: Path) -> str:
    """Return the text of a unit that runs this installation on a home."""
    here = home.absolute()
    user = getpass.getuser() if hasattr(os, "getuid") else ""
    return f"""[Unit]
Description=Harborwatch, which watches the news ({_plain(here)})
Wants=network-online.target
After=network-online.target

[Service]
Type=exec
User={user}
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
ReadWritePaths={_word(here)}

[Install]
WantedBy=multi-user.target
"""


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
