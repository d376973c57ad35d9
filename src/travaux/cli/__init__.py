"""The command line: thin, one module a command group. Data goes to standard output, talk to standard error.

`root` knows the commands and says how they end (exit codes of `travaux.errors`), `output` gives every listing the same
options, `places` finds the record a command works on. No room is imported before a command needs it.
"""

from travaux.cli.root import command, main

__all__ = ["command", "main"]
