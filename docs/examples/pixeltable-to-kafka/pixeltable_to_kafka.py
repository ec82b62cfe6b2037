"""Sends the rows of a Pixeltable table, and then its changes, to Kafka as row-change events.

Pixeltable keeps every version of a table readable, so the changes are the differences between the rows of
consecutive versions, matched by primary key.
"""

from __future__ import annotations

import argparse
import base64
import json
import math
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import pixeltable as pxt

Send = Callable[[dict[str, Any], dict[str, Any]], None]


@dataclass(frozen=True)
class Version:
    """One version of a table: its columns, and its rows and their failed cells by the JSON text of the primary key."""

    table: str
    number: int
    created_at: datetime
    schema: dict[str, Any]
    rows: dict[str, dict[str, Any]]
    errors: dict[str, dict[str, dict[str, str]]]


@dataclass(frozen=True)
class Reader:
    """Reads versions of one table."""

    path: str
    inline_images: bool

    def versions(self) -> dict[int, datetime]:
        """The number of each version and when it was made, oldest first."""
        versions = pxt.get_table(self.path).get_versions()
        return dict(sorted((metadata['version'], metadata['created_at']) for metadata in versions))

    def read(self, number: int) -> Version:
        """The schema and the rows that the table had at one version. Raises ValueError if it has no primary key."""
        created_at = self.versions()[number]
        handle = pxt.get_table(f'{self.path}:{number}')
        schema = schema_of(handle)
        if not schema['primary_key']:
            raise ValueError(f'Cannot read table {self.path}: it has no primary key, which tells rows apart')
        rows: dict[str, dict[str, Any]] = {}
        errors: dict[str, dict[str, dict[str, str]]] = {}
        for cells, failures in self._cells(handle, schema):
            key = compact({name: cells[name] for name in schema['primary_key']})
            rows[key] = cells
            errors[key] = failures
        return Version(self.path, number, created_at, schema, rows, errors)

    def _cells(
        self, handle: pxt.Table, schema: dict[str, Any]
    ) -> Iterator[tuple[dict[str, Any], dict[str, dict[str, str]]]]:
        types = {name: kind['_classname'] for name, kind in schema['columns'].items()}
        computed = [name for name, column in handle.get_metadata()['columns'].items() if column['is_computed']]
        selection: list[Any] = []
        for name, kind in types.items():
            column = getattr(handle, name)
            if kind in MEDIA_TYPES:
                selection += [column.fileurl, column.localpath]
            else:
                selection.append(column)
        for name in computed:
            selection += [getattr(handle, name).errortype, getattr(handle, name).errormsg]
        # Names of our own, so that a property can't take the name of a column.
        query = handle.select(**{f'c{index}': expression for index, expression in enumerate(selection)})
        names = [f'c{index}' for index in range(len(selection))]
        for row in query.collect():
            values = iter([row[name] for name in names])
            cells = {
                name: self._media(kind, next(values), next(values)) if kind in MEDIA_TYPES else json_value(next(values))
                for name, kind in types.items()
            }
            failures = {name: {'type': next(values), 'message': next(values)} for name in computed}
            yield cells, {name: failure for name, failure in failures.items() if failure['type'] is not None}

    def _media(self, kind: str, fileurl: str | None, localpath: str | None) -> dict[str, str] | None:
        if fileurl is None:
            return None
        cell = {'fileurl': fileurl}
        if localpath is not None:
            cell['localpath'] = localpath
            if self.inline_images and kind == 'ImageType':
                cell['bytes'] = base64.b64encode(Path(localpath).read_bytes()).decode('ascii')
        return cell


MEDIA_TYPES = frozenset({'ImageType', 'VideoType', 'AudioType', 'DocumentType'})


def main() -> int:
    options = parse_arguments()
    reader = Reader(options.table, options.inline_images)
    if options.out is not None:
        with options.out.open('w', encoding='utf-8', newline='\n') as lines:
            run(reader, options, lambda key, value: print(compact({'key': key, 'value': value}), file=lines, flush=True))
    else:
        with_kafka(reader, options)
    return 0


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--table', required=True, help='path of the table, e.g. gallery/images')
    parser.add_argument('--bootstrap', default='localhost:9092', help='broker to ask first (localhost:9092)')
    parser.add_argument('--topic', help='topic to send to; needed without --out')
    parser.add_argument('--out', type=Path, help='file to write the events to, one a line, instead of Kafka')
    parser.add_argument('--inline-images', action='store_true', help='put the bytes of images into the events')
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument('--once', action='store_true', help='send the rows and end (the default)')
    mode.add_argument('--follow', type=float, metavar='SECONDS', help='look for changes that often, until interrupted')
    parser.add_argument(
        '--from-version', type=int, metavar='N', help='send the rows of version N, then the changes since, not the newest'
    )
    options = parser.parse_args()
    if options.out is None and options.topic is None:
        parser.error('--topic must be given unless --out is')
    return options


