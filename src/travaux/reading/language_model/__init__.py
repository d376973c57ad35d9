"""A language model as a second reader: asked for positions, believed only where the report's own words bear it out.

::

    report ──1 passages──▶ what a model is shown, cut at paragraphs
    agenda ──2 prompt────▶ rules, worked examples, parties and options
               │
               ├──3 calling──▶ a model, live, with limits and retries; `cache` keeps what it answered
               ├──3 batches──▶ or a file of requests, and a file of answers made elsewhere
               │
               ├──4 answers────▶ typed statements out of whatever came back
               ├──5 alignment──▶ where each quote stands in the report
               ├──6 orders─────▶ words in a report that speak to a machine
               └──7 grounding──▶ statements, and what was dropped with the reason

`reader` strings the steps together behind the protocol of every reader; `costs` says before anything is sent what it will
cost; `endpoints` finds the model and its key. Nothing here imports pydantic-ai before a model is really called.
"""

NAME = "llm"
"""The reader's name, stored with each of its statements."""
