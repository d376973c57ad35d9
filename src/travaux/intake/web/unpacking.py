"""Bodies that were packed for the way, unpacked piece by piece and never past a limit: a packed body of a megabyte can
hold ten gigabytes."""

from __future__ import annotations

import zlib


class TooLarge(Exception):
    """More came out than may."""


class BrokenOff(Exception):
    """The packed bytes end before they should, or are none."""


class Unpacking:
    """Takes a body in pieces.

    Args:
        coding: ``""`` (as it is), ``gzip`` or ``deflate``, as ``Content-Encoding`` names them.
        largest: how many bytes may come out.
    """

    def __init__(self, coding: str, largest: int) -> None:
        self.coding = coding
        self.largest = largest
        self._out = bytearray()
        self._inflate = self._fresh()
        self._begun = False

    def feed(self, piece: bytes) -> None:
        """Take the next piece.

        Raises:
            TooLarge, BrokenOff: see there.
        """
        if self._inflate is None:
            self._take(piece)
            return
        waiting = piece
        while waiting:
            if self._inflate.eof:
                if self.coding != "gzip" or not waiting.lstrip(b"\0"):
                    return  # padding behind the end
                self._inflate = zlib.decompressobj(31)  # another member
            try:
                room = self.largest - len(self._out) + 1
                self._take(self._inflate.decompress(waiting, room))
            except zlib.error as error:
                if self.coding == "deflate" and not self._begun:
                    self._inflate = zlib.decompressobj(-15)  # some servers leave the wrapping off
                    self._begun = True
                    continue
                raise BrokenOff(str(error)) from error
            self._begun = True
            waiting = self._inflate.unconsumed_tail or self._inflate.unused_data

    def whole(self) -> bytes:
        """All that came out.

        Raises:
            BrokenOff: the end is missing.
        """
        if self._inflate is not None and self._begun and not self._inflate.eof:
            raise BrokenOff("the end is missing")
        return bytes(self._out)

    def _take(self, piece: bytes) -> None:
        if len(self._out) + len(piece) > self.largest:
            raise TooLarge
        self._out += piece

    def _fresh(self) -> zlib._Decompress | None:
        return {"gzip": zlib.decompressobj(31), "deflate": zlib.decompressobj(15)}.get(self.coding)
