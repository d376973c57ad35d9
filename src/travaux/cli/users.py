"""users: who may sign in to the record in the browser, in a file of their own."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from travaux.cli.output import Listing, example, listing

if TYPE_CHECKING:
    from travaux.server.people import Person

COLUMNS = ("id", "role", "signs", "signs_in")
ROLES = click.Choice(("read", "review", "edit"))
file_argument = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
role_option = click.option(
    "--role", type=ROLES, required=True, help="read looks; review judges too; edit does everything."
)


@click.group()
@example("travaux users add users.yaml ana --role review --signs 'Ana Petrović'", "travaux users list users.yaml")
def users() -> None:
    """Who may sign in to `travaux serve --users FILE`, and what each may do there.

    read looks. review also judges, adds missed statements, and takes back own judgements. edit also changes the agenda,
    sends in reports, and takes back anybody's judgements. A running server sees a change at once.
    """


@users.command()
@file_argument
@click.argument("name")
@role_option
@click.option("--signs", metavar="NAME", help="How their judgements are signed; by default the name they sign in by.")
@click.option("--by-proxy", is_flag=True, help="Without a password: a server in front says who it is.")
@example("travaux users add users.yaml ana --role review --signs 'Ana Petrović'")
def add(file: Path, name: str, role: str, signs: str | None, by_proxy: bool) -> None:
    """Let somebody in. The password is asked for on the terminal, or is the first line of standard input.

    FILE is made where it is missing, for its owner's eyes only.
    """
    from travaux.errors import RequestError
    from travaux.server.people import Person, Role, edited, folded

    person = Person(name, Role(role), signs or name)
    password = "" if by_proxy else _password(file, person)
    with edited(file, new=True) as people:
        if any(folded(one.name) == folded(name) for one in people):
            raise RequestError(f"{name} is there already", remedy="users role and users password change it", path=file)
        people.append(replace(person, password=password))
    click.echo(f"{name} may {role}.", err=True)


@users.command()
@file_argument
@click.argument("name")
@example("travaux users password users.yaml ana")
def password(file: Path, name: str) -> None:
    """Give somebody another password; whoever is signed in as them is signed out."""
    from travaux.server.people import edited, load_people, place_of

    people = load_people(file)
    hash_of = _password(file, people[place_of(people, name)])
    with edited(file) as people:
        place = place_of(people, name)
        people[place] = replace(people[place], password=hash_of)
    click.echo(f"{name} has another password.", err=True)


@users.command()
@file_argument
@click.argument("name")
@click.argument("role", type=ROLES)
@example("travaux users role users.yaml ana edit")
def role(file: Path, name: str, role: str) -> None:
    """Let somebody do more, or less."""
    from travaux.server.people import Role, edited, place_of

    with edited(file) as people:
        place = place_of(people, name)
        people[place] = replace(people[place], role=Role(role))
    click.echo(f"{name} may {role}.", err=True)


@users.command()
@file_argument
@click.argument("name")
@example("travaux users remove users.yaml ana")
def remove(file: Path, name: str) -> None:
    """Let somebody in no more; whoever is signed in as them is signed out. Their judgements stay."""
    from travaux.server.people import edited, place_of

    with edited(file) as people:
        del people[place_of(people, name)]
    click.echo(f"{name} is no longer let in.", err=True)


@users.command("list")
@file_argument
@listing
@example("travaux users list users.yaml")
def list_(file: Path, out: Listing) -> None:
    """Who may come in, and as what."""
    from travaux.server.people import load_people
    from travaux.views.terminal import rows_view

    rows = [_row(one) for one in load_people(file)]
    out.write(rows, lambda _: rows_view(rows, COLUMNS), columns=COLUMNS)


def _row(person: Person) -> dict[str, Any]:
    return {
        "id": person.name,
        "role": str(person.role),
        "signs": person.signs,
        "signs_in": "by password" if person.password else "by a server in front",
    }


def _password(file: Path, person: Person) -> str:
    """The hash of a password that is asked for; never an argument, which every user of the machine could see."""
    from travaux.errors import RequestError
    from travaux.server.passwords import check_password, hashed

    if sys.stdin.isatty():
        import getpass

        given = getpass.getpass(f"Password for {person.name}: ")
        check_password(given, person.name, person.signs)
        if getpass.getpass("The same again: ") != given:
            raise RequestError("these are two different passwords", remedy="nothing was changed; try again")
    else:
        given = sys.stdin.readline().rstrip("\r\n")
        check_password(given, person.name, person.signs)
    return hashed(given)
