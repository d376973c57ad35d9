"""2 What a report is worth: the families it belongs to and the flags it carries. Needs no reading and no models.

``families`` finds what derives from one text, ``flags`` what a report shows by itself and against the others; each numbers its
steps in its docstring. Flags on whose word something is told are decided here, by the words of the sentence, and not from the
statements read: every claim counts, on an option of the agenda or not, and a report is looked at once, when it comes in.

Nothing is imported here: the store, which only keeps what this room finds, must open fast.
"""
