"""The columns of one block as a Parquet file: the same columns are the same bytes, on every machine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROWS_PER_GROUP = 32_768
SETTINGS: Mapping[str, Any] = {
    # Said rather than left to the library, whose next release may choose otherwise.
    "version": "2.6",
    "compression": "zstd",
    "compression_level": 3,
    "data_page_version": "1.0",
    "data_page_size": 1 << 20,
    "write_statistics": True,
}


def written(
    columns: Mapping[str, NDArray[Any]], meanings: Mapping[str, str], said: Mapping[str, str]
) -> bytes:
    """Return a table of columns (n,) as the bytes of a Parquet file; NaN becomes null.

    Each column carries its meaning, the table what is `said` of it, as metadata.
    """
    # Imported here: it takes as much memory as the rest of a web worker.
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    pa.set_memory_pool(pa.system_memory_pool())  # the usual one keeps several times what it needed
    types = {name: pa.array(column[:0]).type for name, column in columns.items()}
    fields = [
        pa.field(name, kind, metadata={"meaning": meanings[name]} if name in meanings else None)
        for name, kind in types.items()
    ]
    schema = pa.schema(fields, metadata=dict(said))
    texts = [name for name, column in columns.items() if column.dtype.kind == "U"]
    count, sink = len(next(iter(columns.values()))), pa.BufferOutputStream()
    with parquet.ParquetWriter(sink, schema, use_dictionary=texts, **SETTINGS) as writer:
        for first in range(0, max(count, 1), ROWS_PER_GROUP):  # by groups: a copy of them all takes memory
            part = [
                pa.array(column[first : first + ROWS_PER_GROUP], types[name], from_pandas=True)
                for name, column in columns.items()
            ]
            writer.write_table(pa.Table.from_arrays(part, schema=schema), row_group_size=ROWS_PER_GROUP)
    return bytes(sink.getvalue())


def shown(content: bytes) -> dict[str, NDArray[Any]]:
    """Return the columns of such a file by name; null becomes NaN."""
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    table = parquet.read_table(pa.BufferReader(content), use_threads=False)
    return {name: np.asarray(table.column(name).to_numpy()) for name in table.column_names}
