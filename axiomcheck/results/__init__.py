"""Results as data: cells, certificates, counterexamples, claims and scopes."""