def with_kafka(reader: Reader, options: argparse.Namespace) -> None:
    """Sends to Kafka; ends with an error if the broker has not taken every event."""
    from confluent_kafka import Producer

    producer = Producer({'bootstrap.servers': options.bootstrap, 'enable.idempotence': True})
    refused: list[str] = []

    def send(key: dict[str, Any], value: dict[str, Any]) -> None:
        while True:
            try:
                producer.produce(
                    options.topic,
                    key=compact(key).encode(),
                    value=compact(value).encode(),
                    on_delivery=lambda error, _: refused.append(str(error)) if error else None,
                )
                break
            except BufferError:
                producer.poll(1)
        producer.poll(0)
        if refused:
            raise RuntimeError(f'Cannot send to topic {options.topic}: {refused[0]}')

    try:
        run(reader, options, send)
    finally:
        left = producer.flush(60)
    if left or refused:
        raise RuntimeError(f'Cannot send to topic {options.topic}: {refused[0] if refused else f"{left} not taken"}')


def run(reader: Reader, options: argparse.Namespace, send: Send) -> None:
    """Sends the rows of the first version, then the changes of each later one."""
    first = max(reader.versions()) if options.from_version is None else options.from_version
    previous = reader.read(first)
    for key, row in previous.rows.items():
        send(json.loads(key), event(previous, 'r', key, None, row))
    try:
        while True:
            previous = send_changes(reader, previous, send)
            if options.follow is None:
                return
            time.sleep(options.follow)
    except KeyboardInterrupt:
        return


def send_changes(reader: Reader, previous: Version, send: Send) -> Version:
    """Sends what has changed since the given version. Returns the newest version."""
    versions = reader.versions()
    # Pixeltable uses numbers again after a revert: only the time tells that a version is another one.
    if versions.get(previous.number) != previous.created_at:
        raise RuntimeError(
            f'Cannot follow table {reader.path}: version {previous.number}, sent before, has been reverted; start again'
        )
    for number in [number for number in versions if number > previous.number]:
        current = reader.read(number)
        for key in sorted(previous.rows.keys() | current.rows.keys()):
            before, after = previous.rows.get(key), current.rows.get(key)
            if before != after:
                operation = 'c' if before is None else 'd' if after is None else 'u'
                send(json.loads(key), event(current, operation, key, before, after))
        previous = current
    return previous


def schema_of(handle: pxt.Table) -> dict[str, Any]:
    """The schema block of the events: Pixeltable's own serialised column types."""
    metadata = handle.get_metadata()
    return {
        'version': metadata['schema_version'],
        'primary_key': metadata['primary_key'],
        'columns': {name: getattr(handle, name).col_type.as_dict() for name in metadata['columns']},
    }


def event(
    version: Version, operation: str, key: str, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> dict[str, Any]:
    envelope: dict[str, Any] = {'op': operation, 'before': before, 'after': after}
    if version.errors.get(key):
        envelope['errors'] = version.errors[key]
    envelope['source'] = {
        'connector': 'pixeltable',
        'table': version.table,
        'version': version.number,
        'ts_ms': int(version.created_at.timestamp() * 1000),
    }
    envelope['ts_ms'] = time.time_ns() // 1_000_000
    envelope['schema'] = version.schema
    return envelope


def json_value(value: Any) -> Any:
    """The value in JSON's own types. A number that JSON lacks becomes its name as text, which the sink reads."""
    if isinstance(value, np.ndarray):
        return [json_value(element) for element in value] if value.ndim else json_value(value[()])
    if isinstance(value, (np.float16, np.float32)):
        # The shortest digits of the narrow number, not those of the double next to it.
        return float(str(value)) if np.isfinite(value) else json_value(float(value))
    if isinstance(value, np.generic):
        return json_value(value.item())
    if isinstance(value, float) and not math.isfinite(value):
        return 'NaN' if math.isnan(value) else 'Infinity' if value > 0 else '-Infinity'
    if isinstance(value, datetime):
        return value.astimezone(timezone.utc).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode('ascii')
    if isinstance(value, dict):
        return {name: json_value(member) for name, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [json_value(element) for element in value]
    return value


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(',', ':'))


if __name__ == '__main__':
    sys.exit(main())
