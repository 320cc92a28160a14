"""The JSON form, which keeps everything."""

import json

from .certificate import Certificate


def as_json(certificate: Certificate) -> str:
    """Return the certificate as JSON with sorted names: the same cells give the same text but for times."""
    return json.dumps(certificate.as_data(), sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
