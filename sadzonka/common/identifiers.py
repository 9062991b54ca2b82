"""Register numbers of organisations, checked by python-stdnum where the number carries a checksum."""

import importlib
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as WrongNumber

_MODULES = {"nip": "pl.nip", "regon": "pl.regon", "piva": "it.iva", "cf": "it.codicefiscale"}
_KRS = re.compile(r"(?!0{10})[0-9]{10}")


def check_identifier(scheme: str, value: str) -> str:
    """Return the number in its compact form; a wrong one raises ValidationError for `value`."""
    if scheme == "krs":  # ten digits without a checksum, often written without the leading zeros
        compact = value.strip().zfill(10)
        if not _KRS.fullmatch(compact):
            raise ValidationError({"value": _("A KRS number has ten digits.")})
        return compact
    try:
        return str(importlib.import_module(f"stdnum.{_MODULES[scheme]}").validate(value))
    except WrongNumber as error:
        raise ValidationError(
            {
                "value": _("%(value)s is not a valid %(scheme)s number.")
                % {"value": value, "scheme": scheme.upper()}
            }
        ) from error
