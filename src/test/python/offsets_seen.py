"""Says which offsets of which partitions an Iceberg table holds, as PyIceberg reads it.

Prints one line a partition: the partition, the number of rows, the number of distinct offsets, the least and the greatest.
"""

import sys

from pyiceberg.catalog.sql import SqlCatalog


def main() -> None:
    database, warehouse, name = sys.argv[1:]
    catalog = SqlCatalog("rowlake", uri=f"sqlite:///{database}", warehouse=f"file://{warehouse}")
    rows = catalog.load_table(name).scan(selected_fields=("p", "o")).to_arrow()
    seen: dict[int, list[int]] = {}
    for partition, offset in zip(rows["p"].to_pylist(), rows["o"].to_pylist()):
        seen.setdefault(partition, []).append(offset)
    for partition, offsets in sorted(seen.items()):
        print(partition, len(offsets), len(set(offsets)), min(offsets), max(offsets))


main()
