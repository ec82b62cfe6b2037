"""Pixeltable functions of the capture; Pixeltable loads functions from a module, never from a script."""

import numpy as np
import pixeltable as pxt


@pxt.udf
def color_grid(image: pxt.Image) -> pxt.Array[(12,), pxt.Float]:
    """Mean red, green and blue of the four quarters of a picture, each from 0 to 1."""
    pixels = np.asarray(image.convert('RGB'), dtype=np.float64) / 255.0
    height, width = pixels.shape[:2]
    if height < 2 or width < 2:
        raise ValueError(f'Picture must have at least 2 by 2 pixels but has {width} by {height}')
    middle_row, middle_column = height // 2, width // 2
    quarters = (
        pixels[:middle_row, :middle_column],
        pixels[:middle_row, middle_column:],
        pixels[middle_row:, :middle_column],
        pixels[middle_row:, middle_column:],
    )
    means = np.concatenate([quarter.mean(axis=(0, 1)) for quarter in quarters])
    return means.round(4).astype(np.float32)
