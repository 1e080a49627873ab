"""From a request to what a page is asked: who comes, in which language, with which form."""

import asyncio
import base64
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from ipaddress import ip_address, ip_network
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from alerts.signing import LinkError
from archive.telling import ended_sessions
from harborwatch.web.access import COOKIE, LASTS, Visitor
from harborwatch.web.asking import PASS, Ask, PageError
from harborwatch.web.attempts import Attempts
from harborwatch.web.site import Site
from harborwatch.web.wording import Wording, chosen, wording

#: the cookie of the language that was chosen
LANGUAGE_COOKIE = "harborwatch_lang"
#: bytes of a form, and fields
LONGEST_FORM, MOST_FIELDS = 96_000, 40
_BEARER, _BASIC = "bearer ", "basic "
LOG_OUT = "/logout"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A request with what was made of it."""

    request: Request
    ask: Ask
    form: Mapping[str, str] = field(default_factory=dict)


class Visits:
    """Makes visits of requests, and answers carry on what must be remembered."""

    def __init__(self, site: Site) -> None:
        """Take the site; wrong passwords are counted here, for tokens and forms alike."""
        self.site = site
        self.attempts = Attempts(site.workers)
        self._trusted = [ip_network(one) for one in site.trusted_proxies]
        #: one guess at a time: those in flight are counted before the next, and take one thread
        self._guessing = asyncio.Lock()

    async def of(self, request: Request, *, signed: bool = False, basic: bool = False) -> Visit:
        """Return the visit that a request is. Raises PageError where it is none of ours.

        `signed`: its own link says that it is ours, so that its form needs no mark.
        `basic`: who reads may bring the password as feed readers do.
        """
        visitor = await self._visitor(request, basic=basic)
        ask = Ask(
            wording=wording_of(request),
            visitor=visitor,
            path=request.path_params,
            here=request.url.path,
            query=dict(reversed(request.query_params.multi_items())),
            pass_for=partial(self._pass_for, request) if visitor.by_link else None,
        )
        posted = request.method == "POST"
        form = await self._form(request, ask, signed=signed) if posted else {}
        return Visit(request=request, ask=ask, form=form)

    def remember(self, request: Request, response: Response) -> None:
        """Let the browser remember the language that was asked for."""
        asked = request.query_params.get("lang")
        if asked:
            response.set_cookie(
                LANGUAGE_COOKIE, chosen([asked], ""), max_age=31_536_000, httponly=True,
                samesite="lax", secure=self.is_secure,
            )  # fmt: skip

    def admit(self, response: Response, cookie: str) -> None:
        """Give the browser a session's cookie."""
        response.set_cookie(
            COOKIE, cookie, max_age=int(LASTS.total_seconds()), httponly=True,
            samesite="lax", secure=self.is_secure,
        )  # fmt: skip

    @property
    def is_secure(self) -> bool:
        """Say whether readers come by https, through a proxy."""
        return self.site.public_url.startswith("https:")

    async def role_of(self, request: Request, password: str, *, often: bool = True) -> Visitor:
        """Return who has this password. Raises PageError after too many wrong ones.

        `often`: it comes with every request, so that who was right from the same
        address before need not wait for what others guess there.
        """
        address = self.address_of(request)
        if often and (known := self.site.access.known(password, address)):
            return Visitor(role=known)
        async with self._guessing:
            return await self._guessed(request, password, address, often=often)

    async def _guessed(
        self, request: Request, password: str, address: str, *, often: bool
    ) -> Visitor:
        now, language = self.site.clock.now(), wording_of(request)
        if wait := self.attempts.wait(address, now):
            minutes = max(1, round(wait / 60))
            raise PageError(429, language("error.too_many", count=minutes), wait=wait)
        # In a thread: argon2 takes its time on purpose.
        role = await asyncio.to_thread(self.site.access.role_of, password)
        if role is None:
            self.attempts.wrong(address, now)
            raise PageError(401, language("login.wrong"))
        self.attempts.right(address)
        if often:
            self.site.access.know(password, address, role)
        return Visitor(role=role)

    def address_of(self, request: Request) -> str:
        """Return where a request comes from; of what a trusted proxy hands on, from whom it did."""
        address = _plain(request.client.host) if request.client else ""
        told = ",".join(request.headers.getlist("x-forwarded-for")).split(",")
        # Each proxy adds at the right end; what stands left of a stranger's word is his own.
        while self._is_trusted(address) and told and _is_address(told[-1].strip()):
            address = _plain(told.pop().strip())
        return address

    def _is_trusted(self, address: str) -> bool:
        return _is_address(address) and any(ip_address(address) in one for one in self._trusted)

    async def _visitor(self, request: Request, *, basic: bool) -> Visitor:
        given = request.headers.get("authorization", "")
        if given[: len(_BEARER)].lower() == _BEARER and not self.site.access.is_open:
            # Headers are read as Latin-1; what was sent is UTF-8, as in forms.
            sent = given[len(_BEARER) :].strip().encode("latin-1", "replace")
            found = await self.role_of(request, sent.decode("utf-8", "replace"))
            return replace(found, by_token=True)
        visitor = await self._of_session(request)
        if visitor.role is not None:
            return visitor
        if self._opens(request):
            return Visitor(role="reader", by_link=True)
        # A browser sends it by itself, with the forms of other pages too: it opens what is
        # read by programs, and changes nothing.
        if basic and given[: len(_BASIC)].lower() == _BASIC and request.method in {"GET", "HEAD"}:
            await self.role_of(request, _password_of(given[len(_BASIC) :]))
            return Visitor(role="reader")
        return visitor

    async def _of_session(self, request: Request) -> Visitor:
        """Return who holds the request's cookie; nobody where that was logged out."""
        access, cookie = self.site.access, request.cookies.get(COOKIE, "")
        visitor = access.visitor(cookie, self.site.clock.now())
        if access.is_open or visitor.role is None:
            return visitor
        if await asyncio.to_thread(self._has_ended, visitor.session):
            return Visitor(role=None)
        return visitor

    def _has_ended(self, session: str) -> bool:
        with self.site.archive.read() as db:
            return ended_sessions.has_ended(db, session)

    def _opens(self, request: Request) -> bool:
        """Say whether a signed link of a mail opens this page; one that has ended does not."""
        given, signer = request.query_params.get(PASS, ""), self.site.signer
        if not given or signer is None or request.method not in {"GET", "HEAD"}:
            return False
        try:
            return signer.read("read", given, self.site.clock.now()) == (request.url.path,)
        except LinkError:
            return False

    def _pass_for(self, request: Request, path: str) -> str:
        """Return what a page that a mail's link opened says of another: it opens as long."""
        signer = self.site.signer
        assert signer is not None, "a link has opened this page"
        return signer.handed_on("read", request.query_params[PASS], path)

    async def _form(self, request: Request, ask: Ask, *, signed: bool) -> dict[str, str]:
        """Return a form's fields. Raises PageError where it is too long or not of our making."""
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > LONGEST_FORM:
                raise PageError(413, ask.wording("error.too_long"))
        try:
            pairs = parse_qsl(
                body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS
            )
        except (UnicodeDecodeError, ValueError) as error:
            raise PageError(400, ask.wording("error.form")) from error
        form = dict(pairs)
        # Who was logged out already holds no mark any more, and wants nothing else.
        if request.url.path == LOG_OUT and ask.visitor.role is None:
            return {}
        # No other page can make a browser send a token.
        needs_mark = not signed and not ask.visitor.by_token
        if needs_mark and not self.site.access.is_own_form(ask.visitor, form.get("mark", "")):
            raise PageError(403, ask.wording("error.foreign"), ask.wording("error.foreign_hint"))
        return form


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _plain(text: str) -> str:
    """Return an address as it is counted: an IPv4 one that came by IPv6 is itself."""
    if not _is_address(text):
        return text
    mapped = getattr(ip_address(text), "ipv4_mapped", None)
    return str(mapped or text)


def _password_of(given: str) -> str:
    """Return the password of a Basic header (RFC 7617); the name before it is as one likes."""
    try:
        return base64.b64decode(given.strip(), validate=True).decode().partition(":")[2]
    except ValueError:
        return ""


def wording_of(request: Request) -> Wording:
    """Return the messages in the language that a request is answered in."""
    asked = (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE))
    accepted = request.headers.get("accept-language", "")
    return wording(chosen([one for one in asked if one], accepted))
