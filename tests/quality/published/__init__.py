"""Defects that people reported in public, written anew, each beside what is right."""
