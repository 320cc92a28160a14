"""How explainers are run: time limits, worker processes, isolation, and what a call changed."""
