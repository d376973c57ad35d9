"""Discourse Network Analyzer 3: its database out and in, and its exports byte for byte.

``database`` holds the nouns of a DNA file, ``writing`` and ``reading`` the SQLite file (``tables`` its schema), ``mapping`` what
a record becomes there and back, ``exports`` the event lists, matrices and GraphML that DNA itself would write.
The format was described from files and by running DNA 3.0.11.5 and 3.1.2; no code of DNA is used or shipped.
"""
