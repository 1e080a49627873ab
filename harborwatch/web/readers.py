"""What readers do by the links of their mails: say no, say what a card was worth, find a digest.

Each link is signed for one reader and one deed: no log-in, no mark of a form.
A GET only shows what its button would do.
"""

from dataclasses import replace
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from archive.telling import digests
from harborwatch.web.answering import Answers
from harborwatch.web.asking import PASS, PageError
from harborwatch.web.pages import feedback, unsubscribe
from harborwatch.web.pages.signed import said_by
from harborwatch.web.visiting import Visit

#: these answer to any name of this machine: their links hold what others cannot guess
PATHS = ("/unsubscribe", "/feedback", "/digest")
#: whoever comes by such a link may open that page alone: the menu would lead to a log-in
NO_MENU = "none"


class Readers:
    """Answers the links of mails."""

    def __init__(self, answers: Answers) -> None:
        """Take what shows pages."""
        self._answers, self._site = answers, answers.site

    def unsubscribing(self, visit: Visit) -> Response:
        """Show what would be stopped."""
        with self._site.archive.read() as db:
            view = unsubscribe.unsubscribing(self._site, db, visit.ask)
        return self._answers.shown(
            "unsubscribe.html", visit.ask, view=view, menu=NO_MENU, done=False
        )

    def unsubscribe(self, visit: Visit) -> Response:
        """Stop it, and show that it is; a mail program sends no fields of ours."""
        watch, undo = visit.form.get("watch", ""), bool(visit.form.get("undo"))
        unsubscribe.say(self._site, visit.ask, watch, undo=undo)
        with self._site.archive.read() as db:
            view = unsubscribe.unsubscribing(self._site, db, visit.ask)
        return self._answers.shown(
            "unsubscribe.html", visit.ask, view=view, menu=NO_MENU, done=True
        )

    def judging(self, visit: Visit) -> Response:
        """Show the card, and ask."""
        with self._site.archive.read() as db:
            view = feedback.judging(self._site, db, visit.ask)
        return self._answers.shown("feedback.html", visit.ask, view=view, menu=NO_MENU)

    def judge(self, visit: Visit) -> Response:
        """Write down what was said, and show that it is."""
        said = visit.form.get("say", "")
        if said not in {"yes", "no"}:
            raise PageError(400, visit.ask.wording("error.form"))
        feedback.say(self._site, visit.ask, relevant=said == "yes")
        with self._site.archive.read() as db:
            view = replace(feedback.judging(self._site, db, visit.ask), said=said)
        return self._answers.shown("feedback.html", visit.ask, view=view, menu=NO_MENU)

    def digest(self, visit: Visit) -> Response:
        """Lead to a digest, which had no number yet when its mail was written."""
        who, slot = said_by(self._site, visit.ask, "digest")
        with self._site.archive.read() as db:
            number = digests.number_of(db, who, slot)
        if number is None or self._site.signer is None:
            raise visit.ask.missing()
        path = f"/digests/{number}"
        leave = self._site.signer.handed_on("digest", visit.ask.text("t"), path, into="read")
        return RedirectResponse(f"{path}?{urlencode({PASS: leave})}", 303)
