"""The version of Travaux, in a module of its own so that any room can name it; a test compares it with the metadata."""

__version__ = "0.1.0"
