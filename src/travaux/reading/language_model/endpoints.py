"""Which model is asked, where, and with which key: checked before anything is imported or sent.

Nothing is sent without an explicit model or address. A key goes to the server it belongs to and nowhere else: a provider's
own variable (``OPENAI_API_KEY``) is never used for an address given by hand, and no redirection is followed.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from travaux import settings
from travaux.errors import ModelMissing, ModelRefuses, RequestError
from travaux.reading.language_model.redaction import without_keys

if TYPE_CHECKING:
    import httpx2
    from pydantic_ai.models import Model

LONGEST_RESPONSE = 4_000_000
"""Bytes of one response that are taken in; the longest useful answer has a tenth of it."""
CONNECT_SECONDS = 15.0
_NO_KEY = "none"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A model and where it is.

    Attributes:
        model: ``provider:name``, or the name a server knows it by; empty to let a server with one model say.
        server: base address of an OpenAI-compatible server; empty for a provider.
    """

    model: str
    server: str = ""

    @property
    def provider(self) -> str:
        """The provider's name; empty for a server."""
        return "" if self.server else self.model.partition(":")[0]

    @property
    def is_own(self) -> bool:
        """Whether the server is this machine, so that nothing leaves it."""
        return self.server != "" and _is_loopback(self.server)

    @property
    def shown(self) -> str:
        """Model and place in words; holds nothing secret."""
        return f"{self.model or 'the model'} at {self.server}" if self.server else self.model

    @property
    def key(self) -> str | None:
        """The key of the server, None without one.

        Raises:
            RequestError: the key would travel unencrypted to another machine.
        """
        found = settings.llm_key(urlsplit(self.server).hostname or "" if self.server else self.provider)
        if found and self.server.startswith("http:") and not self.is_own:
            raise RequestError(
                "the key would travel unencrypted", remedy="use https, or unset TRAVAUX_LLM_KEY", path=self.server
            )
        return found


