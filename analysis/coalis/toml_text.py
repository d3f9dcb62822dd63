"""Python values as TOML text, for what the program reads."""

from __future__ import annotations

import json
import math
import numbers
import os
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from .arguments import names
from .errors import AskError


def value_text(value: Any) -> str:
    """A number, switch, text, list or table as TOML on one line."""
    if hasattr(value, "__array__"):
        value = value.values.tolist() if hasattr(value, "values") else value.tolist()  # of numpy, pandas, xarray
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else {math.inf: "inf", -math.inf: "-inf"}.get(value, "nan")
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key_text(key)} = {value_text(item)}" for key, item in value.items()) + " }" if value else "{}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(value_text(item) for item in value) + "]"
    if isinstance(value, (numbers.Real, Decimal)):
        return value_text(float(value))
    if isinstance(value, os.PathLike):
        return value_text(os.fsdecode(value))
    raise AskError(f"{value!r} is no value of a scenario; write a number, True or False, text, or a list of them")


def key_text(key: Any) -> str:
    name = str(key)
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name, ensure_ascii=False)


def document_text(tables: Mapping[str, Any], above: str = "") -> str:
    """Nested tables as a TOML document."""
    plain = [f"{key_text(key)} = {value_text(value)}" for key, value in tables.items() if not _is_table(value)]
    text = "\n".join(plain) + "\n" if plain else ""
    for key, value in tables.items():
        path = above + key_text(key)
        if isinstance(value, Mapping):
            text += f"\n[{path}]\n" + document_text(value, path + ".")
        elif _is_table(value):
            text += "".join(f"\n[[{path}]]\n" + document_text(item, path + ".") for item in value)
    return text


def _is_table(value: Any) -> bool:
    tables = isinstance(value, (list, tuple)) and len(value) > 0 and all(isinstance(item, Mapping) for item in value)
    return isinstance(value, Mapping) or tables


def _value_of(path: Any, value: Any) -> str:
    try:
        return value_text(value)
    except AskError as error:
        raise AskError(f"{path}: {error}") from None


def overrides_of(values: Mapping[str, Any] | Sequence[str] | None) -> dict[str, str]:
    """Values by path as TOML texts; also from "path=value" as the command line has it, where a bare word is text."""
    if values is None:
        return {}
    tables: Any = values
    if isinstance(values, Mapping) or hasattr(values, "to_dict"):  # a series of pandas, too
        return {str(path): _value_of(path, value) for path, value in tables.items()}
    values = names("overrides", values)
    for text in values:
        if "=" not in text:
            raise AskError(f"overrides={text!r}: takes path=value, as in 'levers.information=0', or a dict of values by path")
    pairs = [text.partition("=") for text in values]
    return {path.strip(): value for path, _, value in pairs}
