"""Results are tested with the certificates that reports are."""

from ..reports.conftest import certificate, hostile, judged, told, whole

__all__ = ["certificate", "hostile", "judged", "told", "whole"]
