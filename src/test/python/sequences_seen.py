"""Says which sequences of which keys the tables of a REST catalog hold, as PyIceberg reads them.

Arguments: the catalog, the S3 server, its two keys, its region, and the tables. Prints one line a key: the key, the number
of rows, the number of distinct sequences, the least and the greatest.
"""

import sys

from pyiceberg.catalog.rest import RestCatalog


def main() -> None:
    uri, store, access_key, secret_key, region, *tables = sys.argv[1:]
    catalog = RestCatalog(
        'chaos',
        **{
            'uri': uri,
            's3.endpoint': store,
            's3.access-key-id': access_key,
            's3.secret-access-key': secret_key,
            's3.region': region,
        },
    )
    for name in tables:
        rows = catalog.load_table(name).scan(selected_fields=('k', 's')).to_arrow()
        seen: dict[str, list[int]] = {}
        for key, sequence in zip(rows['k'].to_pylist(), rows['s'].to_pylist()):
            seen.setdefault(key, []).append(sequence)
        for key, sequences in sorted(seen.items()):
            print(key, len(sequences), len(set(sequences)), min(sequences), max(sequences))


main()
