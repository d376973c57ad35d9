"""Reading: a report and an agenda become statements.

The way through, one module a step; the numbers stand in `local.py` too:

1. `parse`        evidence blocks become sentences with their grammar (spaCy), offsets kept
2. `mentions`     names, roles and pronouns become parties and people
3. `linking`      words of a sentence point to options of the agenda
4. `stance`       from an option's words up through the grammar: who takes which side, by which cue
5. `condition`    the words that make a position conditional
6. `attribution`  who vouches: the speaker, the narrator, another party, nobody named
7. `local`        strings the steps together and writes statements with their reasons; `echoes` adds those of whoever shares or
                  answers one of them ("So does Oslo")

`protocol.py` says what a reader is; `lexicon/` holds the words, as data; `suggestion` drafts a first agenda.
"""
