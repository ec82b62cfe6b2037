"""Compares what Rowlake wrote with what Pixeltable's exporters wrote of the same rows.

Every difference must stand in the table of the given document, by its id `<form>.<column>.<type|required|value|absent|extra>`
or `<form>.<order|rows>`, and every id there must occur. Prints what is wrong; nothing means that all is as the document says.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import tempfile
from importlib import resources
from pathlib import Path
from typing import Any

import duckdb
import pandas
from pyiceberg.catalog.sql import SqlCatalog
from pyiceberg.table import Table
from pyiceberg.types import IcebergType, ListType, StructType

Rows = dict[str, dict[str, Any]]

CHANGES = {('2', 'changed'), ('1000', 'later')}


def main() -> None:
    options = parse_arguments()
    found: dict[str, str] = {}
    theirs = exported(options.exports)
    theirs_later = exported(options.exports / 'final')
    ours = SqlCatalog(
        'rowlake', uri=f'sqlite:///{options.database}', warehouse=f'file://{options.warehouse}'
    ).load_table(options.table)
    compare_types(theirs, ours, found)
    by_pyiceberg = versions(table_rows(ours), 'PyIceberg')
    compare_versions(
        'iceberg', exports(table_rows(theirs), table_rows(theirs_later)), by_pyiceberg, found
    )
    compare_versions('duckdb', by_pyiceberg, versions(duckdb_rows(ours), 'DuckDB'), found)
    for form, read, files in (
        ('jsonl', json_lines, options.jsonl.rglob('*.jsonl')),
        ('csv', csv_rows, options.csv.rglob('*.csv')),
    ):
        name = f'pixeltable.{form}'
        compare_versions(
            form,
            exports(read([options.exports / name]), read([options.exports / 'final' / name])),
            versions(read(sorted(files)), 'Rowlake'),
            found,
        )
    report(found, intended(options.differences))


def exported(directory: Path) -> Table:
    return SqlCatalog(
        'pixeltable', uri=f'sqlite:///{directory}/iceberg/catalog.db', warehouse=f'file://{directory}/iceberg'
    ).load_table('pixeltable.every_type')


def table_rows(table: Table) -> list[dict[str, Any]]:
    return table.scan().to_arrow().to_pylist()


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('exports', type=Path, help='what every_type.py wrote')
    parser.add_argument('database', type=Path, help='SQLite file of the Iceberg catalog')
    parser.add_argument('warehouse', type=Path)
    parser.add_argument('table', help='Iceberg table that Rowlake wrote')
    parser.add_argument('jsonl', type=Path, help='directory of JSONL files')
    parser.add_argument('csv', type=Path, help='directory of CSV files')
    parser.add_argument('differences', type=Path, help='document with the table of intended differences')
    return parser.parse_args()


def compare_types(theirs: Table, ours: Table, found: dict[str, str]) -> None:
    expected = {field.name: field for field in theirs.schema().fields}
    actual = {field.name: field for field in ours.schema().fields}
    for name in expected.keys() & actual.keys():
        pair = type_text(expected[name].field_type), type_text(actual[name].field_type)
        if pair[0] != pair[1]:
            found[f'iceberg.{name}.type'] = f'Pixeltable {pair[0]} | Rowlake {pair[1]}'
        if expected[name].required != actual[name].required:
            found[f'iceberg.{name}.required'] = (
                f'Pixeltable {expected[name].required} | Rowlake {actual[name].required}'
            )


def type_text(kind: IcebergType) -> str:
    """The type without field ids, which say nothing about what the column holds."""
    if isinstance(kind, StructType):
        return 'struct<' + ', '.join(f'{field.name}: {type_text(field.field_type)}' for field in kind.fields) + '>'
    if isinstance(kind, ListType):
        return f'list<{type_text(kind.element_type)}>'
    return str(kind)


def compare_rows(form: str, expected: Rows, actual: Rows, found: dict[str, str]) -> None:
    """Compares columns, then cell by cell; of each column the first differences are told."""
    columns, ours = next(iter(expected.values())).keys(), next(iter(actual.values())).keys()
    order = [name for name in columns if name in ours], [name for name in ours if name in columns]
    if order[0] != order[1]:
        found[f'{form}.order'] = f'Pixeltable has {order[0]} | Rowlake {order[1]}'
    for name in columns - ours:
        found[f'{form}.{name}.absent'] = 'only Pixeltable has the column'
    for name in ours - columns:
        found[f'{form}.{name}.extra'] = 'only Rowlake has the column'
    if expected.keys() != actual.keys():
        found[f'{form}.rows'] = f'Pixeltable has ids {sorted(expected)} | Rowlake {sorted(actual)}'
    for name in columns & ours:
        different = [
            key for key in expected.keys() & actual.keys() if exact(expected[key][name]) != exact(actual[key][name])
        ]
        if different:
            different.sort(key=int)
            found[f'{form}.{name}.value'] = f'ids {", ".join(different)}' + ''.join(
                f'\n    id {key}: Pixeltable {shortened(expected[key][name])} | Rowlake {shortened(actual[key][name])}'
                for key in different[:4]
            )


def exact(value: Any) -> Any:
    """A text that differs whenever values differ, in kind as well: 1 is not 1.0, and NaN is itself."""
    if isinstance(value, dict):
        return {name: exact(member) for name, member in value.items()}
    if isinstance(value, list):
        return [exact(element) for element in value]
    if hasattr(value, 'utcoffset') and value.utcoffset() is not None:
        return value.isoformat().replace('Z', '+00:00')
    return repr(value)


def shortened(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 160 else text[:160] + '…'


def versions(rows: list[dict[str, Any]], reader: str) -> tuple[Rows, Rows]:
    """The rows as they were first, and those that the changes appended, each by their id."""
    first: Rows = {}
    changed: Rows = {}
    for row in rows:
        part = changed if (str(row['id']), row['string']) in CHANGES else first
        if part.setdefault(str(row['id']), row) is not row:
            raise SystemExit(f'{reader}: row {row["id"]} is there twice')
    if {(key, row['string']) for key, row in changed.items()} != CHANGES:
        raise SystemExit(f'{reader}: changes must be {sorted(CHANGES)} but were {sorted(changed)}')
    return first, changed


def exports(first: list[dict[str, Any]], final: list[dict[str, Any]]) -> tuple[Rows, Rows]:
    """What Pixeltable exported before the changes, and the rows of the changes as it exported them after."""
    return {str(row['id']): row for row in first}, versions(final, 'Pixeltable')[1]


def compare_versions(
    form: str, expected: tuple[Rows, Rows], actual: tuple[Rows, Rows], found: dict[str, str]
) -> None:
    compare_rows(form, expected[0], actual[0], found)
    changed: dict[str, str] = {}
    compare_rows(form, expected[1], actual[1], changed)
    for name, text in changed.items():
        found[name] = f'{found[name]}\n    after changes: {text}' if name in found else text


def duckdb_rows(table: Table) -> list[dict[str, Any]]:
    """The rows of the current snapshot, as DuckDB's own reader of Iceberg finds them."""
    with tempfile.TemporaryDirectory() as extensions:
        connection = duckdb.connect(config={'extension_directory': extensions, 'autoinstall_known_extensions': 'false'})
        # The packages bring the files; copied to where DuckDB looks, they load without a download.
        for name in ('avro', 'iceberg'):
            bundled = resources.files(f'duckdb_extension_{name}') / 'extensions'
            shutil.copytree(str(bundled), extensions, dirs_exist_ok=True)
        version = next(Path(extensions).iterdir())
        platform = connection.execute('PRAGMA platform').fetchone()[0]
        (version / platform).mkdir()
        for name in ('avro', 'iceberg'):
            (version / f'{name}.duckdb_extension').rename(version / platform / f'{name}.duckdb_extension')
            connection.execute(f'LOAD {name}')
        connection.execute("SET TimeZone = 'UTC'")
        # Without it a UUID would come as text.
        connection.execute('SET arrow_lossless_conversion = true')
        location = table.metadata_location.removeprefix('file://').removeprefix('file:')
        return connection.execute('SELECT * FROM iceberg_scan(?)', [location]).to_arrow_table().to_pylist()


