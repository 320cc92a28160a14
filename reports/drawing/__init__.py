"""Drawings: counterexamples, charts and moving inputs, as SVG and as text. They need numbers alone."""

from .animation import ANIMATION_SCRIPT, ANIMATION_STYLE, animation
from .chart import lines
from .picture import picture
from .text import sketch

__all__ = ["ANIMATION_SCRIPT", "ANIMATION_STYLE", "animation", "lines", "picture", "sketch"]
