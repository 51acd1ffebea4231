"""Percentiles of measured times, the tables they are printed in, and the machine they were taken on."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table


def percentiles(values: Sequence[float]) -> dict[str, float]:
    """The median and the 99th percentile, rounded to a hundredth."""
    return {f"p{q}": round(float(np.percentile(values, q)), 2) for q in (50, 99)}


def machine() -> str:
    """The machine in words: processor count, architecture, system and interpreter."""
    return f"{os.cpu_count()} cores {platform.machine()}, {platform.system()}, Python {platform.python_version()}"


def print_table(title: str, rows: Mapping[str, Any], budgets: Mapping[str, str] | None = None) -> None:
    """Print one figure a row, its budget of the house plan beside it."""
    table = Table(title=title, caption=machine(), title_justify="left", caption_justify="left")
    table.add_column("what")
    table.add_column("measured", justify="right")
    table.add_column("budget", justify="right")
    for what, value in rows.items():
        table.add_row(what, _words(value), (budgets or {}).get(what, ""))
    Console().print(table)


def print_grid(title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print a table with a name in its first column and figures in the others."""
    table = Table(title=title, caption=machine(), title_justify="left", caption_justify="left")
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left")
    for row in rows:
        table.add_row(*(str(each) for each in row))
    Console(width=160).print(table)


def _words(value: Any) -> str:
    return ", ".join(f"{key} {item:g}" for key, item in value.items()) if isinstance(value, Mapping) else f"{value:g}"
