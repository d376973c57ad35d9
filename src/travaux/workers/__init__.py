"""Processes that work beside this one: a report that kills or hangs its process fails alone.

``machine``   how many processes this machine bears: cores, and memory that is free
``process``   one such process, asked one thing at a time, with a time limit
``child``     what runs in it
``reading``   reports read in such processes by the reader that ships

What goes between is JSON, checked on arrival, never a pickle: a process that read hostile pages is not trusted. A process asked
for is started by its module's name, so that a script without ``if __name__ == "__main__"`` can use them too, and it ends when
whoever started it ends, however that happens.
"""
