"""Sessions end, and attempts wait: by a clock that the tests turn."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from travaux.server.limits import FORGOTTEN, PATIENCE, Allowance, Delays, network_of
from travaux.server.people import Person, Role
from travaux.server.sessions import IDLE, MOST, WHOLE, Sessions

ANA = Person("ana", Role.REVIEW, "Ana P.", "$argon2id$one")


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


def test_a_session_lasts_while_it_is_used_but_not_for_ever():
    clock = Clock()
    sessions = Sessions(clock)
    secret = sessions.begin(ANA)

    def person():
        found = sessions.of(secret, lambda _: ANA)
        return found and found[0]

    begun = clock.now
    while clock.now - begun + IDLE <= WHOLE:
        clock.now += IDLE
        assert person() == ANA
    clock.now = begun + WHOLE + 1
    assert person() is None
    clock.now = begun
    assert person() is None, "what has ended stays so"
    secret = sessions.begin(ANA)
    clock.now += IDLE + 1
    assert person() is None


def test_a_session_ends_with_its_owner_and_the_password():
    sessions = Sessions(Clock())
    for now in (None, replace(ANA, password="$argon2id$two"), replace(ANA, password="")):
        secret = sessions.begin(ANA)
        assert sessions.of(secret, lambda _, now=now: now) is None
        assert sessions.of(secret, lambda _: ANA) is None
    secret = sessions.begin(ANA)
    assert sessions.of(secret, lambda _: replace(ANA, role=Role.READ))[0].role is Role.READ
    sessions.end(secret)
    sessions.end("never was")
    assert sessions.of(secret, lambda _: ANA) is None
    assert sessions.of("", lambda _: ANA) is None


def test_secrets_are_random_long_and_kept_nowhere():
    sessions = Sessions(Clock())
    secrets = {sessions.begin(ANA) for _ in range(MOST)}
    assert len(secrets) == MOST and all(len(one) == 43 for one in secrets)
    assert not any(one in repr(vars(sessions)) for one in secrets)
    tokens = {sessions.of(one, lambda _: ANA)[1].token for one in secrets}
    assert len(tokens) == MOST and not tokens & secrets


def test_the_oldest_of_too_many_ends_and_nobody_elses():
    sessions, bo = Sessions(Clock()), replace(ANA, name="bo")
    other = sessions.begin(bo)
    secrets = [sessions.begin(ANA) for _ in range(MOST + 2)]
    assert [sessions.of(one, lambda _: ANA) is not None for one in secrets] == [False] * 2 + [True] * MOST
    assert sessions.of(other, lambda _: bo)[0] is bo


def tries(delays, clock, name="ana", address="192.0.2.1", number=40):
    """Attempts that all fail, each made as soon as it may be: the seconds each had to wait."""
    waits = []
    for _ in range(number):
        wait = delays.attempt(name, address)
        waits.append(wait)
        clock.now += wait
        if wait:
            assert delays.attempt(name, address) == 0
    return waits


def test_waits_double_up_to_the_longest():
    clock = Clock()
    pair = PATIENCE["name and address"]
    waits = tries(Delays(clock), clock, number=16)
    assert waits[: pair.free + 4] == [0.0] * pair.free + [1.0, 2.0, 4.0, 8.0]
    assert waits[-1] == pair.longest


def test_many_names_from_one_address_wait_too_and_other_addresses_do_not():
    clock = Clock()
    delays = Delays(clock)
    free = PATIENCE["address"].free
    assert [delays.attempt(f"name {number}", "2001:db8::1") for number in range(free)] == [0.0] * free
    assert delays.attempt("another", "2001:db8::ffff:1") > 0, "one household has all of its network"
    assert delays.attempt("another", "2001:db8:1::1") == 0


def test_strangers_cannot_keep_somebody_out_for_long():
    clock = Clock()
    delays = Delays(clock)
    for number in range(5000):
        delays.attempt("ana", f"10.0.{number // 250}.{number % 250}")
        clock.now += 2
    assert delays.attempt("ana", "192.0.2.1") <= PATIENCE["name"].longest


def test_who_gets_in_is_trusted_anew_and_failures_are_forgotten():
    clock = Clock()
    delays = Delays(clock)
    for _ in range(50):
        assert delays.attempt("ana", "192.0.2.1") == 0
        delays.succeeded("ana", "192.0.2.1")
    for _ in range(3):
        delays.attempt("bo", "192.0.2.1")
    assert delays.attempt("bo", "192.0.2.1") > 0
    # Getting in as oneself takes no failures of another away.
    delays.attempt("ana", "192.0.2.1")
    delays.succeeded("ana", "192.0.2.1")
    assert delays.attempt("bo", "192.0.2.1") > 0
    clock.now += FORGOTTEN + 1
    assert delays.attempt("bo", "192.0.2.1") == 0


@given(st.integers(1, 9), st.integers(1, 240), st.lists(st.floats(0, 30), max_size=60))
def test_an_allowance_never_grants_more_than_it_says(at_once, a_minute, pauses):
    clock = Clock()
    allowance, granted, begun = Allowance(at_once, a_minute, clock), 0, clock.now
    for pause in pauses:
        clock.now += pause
        wait = allowance.wait("ana")
        granted += not wait
        assert granted <= at_once + (clock.now - begun) * a_minute / 60 + 1e-6
        assert 0 <= wait <= 60 / a_minute + 1e-6
    assert allowance.wait("bo") == 0
    if wait := allowance.wait("ana"):
        clock.now += wait + 1e-6
        assert allowance.wait("ana") == 0


def test_addresses_are_counted_by_household():
    assert network_of("2001:db8::1") == network_of("2001:db8::2") != network_of("2001:db8:0:1::1")
    assert network_of("192.0.2.1") == "192.0.2.1" != network_of("192.0.2.2")
    assert network_of("") == ""
