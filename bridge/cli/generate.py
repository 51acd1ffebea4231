"""`bandmate generate`: music without Live, shown on the terminal and written as a MIDI file.

The options are those of the wire: they are read from the type of the method's request, and what is given
is checked where the engine checks it. So a new parameter of `compose.bass` is an option here at once.
"""

from __future__ import annotations

import argparse
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import typer
    from msgspec import inspect as types

    from bridge.registry import Method

VERBS = {
    "chords": "Compose a chord progression.",
    "bass": "Compose a bass line over a progression.",
    "melody": "Compose a melody over a progression.",
    "arp": "Compose an arpeggio over a progression.",
    "drums": "Compose a drum beat.",
}
"""What can be generated, and what that is; each is a method `compose.<verb>`."""

EXIT_REFUSED = 1
_MIDI_ENDINGS = (".mid", ".midi")
_MOST_ROWS = 16  # chords shown; longer music goes on in the file and in --json


class Refused(Exception):  # noqa: N818 - an answer to the user, not a fault
    """What was asked cannot be done.

    Attributes:
        hint: What to do about it, in plain words; may be empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        # "bars is 99; allowed: a whole number from 1 to 64" has its hint in it.
        self.hint = "" if hint in message or "; allowed: " in message else hint


def generate(verb: str, words: list[str]) -> int:
    """Compose something, show it, and write it where asked.

    Args:
        verb: One of `VERBS`.
        words: The words of the command line behind `generate <verb>`.

    Returns:
        The exit code: 0, or 1 with the reason on standard error.
    """
    try:
        _generate(verb, words)
    except Refused as problem:
        print(str(problem), file=sys.stderr)
        if problem.hint:
            print(problem.hint, file=sys.stderr)
        return EXIT_REFUSED
    return 0


def _generate(verb: str, words: list[str]) -> None:
    method = _method(f"compose.{verb}")
    given = vars(parser(method).parse_args(words))
    out, force, as_json = given.pop("out"), given.pop("force"), given.pop("json")
    if out is not None:
        _must_be_free(out, force)
    result = ask(method, given)
    if as_json:
        from bridge.cli.ask import show as show_json

        show_json(result)
    else:
        from bridge.cli.generated import show

        show(result, most_rows=_MOST_ROWS)
    if out is not None:
        _write(out, verb, result, force)
        # With --json, standard output holds the JSON and nothing else.
        print(f"Wrote {out}", file=sys.stderr if as_json else sys.stdout)


def _method(name: str) -> Method:
    import bridge.methods  # noqa: F401 - fills the registry
    from bridge.registry import REGISTRY

    return REGISTRY[name]


def parser(method: Method) -> argparse.ArgumentParser:
    """Return the reader of the command line, made from what a method takes.

    Args:
        method: A method whose parameters are texts and numbers; others are left to programs.
    """
    from msgspec import inspect as types

    verb = method.name.rpartition(".")[2]
    options = argparse.ArgumentParser(
        prog=f"bandmate generate {verb}",
        description=f"{method.summary}. Asks the running engine, or computes here when none runs.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    options.add_argument("--out", type=Path, metavar="FILE.mid", help="write the notes to this MIDI file")
    options.add_argument("--force", action="store_true", help="write the file even if it is there already")
    options.add_argument("--json", action="store_true", help="print the whole answer as JSON")
    told = method.words()
    music = options.add_argument_group("music", "what is left out is decided by the style, or drawn")
    info = types.type_info(method.signature.check.struct)
    assert isinstance(info, types.StructType)  # noqa: S101 - Check refuses anything else; tells mypy
    for field in info.fields:
        kinds = [each for each in _alternatives(field.type) if not isinstance(each, types.NoneType)]
        if not all(
            isinstance(each, types.StrType | types.IntType | types.FloatType | types.LiteralType) for each in kinds
        ):
            continue
        text = any(isinstance(each, types.StrType) for each in kinds)
        music.add_argument(
            "--" + field.encode_name.replace("_", "-"),
            dest=field.encode_name,
            type=str if text else _number,
            default=argparse.SUPPRESS,
            metavar="TEXT" if text else "N",
            help=_help(told.get(field.encode_name, ""), field, text).replace("%", "%%"),
        )
    options.epilog = _shelf(method)
    return options


def _alternatives(info: types.Type) -> list[types.Type]:
    from msgspec import inspect as types

    if isinstance(info, types.Metadata):
        return _alternatives(info.type)
    if isinstance(info, types.UnionType):
        return [plain for each in info.types for plain in _alternatives(each)]
    return [info]


def _help(words: str, field: types.Field, text: bool) -> str:
    from bridge.validation import LEFT_OUT, describe

    facts = [] if text else [describe(field.type).removesuffix(LEFT_OUT)]
    if field.default not in (None, "") and not field.required:
        shown = f"{field.default:g}" if isinstance(field.default, float) else str(field.default)
        facts.append(f"usually {shown}")
    plain = words.rstrip(".").replace("``", "")
    return f"{plain} [{'; '.join(facts)}]" if facts else plain


def _shelf(method: Method) -> str:
    """Name what the shelf holds: the words that --style and its like know."""
    import msgspec

    from bridge.registry import REGISTRY

    options = REGISTRY.get(f"{method.name}_options")
    menus = msgspec.to_builtins(options.call(None, {})) if options else {}
    lists = {name: items for name, items in menus.items() if isinstance(items, list)}
    return "\n".join(f"{name}: {', '.join(_id(item) for item in items)}" for name, items in lists.items())


def _id(item: Any) -> str:
    return str(item["id"] if isinstance(item, dict) else item)


def _number(text: str) -> int | float | str:
    """Read a number; anything else stays text, for the one check that says what is allowed."""
    for read in (int, float):
        try:
            value = read(text)
        except ValueError:
            continue
        return value if math.isfinite(value) else text
    return text


def ask(method: Method, given: dict[str, Any]) -> dict[str, Any]:
    """Ask the running engine, or compute here when none runs.

    Args:
        method: A method that computes and nothing else.
        given: Its parameters.

    Returns:
        The answer, in the shape it has on the wire.

    Raises:
        Refused: a parameter is not allowed.
    """
    from bridge.client import NoEngine, RemoteError, connect

    try:
        with connect(name="command line") as client:
            answer: dict[str, Any] = client.call(method.name, **given)
    except NoEngine:
        return _compute(method, given)
    except RemoteError as problem:
        raise Refused(problem.message, problem.hint) from None
    return answer


def _compute(method: Method, given: dict[str, Any]) -> dict[str, Any]:
    import msgspec

    from bridge.errors import BridgeError, to_wire
    from engine.errors import EngineError, InvalidValue

    try:
        answer: dict[str, Any] = msgspec.to_builtins(method.call(None, given))
    except (BridgeError, InvalidValue, EngineError) as problem:
        wire = to_wire(problem)
        raise Refused(wire.message, str(wire.data["hint"])) from None
    return answer


def _must_be_free(path: Path, force: bool) -> None:
    if path.is_dir() or not path.parent.is_dir():
        what = "is a folder" if path.is_dir() else f"cannot be made: there is no folder {path.parent}"
        raise Refused(f"{path} {what}.", "Name a file in a folder that exists.")
    if path.suffix.lower() not in _MIDI_ENDINGS:
        raise Refused(f"{path} would hold MIDI and not say so.", f"Let its name end with .mid: {path.name}.mid")
    if path.exists() and not force:
        raise Refused(f"{path} is there already.", "Choose another name, or add --force to write over it.")


def _write(path: Path, verb: str, result: dict[str, Any], force: bool) -> None:
    import msgspec

    from bridge.midi_file import write_midi
    from engine.notes import Clip, Note
    from engine.theory.keys import parse_key

    used = result["resolved"]
    notes = msgspec.convert(result["notes"], list[Note])
    clip = Clip(result["length"], notes, used["signature_numerator"], used["signature_denominator"])
    home = used.get("key") or ""
    facts = [verb.capitalize(), home, "-".join(used.get("figures", ())) or used["style_name"]]
    name = " ".join(fact for fact in facts if fact)[:80]
    key = parse_key(home) if home else None
    try:
        write_midi(path, clip, tempo=used["tempo"], name=name, key=key, overwrite=force)
    except OSError as problem:
        raise Refused(f"{path} was not written: {problem.strerror}.", "Choose another place for it.") from None


def register(app: typer.Typer) -> None:
    """Add `generate` and its verbs; what stands behind them is read by this module's own parser."""
    import typer

    group = typer.Typer(help="Make music without Live: show it, write it as a MIDI file.", no_args_is_help=True)

    for verb, words in VERBS.items():
        group.command(
            verb,
            help=f"{words} All options: bandmate generate {verb} --help",
            add_help_option=False,
            context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
        )(_command(verb))
    app.add_typer(group, name="generate")


def _command(verb: str) -> Callable[..., None]:
    import typer

    def command(context: typer.Context) -> None:
        raise typer.Exit(generate(verb, context.args))

    command.__annotations__ = {"context": typer.Context}
    return command
