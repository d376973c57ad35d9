"""A record taken over into another folder, and into another kind of database where that is wanted."""

from __future__ import annotations

import secrets
import shutil
from contextlib import suppress
from pathlib import Path

from travaux.api.foundation import AGENDA_NAME, Progress, RecordBase
from travaux.errors import RecordExists, RecordReadOnly


class Copied(RecordBase):
    """The verb that copies a record."""

    def copy(
        self, folder: str | Path, *, database: str | None = None, progress: Progress | None = None
    ) -> dict[str, int]:
        """Make a copy of the record in a new folder: every row, the agenda, a term sheet's entries, a model's answers.

        The rows are read once more from both databases and compared. Nothing is half copied: the folder is there when all
        is. Who looks at this record meanwhile, or writes to it, is not disturbed; the copy is of one moment.

        Args:
            folder: of the copy; it must not be there, or be empty.
            database: ``sqlite``, or a PostgreSQL server's address such as ``postgresql+psycopg://user@server/database``;
                by default what TRAVAUX_DB says, else ``sqlite``.
            progress: told what is copied, how many rows are done, and how many there are.

        Returns:
            How many rows each table has.

        Raises:
            RecordExists: the folder is there and not empty. RecordReadOnly: it cannot be made. RequestError: ``database``
            is neither. StoreError: a row that does not come back as it was, or that the new database does not take.
        """
        place = Path(folder)
        _take(place)
        draft = place.absolute().with_name(f".{place.absolute().name}.{secrets.token_hex(4)}.part")
        try:
            try:
                draft.mkdir()
                self._copy_files(draft)
            except OSError as error:
                told = f"the copy cannot be written: {error.strerror}"
                raise RecordReadOnly(told, remedy="check the permissions and the disk", path=place) from error
            numbers = self.store.copy_to(draft, called=place, database=database, progress=progress)
            _put_in_place(draft, place)
        except BaseException:
            with suppress(OSError):
                place.rmdir()  # only what is empty goes
            raise
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        return numbers

    def _copy_files(self, draft: Path) -> None:
        from travaux.analysis.agreement.entries import ENTRIES_NAME
        from travaux.reading.language_model.cache import FOLDER

        for name in (AGENDA_NAME, ENTRIES_NAME):
            if (self.folder / name).is_file():
                shutil.copyfile(self.folder / name, draft / name)
        if (self.folder / FOLDER).is_dir():
            shutil.copytree(self.folder / FOLDER, draft / FOLDER)


def _take(place: Path) -> None:
    """Make the copy's folder, empty, so that nobody else takes its name meanwhile."""
    try:
        place.mkdir(parents=True, exist_ok=True)
        empty = not any(place.iterdir())
    except FileExistsError:
        empty = False
    except OSError as error:
        raise RecordReadOnly(f"the folder cannot be made: {error.strerror}", path=place) from error
    if not empty:
        raise RecordExists("this is there already", remedy="name a folder that is not", path=place)


def _put_in_place(draft: Path, place: Path) -> None:
    try:
        draft.rename(place)  # it replaces an empty folder only
    except OSError as error:
        raise RecordExists(f"the folder cannot be made: {error.strerror}", path=place) from error
