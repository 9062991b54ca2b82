"""How large a file of statistics may be: room for any real one, and a stop for what would fill the memory."""

MAX_PACKED = 60_000_000  # bytes as uploaded; the largest official file in use, Eurostat's, has 2.5 million
MAX_UNPACKED = 120_000_000  # bytes; the text and its cells then still fit into a small server's memory
MAX_RATIO = 100  # real tables pack 3 to 20 times, the most repetitive ones 60; bombs 1,000 times ...
RATIO_FROM = 10_000_000  # ... which harms nobody below this many bytes
MAX_ROWS = 300_000  # Eurostat's list of all local units has 99,140
MAX_COLUMNS = 2_000
MAX_CELLS = 5_000_000  # about 60 bytes each once read; 99,140 local units x 12 indicators have 1.2 million
MAX_CHARACTERS = 131_072  # of one cell; a workbook's cell holds 32,767
MAX_LINE_BREAKS = 20  # inside one cell; more are lines that a stray quotation mark has swallowed
MAX_VALUES = 8_000_000  # of a JSON document; boundaries of all municipalities, simplified, have 1 million
MAX_TEXT = 400_000_000  # characters of all cells of a workbook, where a million cells may share one text
MAX_SHEETS = 200