def endpoint(model: str | None, base_url: str | None) -> Endpoint:
    """The endpoint somebody names.

    Args:
        model: ``openai:gpt-5-mini`` and the like; with `base_url` the name the server knows, or None.
        base_url: of an OpenAI-compatible server, such as ``http://127.0.0.1:8080/v1``.

    Raises:
        RequestError: neither is given, or one cannot be used.
    """
    named = (model or "").strip()
    if base_url is None:
        if not named:
            remedy = "--model openai:NAME, or --base-url http://127.0.0.1:8080/v1 for a server of your own"
            raise RequestError("no model is named, and nothing is sent without one", remedy=remedy)
        provider, colon, name = named.partition(":")
        if not (provider and colon and name):
            raise RequestError(
                f"{named!r} names no provider", remedy=f"openai:{named}, or --base-url for a server of your own"
            )
        return Endpoint(named)
    parts = urlsplit(base_url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise RequestError(f"{without_keys(base_url)!r} is no address", remedy="write it as http://127.0.0.1:8080/v1")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise RequestError(
            "an address with a password or a query would be written into the record",
            remedy="give the key as TRAVAUX_LLM_KEY",
        )
    return Endpoint(named, base_url.strip().rstrip("/"))


def require_extra() -> None:
    """Nothing, where the extra `llm` is installed.

    Raises:
        ModelMissing: it is not.
    """
    try:
        import httpx2  # noqa: F401
        import openai  # noqa: F401
        import pydantic_ai  # noqa: F401
    except ImportError:
        raise ModelMissing("language models need more than is installed", remedy="pip install 'travaux[llm]'") from None


def http_client(place: Endpoint, timeout: float) -> httpx2.AsyncClient:
    """A client that follows no redirection and takes in no more than `LONGEST_RESPONSE` bytes of a response."""
    import httpx2

    class Bounded(httpx2.AsyncByteStream):
        def __init__(self, stream: httpx2.AsyncByteStream):
            self.stream = stream

        async def __aiter__(self) -> AsyncIterator[bytes]:
            taken = 0
            async for chunk in self.stream:
                taken += len(chunk)
                if taken > LONGEST_RESPONSE:
                    raise TooMuch(f"the answer is longer than {LONGEST_RESPONSE:,} bytes")
                yield chunk

        async def aclose(self) -> None:
            await self.stream.aclose()

    async def bound(response: httpx2.Response) -> None:
        if response.headers.get("content-encoding", "identity") not in ("identity", ""):
            raise TooMuch("the answer is packed, though none was asked for")  # it may unpack to any length
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = Bounded(response.stream)

    return httpx2.AsyncClient(
        follow_redirects=False,
        trust_env=not place.is_own,  # a proxy of the environment is for the world outside, not for this machine
        timeout=httpx2.Timeout(timeout, connect=min(CONNECT_SECONDS, timeout)),
        headers={"accept-encoding": "identity"},
        event_hooks={"response": [bound]},
    )


class TooMuch(Exception):
    """A response that is not taken in."""


async def model_of(place: Endpoint, client: httpx2.AsyncClient) -> Model:
    """The model of an endpoint, ready to be asked.

    Raises:
        ModelRefuses: the provider is unknown, needs a package or a key; a server names no model, or several.
    """
    from openai import AsyncOpenAI, OpenAIError
    from pydantic_ai.exceptions import UserError
    from pydantic_ai.models import infer_model
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai import OpenAIProvider

    try:
        if not place.server and place.provider != "openai":
            return infer_model(place.model)
        name = (place.model or await _only_model(place, client)) if place.server else place.model.partition(":")[2]
        # The package's own retries are off: waiting is our business, and each try is counted.
        openai = AsyncOpenAI(
            base_url=place.server or None,
            api_key=place.key or (_NO_KEY if place.server else None),
            http_client=client,
            max_retries=0,
        )
        return OpenAIChatModel(name, provider=OpenAIProvider(openai_client=openai))
    except OpenAIError:
        raise ModelRefuses("no key for openai", remedy="set OPENAI_API_KEY or TRAVAUX_LLM_KEY") from None
    except (UserError, ImportError, ValueError) as error:
        raise ModelRefuses(without_keys(_first_words(str(error))), remedy="see docs/language-models.md") from None


def resolved(place: Endpoint, timeout: float = CONNECT_SECONDS) -> Endpoint:
    """The endpoint with its model's name, which a server with one model is asked for; nothing else is sent.

    Raises:
        ModelRefuses: the server does not answer, or has several models. ModelMissing: the extra is not installed.
    """
    if place.model:
        return place
    require_extra()

    async def ask() -> str:
        async with http_client(place, timeout) as client:
            return await _only_model(place, client)

    # In a thread of its own: a notebook runs an event loop already.
    with ThreadPoolExecutor(1) as threads:
        return Endpoint(threads.submit(lambda: asyncio.run(ask())).result(), place.server)


async def _only_model(place: Endpoint, client: httpx2.AsyncClient) -> str:
    """The name of a server's model, where it has one."""
    import httpx2

    remedy = "name it with --model"
    try:
        response = await client.get(
            f"{place.server}/models", headers={"authorization": f"Bearer {place.key or _NO_KEY}"}
        )
        listed = [str(entry["id"]) for entry in response.json()["data"]] if response.status_code == 200 else []
    except (httpx2.HTTPError, TooMuch) as error:
        told = without_keys(str(error) or type(error).__name__)
        raise ModelRefuses(f"no answer: {told}", remedy="is the server running?", path=place.server) from None
    except (ValueError, KeyError, TypeError):
        listed = []
    if len(listed) != 1:
        told = f"the server has several models: {', '.join(listed[:8])}" if listed else "the server names no model"
        raise ModelRefuses(without_keys(told), remedy=remedy, path=place.server)
    return listed[0]


def _first_words(text: str) -> str:
    return " ".join(text.split())[:300]


def _is_loopback(address: str) -> bool:
    import ipaddress

    host = urlsplit(address).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
