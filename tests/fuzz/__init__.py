"""Fuzzing: sites that a grammar made and sites that were spoilt, and what must hold of every one of them.

`holds` says what must hold, `grammar` makes whole sites, `spoil` damages good ones, `tally` has Hypothesis draw both,
`coverage` and `guided` let coverage lead, `packed` keeps a site in one text. `python -m tests.fuzz` (scripts/fuzz) runs
all of it; tests/test_fuzz.py runs a little.
"""
