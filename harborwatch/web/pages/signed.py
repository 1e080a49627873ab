"""What a signed link of a mail says, or the page that says why it says nothing."""

from alerts.signing import LinkError, Purpose
from harborwatch.web.asking import Ask, PageError
from harborwatch.web.site import Site


def said_by(site: Site, ask: Ask, purpose: Purpose) -> tuple[str, str]:
    """Return the two parts that a link says. Raises PageError where it is not ours or has ended."""
    foreign = PageError(403, ask.wording("link.foreign"), ask.wording("link.foreign_hint"))
    if site.signer is None:
        raise foreign
    try:
        who, what = site.signer.read(purpose, ask.text("t"), site.clock.now())
    except LinkError as error:
        if error.ended:
            hint = ask.wording("link.ended_hint")
            raise PageError(410, ask.wording("link.ended"), hint) from error
        raise foreign from error
    return who, what
