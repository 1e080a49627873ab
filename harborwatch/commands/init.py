"""harborwatch init: a home folder with a configuration, a first subscriber and a test message."""

from datetime import UTC, datetime
from pathlib import Path

import click
from tzlocal import get_localzone_name

from alerts.envelope import mail_address, test_message
from archive import open_archive
from archive.care.backups import file_of
from crawler.places import archive_address, topic_folders
from harborwatch import systemd as units
from harborwatch.commands.homes import address_of, home_option
from harborwatch.config import NAME, load
from harborwatch.first_config import written
from harborwatch.secret_files import signer_of
from harborwatch.wiring import channels
from news import Delivery, FileError, HarborwatchError
from query import Topics

#: tiers that the first watch asks for; the others flood the first day
TIERS = (1, 2)


@click.command("init")
@click.option("--mail", default="", help="Your address; digests stay in a folder without it.")
@click.option("--zone", default="", help="Your time zone, such as Asia/Jakarta.")
@click.option("--at", default="07:00", show_default=True, help="When the daily digest comes.")
@click.option(
    "--smtp", default="", help="smtp+starttls://user@host:587; without it a mailbox folder."
)
@click.option("--health", default="", help="Serve /healthz and /metrics, as at 127.0.0.1:9180.")
@click.option("--systemd", is_flag=True, help="Write harborwatch.service into the home, too.")
@home_option
def command(  # noqa: PLR0917 - click gives each option by its name
    mail: str,
    zone: str,
    at: str,
    smtp: str,
    health: str,
    systemd: bool,
    home: Path,
) -> None:
    """Make a home folder: configuration, archive, first subscriber, a test message.

    With --systemd on a home that is there, the unit file alone is written.
    """
    path = home / NAME
    if systemd and path.exists():
        _write_unit(home)
        return
    if path.exists():
        raise FileError(path, None, "is there already", "edit it, or name another --home")
    home.mkdir(parents=True, exist_ok=True)
    zone = zone or get_localzone_name()
    path.write_text(written(mail, zone, at, smtp, _query(home), health), "utf-8")
    try:
        config = load(home)
        open_archive(config.archive or archive_address(home)).close()
    except HarborwatchError:
        path.unlink()
        raise
    # Before the first mail: whoever adds a public_url later has links that last.
    signer_of(home)
    click.echo(f"wrote {path}")
    now = datetime.now(UTC)
    for subscriber in config.subscribers:
        for target in subscriber.targets:
            message = test_message(subscriber, config.mail.sender, target, now)
            delivery = Delivery(
                id=0,
                digest=0,
                target=target,
                message_id=f"<{now:%Y%m%d%H%M%S}.test@{mail_address(config.mail.sender).domain}>",
                message=message,
                attempts=1,
            )
            channels(home, config)[target.channel].send(delivery)
            where = home / "mailbox" if target.channel == "mailbox" else target.address
            click.echo(f"sent a test message to {where}")
    if systemd:
        _write_unit(home)
    click.echo('next: "harborwatch poll" for one round, "harborwatch run" to keep watching')


def _write_unit(home: Path) -> None:
    unit, archive = home / units.NAME, file_of(address_of(home))
    if archive is not None:
        # systemd starts no unit that may write into a folder which is not there.
        archive.absolute().parent.mkdir(parents=True, exist_ok=True)
    unit.write_text(units.unit(home, archive), "utf-8")
    click.echo(f"wrote {unit}; passwords go into {home / units.SECRETS} (chmod 600)")
    for line in units.commands(unit):
        click.echo(f"  {line}")
    for doubt in units.doubts(home, archive):
        click.secho(f"warning: {doubt}", fg="yellow", err=True)


def _query(home: Path) -> str:
    topics = Topics.load(*topic_folders(home))
    return " OR ".join(f"@{topic.id}" for topic in topics if topic.tier in TIERS)