def json_lines(paths: list[Path]) -> list[dict[str, Any]]:
    """Every value with all its digits, which pandas rounds; that it reads the lines as well is looked at beside."""
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding='utf-8').splitlines()]
    frames = [pandas.read_json(path, lines=True) for path in paths]
    if sum(len(frame) for frame in frames) != len(rows):
        raise SystemExit(f'pandas reads {sum(len(frame) for frame in frames)} of {len(rows)} lines')
    return rows


def csv_rows(paths: list[Path]) -> list[dict[str, Any]]:
    """Every cell as the text that stands in the file, as pandas reads it."""
    rows: list[dict[str, Any]] = []
    for path in paths:
        rows += pandas.read_csv(path, dtype=str, keep_default_na=False).to_dict('records')
    return rows


def intended(document: Path) -> set[str]:
    """The ids in the first column of the document's table; one cell may hold several."""
    ids: set[str] = set()
    for line in document.read_text(encoding='utf-8').splitlines():
        if line.startswith('| `'):
            ids |= set(re.findall(r'`([^`]+)`', line.split('|')[1]))
    return ids


def report(found: dict[str, str], listed: set[str]) -> None:
    for name in sorted(found.keys() - listed):
        print(f'NOT LISTED {name}: {found[name]}')
    for name in sorted(listed - found.keys()):
        print(f'NO LONGER THERE {name}')


if __name__ == '__main__':
    main()
