"""Parquet tables: their columns as lists of Python values, None where there is no value."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from typing import Any

from sadzonka.places.formats.notes import Refused
from sadzonka.places.formats.opening.limits import (
    MAX_CELLS,
    MAX_CHARACTERS,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_UNPACKED,
)


def columns_of(content: bytes) -> dict[str, Sequence[Any]]:
    """Return the columns of a table by name, refused by what it declares before any is unpacked."""
    # Imported here: it takes as much memory as the rest of a web worker, and few files are of this kind.
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    try:
        metadata = parquet.read_metadata(io.BytesIO(content))
        require_small(metadata)
        schema = metadata.schema.to_arrow_schema()
        for field in schema:
            require_plain(pa.types, field.name, field.type)
        texts = [field.name for field in schema if is_text(pa.types, field.type)]
        # As dictionaries a text that fills a million cells is kept once.
        table = parquet.ParquetFile(io.BytesIO(content), read_dictionary=texts).read(use_threads=False)
        table.validate(full=True)
        return {name: values_of(pa, table.column(name)) for name in table.column_names}
    except (pa.ArrowException, OSError, ValueError, LookupError, OverflowError, MemoryError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused("damaged") from error


def require_small(metadata: Any) -> None:
    """Refuse a table by its number of rows and columns and by its unpacked size."""
    names = [
        metadata.schema.column(number).name for number in range(min(metadata.num_columns, MAX_COLUMNS + 1))
    ]
    if metadata.num_columns > MAX_COLUMNS:
        raise Refused("too-many-columns", limit=MAX_COLUMNS)
    if metadata.num_rows > MAX_ROWS:
        raise Refused("too-many-rows", limit=MAX_ROWS)
    if metadata.num_rows * metadata.num_columns > MAX_CELLS:
        raise Refused("too-many-cells", limit=MAX_CELLS)
    sizes = [metadata.row_group(number).total_byte_size for number in range(metadata.num_row_groups)]
    if sum(sizes) > MAX_UNPACKED:
        raise Refused("unpacks-too-large", limit=MAX_UNPACKED // 10**6)
    if len(set(names)) < len(names):
        raise Refused("damaged")


def is_text(types: Any, kind: Any) -> bool:
    """Return whether a column holds text."""
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_dictionary(kind))


def require_plain(types: Any, name: str, kind: Any) -> None:
    """Refuse lists, structures, bytes and times: nothing that an indicator could be."""
    kind = kind.value_type if types.is_dictionary(kind) else kind
    is_number = types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind)
    is_day = types.is_date(kind) or types.is_timestamp(kind)
    if not (is_text(types, kind) or is_number or is_day or types.is_boolean(kind) or types.is_null(kind)):
        raise Refused("parquet-type", name=name, type=str(kind))


def values_of(pa: Any, column: Any) -> list[Any]:
    """Return the values of a column: each text once, NaN (how some programs write a gap) as None."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return [value for chunk in column.chunks for value in looked_up(chunk)]
    if pa.types.is_timestamp(kind):
        column = column.cast(pa.timestamp("us"), safe=False)
    elif pa.types.is_decimal(kind):
        column = column.cast(pa.float64())
    values: list[Any] = column.to_pylist()
    if pa.types.is_floating(column.type):
        return [None if value is None or math.isnan(value) else value for value in values]
    return values


def looked_up(chunk: Any) -> list[Any]:
    """Return the values of a part of a column that is stored as positions in a list of distinct ones."""
    distinct = chunk.dictionary.to_pylist()
    if any(isinstance(value, str) and len(value) > MAX_CHARACTERS for value in distinct):
        raise Refused("long-cell", row=1, limit=MAX_CHARACTERS)
    return [None if position is None else distinct[position] for position in chunk.indices.to_pylist()]
