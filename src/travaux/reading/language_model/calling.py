"""Step 3: a model is asked, patiently: several requests at a time, waits where the server asks for them, one repair.

1. At most so many requests are under way at once; where the server says 429, all wait as long as it asks.
2. Overload, a fault of the server, a slow or broken answer: tried again after a wait that doubles, then given up.
3. What asking again cannot mend (a wrong key, no such model, a redirection, no server) ends the run: `ModelRefuses`.
4. An answer nothing can be taken from is sent back once with the reason; a second such answer is `Unusable`.
5. A server that knows no JSON schema is asked without one from then on.
"""

from __future__ import annotations

import asyncio
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from travaux.errors import ModelRefuses
from travaux.reading.language_model.answers import Unusable
from travaux.reading.language_model.cache import Answered
from travaux.reading.language_model.endpoints import TooMuch
from travaux.reading.language_model.prompt import Message
from travaux.reading.language_model.redaction import without_keys

if TYPE_CHECKING:
    from pydantic_ai.exceptions import ModelAPIError
    from pydantic_ai.messages import ModelMessage, ModelResponse
    from pydantic_ai.models import Model

Check = Callable[[str], object]
"""Looks at an answer's text and raises Unusable where nothing can be taken from it."""

TRIES_UNREACHED = 2
"""How often a server is tried that has not answered anybody yet."""

_REPAIR = (
    "Your answer could not be used: {why}. Answer again, with the JSON object only, complete and in the form asked for."
)


@dataclass(frozen=True, slots=True)
class Patience:
    """How a server is treated.

    Attributes:
        concurrency: requests under way at once.
        timeout: seconds for one whole answer, however it drips in.
        tries: how often one request is sent before it is given up.
        first_wait: seconds before the second try where the server names none; doubled each time.
        longest_wait: seconds; a server that asks for a longer wait ends the run.
    """

    concurrency: int = 4
    timeout: float = 300.0
    tries: int = 5
    first_wait: float = 1.0
    longest_wait: float = 120.0


class _Again(Exception):
    """A request that may succeed later.

    Args:
        why: in words; wait: seconds the server asks for, None where it does not say.
        everyone: all requests wait.
    """

    def __init__(self, why: str, wait: float | None = None, *, everyone: bool = False, unreached: bool = False):
        self.why = why
        self.wait = wait
        self.everyone = everyone
        self.unreached = unreached
        super().__init__(why)


