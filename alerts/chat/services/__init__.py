"""The chat services, one small file each. A further one is its file and a line here."""

from alerts.chat.service import Service
from alerts.chat.services.dingtalk import DINGTALK
from alerts.chat.services.discord import DISCORD
from alerts.chat.services.feishu import FEISHU
from alerts.chat.services.line import LINE
from alerts.chat.services.matrix import MATRIX
from alerts.chat.services.ntfy import NTFY
from alerts.chat.services.plain import OTHER
from alerts.chat.services.slack import SLACK
from alerts.chat.services.teams import TEAMS
from alerts.chat.services.telegram import TELEGRAM
from alerts.chat.services.webhook import WEBHOOK
from alerts.chat.services.wecom import WECOM
from alerts.chat.services.zulip import ZULIP

SERVICES = (
    TELEGRAM,
    SLACK,
    DISCORD,
    TEAMS,
    FEISHU,
    DINGTALK,
    WECOM,
    LINE,
    MATRIX,
    ZULIP,
    NTFY,
    WEBHOOK,
)

_BY_SCHEMA = {schema: service for service in SERVICES for schema in service.schemas}


def service_for(schema: str) -> Service:
    """Return the service of an address's schema; plain text for one without a file."""
    return _BY_SCHEMA.get(schema.lower(), OTHER)