class Caller:
    """Asks one model; to be used inside one event loop.

    Args:
        model: a model of pydantic-ai.
        patience: see `Patience`.
        keys: secrets that must appear in nothing that comes back.
    """

    def __init__(
        self,
        model: Model,
        patience: Patience | None = None,
        *,
        keys: Sequence[str] = (),
    ):
        self.model = model
        self.patience = patience or Patience()
        self._holds_schemas = True
        self.keys = tuple(keys)
        self._places = asyncio.Semaphore(self.patience.concurrency)
        self._not_before = 0.0
        self._reached = False

    async def ask(self, messages: Sequence[Message], check: Check, schema: dict[str, Any] | None = None) -> Answered:
        """An answer that passes its check.

        Args:
            schema: JSON schema of an answer, for servers that hold a model to one.

        Raises:
            Unusable: there is none to be had for this request. ModelRefuses: there is none to be had at all.
        """
        first = await self._patiently(messages, schema)
        try:
            check(first.text)
            return first
        except Unusable as unusable:
            shown = Message("assistant", first.text[:8_000] or "{}")
            again = (*messages, shown, Message("user", _REPAIR.format(why=unusable)))
        second = await self._patiently(again, schema)
        check(second.text)
        tokens = first.input_tokens + second.input_tokens, first.output_tokens + second.output_tokens
        return Answered(second.text, second.model, *tokens)

    async def _patiently(self, messages: Sequence[Message], schema: dict[str, Any] | None) -> Answered:
        wait = self.patience.first_wait
        failure = _Again("not tried")
        tried = 0
        for attempt in range(self.patience.tries):
            async with self._places:
                await self._our_turn()
                try:
                    answered = await self._once(messages, schema)
                    self._reached = True
                    return answered
                except _Again as error:
                    failure = error
                    self._reached = self._reached or not failure.unreached
            tried = attempt + 1
            # A server that never was there will not come for waiting.
            if tried == self.patience.tries or (tried == TRIES_UNREACHED and not self._reached):
                break
            asked = failure.wait if failure.wait is not None else wait
            if asked > self.patience.longest_wait:
                raise ModelRefuses(f"the server asks to wait {asked:.0f} seconds", remedy="run the same command then")
            if failure.everyone:
                self._not_before = max(self._not_before, time.monotonic() + asked)
            else:
                await asyncio.sleep(asked)
            wait = min(wait * 2, self.patience.longest_wait)
        told = f"{failure.why}, {tried} times"
        if failure.unreached:
            raise ModelRefuses(told, remedy="is the server running? What was answered is kept")
        raise Unusable(told)

    async def _our_turn(self) -> None:
        while (left := self._not_before - time.monotonic()) > 0:
            await asyncio.sleep(left)

    async def _once(self, messages: Sequence[Message], schema: dict[str, Any] | None) -> Answered:
        from pydantic_ai.exceptions import ModelAPIError, UnexpectedModelBehavior

        if not (self._holds_schemas and self.model.profile.get("supports_json_schema_output", True)):
            schema = None
        try:
            async with asyncio.timeout(self.patience.timeout):
                response = await self._request(messages, schema)
        except TooMuch as much:
            raise Unusable(str(much)) from None
        except TimeoutError:
            raise _Again(f"no whole answer in {self.patience.timeout:g} seconds") from None
        except ModelAPIError as error:
            raise self._judged(error, held=schema is not None) from None
        except UnexpectedModelBehavior as error:
            raise _Again(self._told("the server's answer makes no sense", error)) from None
        return self._answered(response)

    async def _request(self, messages: Sequence[Message], schema: dict[str, Any] | None) -> ModelResponse:
        from pydantic_ai.models import ModelRequestParameters
        from pydantic_ai.output import OutputObjectDefinition
        from pydantic_ai.settings import ModelSettings

        parameters = ModelRequestParameters()
        if schema is not None:
            shape = OutputObjectDefinition(json_schema=schema, name="statements", strict=True)
            parameters = ModelRequestParameters(output_mode="native", output_object=shape)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a setting that a model does not know is left out, which is what we want
            return await self.model.request(_for_model(messages), ModelSettings(temperature=0.0), parameters)

    def _judged(self, error: ModelAPIError, *, held: bool) -> Exception:
        """What an error of the server means for this request and for the run."""
        from pydantic_ai import exceptions as known

        status = getattr(error, "status_code", None) or getattr(
            getattr(error.__cause__, "response", None), "status_code", None
        )
        if _caused_by(error, TooMuch):
            return Unusable(str(_caused_by(error, TooMuch)))
        if isinstance(error, known.ModelAuthenticationError):
            remedy = "set TRAVAUX_LLM_KEY, or the provider's own variable, to a valid key"
            return ModelRefuses(f"the server refuses the key ({status})", remedy=remedy)
        if isinstance(error, known.ModelNotFoundError):
            return ModelRefuses(self._told("the server knows no such model or address", error))
        if isinstance(error, known.ModelQuotaExceededError):
            return ModelRefuses(self._told("the account's quota is used up", error))
        if isinstance(status, int) and 300 <= status < 400:
            return ModelRefuses(
                f"the server sends elsewhere ({status}); nothing was sent there", remedy="give its address"
            )
        if isinstance(error, known.ModelContextWindowExceededError):
            return Unusable("the request is longer than the model can read; --prompt terse is shorter")
        if isinstance(error, known.ModelRateLimitError):
            return _Again("the server is too busy (429)", error.retry_after, everyone=True)
        if isinstance(error, known.ModelTimeoutError):
            return _Again("no answer in time")
        if isinstance(error, known.ModelConnectionError):
            return _Again(self._told("no connection", error), unreached=True)
        if isinstance(status, int) and status in (400, 415, 422, 501) and held:
            self._holds_schemas = False  # it may be the schema that the server does not know
            return _Again("the server refuses a JSON schema", 0.0)
        if isinstance(error, known.ModelRequestRejectedError):
            return Unusable(self._told(f"the server refuses the request ({status})", error))
        return _Again(self._told(f"the server fails ({status})", error), error.retry_after)

    def _answered(self, response: ModelResponse) -> Answered:
        from pydantic_ai.messages import TextPart

        text = "".join(part.content for part in response.parts if isinstance(part, TextPart))
        if response.finish_reason == "content_filter":
            raise Unusable("the provider's filter held the answer back")
        usage = response.usage
        name = without_keys(response.model_name or self.model.model_name, self.keys)
        return Answered(without_keys(text, self.keys), name, usage.input_tokens, usage.output_tokens)

    def _told(self, what: str, error: Exception) -> str:
        body = getattr(error, "body", None)
        said = body.get("message") if isinstance(body, dict) else None
        detail = " ".join(str(said or error).split())[:200]
        return without_keys(f"{what}: {detail}", self.keys)


def _for_model(messages: Sequence[Message]) -> list[ModelMessage]:
    from pydantic_ai.messages import ModelRequest, ModelResponse, SystemPromptPart, TextPart, UserPromptPart

    found: list[ModelMessage] = []
    for message in messages:
        if message.role == "assistant":
            found.append(ModelResponse(parts=[TextPart(message.content)]))
            continue
        part = SystemPromptPart(message.content) if message.role == "system" else UserPromptPart(message.content)
        if found and isinstance(found[-1], ModelRequest):
            found[-1] = ModelRequest(parts=[*found[-1].parts, part])
        else:
            found.append(ModelRequest(parts=[part]))
    return found


def _caused_by(error: BaseException | None, kind: type[Exception]) -> BaseException | None:
    """The first cause of that kind, or None."""
    seen = 0
    while error is not None and seen < 20:
        if isinstance(error, kind):
            return error
        error, seen = error.__cause__ or error.__context__, seen + 1
    return None
