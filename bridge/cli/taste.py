"""`bandmate taste`: takes, ratings and taste profiles. Asks the running engine, or looks here."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from bridge.cli.answer import answer, counted, refuse

taste = typer.Typer(
    help="What you liked: list takes, keep and swap taste profiles, go back, forget.", no_args_is_help=True
)

_Profile = Annotated[str, typer.Option("--profile", help="Name of a taste profile; left out: the one in use.")]


@taste.command("list")
def list_(
    count: Annotated[int, typer.Option(min=1, max=500, help="How many at most.")] = 20,
    rated: Annotated[bool, typer.Option("--rated", help="Only those that were rated.")] = False,
    profile: _Profile = "",
) -> None:
    """List the newest takes with their stars."""
    found = answer("taste.takes", count=count, rated=rated, **_of(profile))["takes"]
    if not found:
        print("There are no takes yet." if not rated else "Nothing was rated yet.")
    for each in found:
        stars = "." * 5 if each["stars"] is None else ("*" * round(each["stars"])).ljust(5, ".")
        facts = [each["role"] or each["method"], each["genre"], each["key"], _tempo(each["tempo"])]
        origin = f"{each['how']} from {each['parent']}" if each["parent"] else ""
        print(f"{stars}  {each['take']}  {each['made']}  {', '.join(filter(None, [*facts, origin]))}")


@taste.command()
def rate(
    take: Annotated[str, typer.Argument(help="Id of the take, from: bandmate taste list")],
    stars: Annotated[int, typer.Argument(min=0, max=5, help="1 to 5; 0 takes a rating back.")],
    profile: _Profile = "",
) -> None:
    """Rate a take with stars."""
    told = answer("taste.rate", take=take, stars=stars, **_of(profile))
    print(f"{take}: {told['stars']:g} stars." if told["stars"] is not None else f"{take}: no stars.")


@taste.command()
def why(
    role: Annotated[str, typer.Option(help="bass, melody, arp, chords or drums; left out: any.")] = "",
    profile: _Profile = "",
) -> None:
    """Say in words what was learnt, and how far it may be trusted."""
    told = answer("taste.why", role=role, **_of(profile))
    print(f"Learnt from {counted(told['rated'], 'take')}.")
    for each in told["likings"]:
        print(f"  {each['words']}")
    if not told["likings"]:
        print("  Nothing is sure yet: rate more.")
    trust = told["trust"]
    if trust:
        near = f"{trust['mae']:.2f} stars off on average over {counted(trust['count'], 'rating')}"
        print(f"Foretold before they came: {near}.")


@taste.command()
def recipes(
    role: Annotated[str, typer.Option(help="bass, melody, arp, chords or drums; left out: all.")] = "",
    tempo: Annotated[float, typer.Option(help="Beats per minute of what is being made.")] = 120.0,
    style: Annotated[str, typer.Option(help="Its genre; left out: what the tempo speaks for.")] = "",
    profile: _Profile = "",
) -> None:
    """List the recipes that Generate chooses from where no style is named, with the stars each is expected to get."""
    for each in answer("taste.recipes", role=role, tempo=tempo, style=style, **_of(profile))["recipes"]:
        facts = [each["role"], each["genre"], "yours" if each["own"] else ""]
        print(f"{each['stars']:.1f}  {each['id']}  {each['name']} ({', '.join(filter(None, facts))})")


@taste.command("recipe-keep")
def keep_recipe(
    take: Annotated[str, typer.Argument(help="Id of the take, from: bandmate taste list")],
    name: Annotated[str, typer.Argument(help="What you call it.")],
    profile: _Profile = "",
) -> None:
    """Keep what a take was made with as a recipe of your own, for Generate to choose."""
    told = answer("taste.recipe_keep", take=take, name=name, **_of(profile))
    print(f'Kept "{told["name"]}" for {told["role"]}: {told["id"]}.')


@taste.command("recipe-delete")
def drop_recipe(
    recipe: Annotated[str, typer.Argument(help="Id or name of a recipe of your own.")], profile: _Profile = ""
) -> None:
    """Delete a recipe of your own; takes made with it stay."""
    answer("taste.recipe_delete", recipe=recipe, **_of(profile))
    print(f'Deleted "{recipe}".')


@taste.command()
def profiles() -> None:
    """List the taste profiles; a star marks the one in use."""
    for each in answer("taste.profiles")["profiles"]:
        print(f"{'*' if each['in_use'] else ' '} {each['name']} ({each['kind']}), since {each['made'][:10]}")


@taste.command()
def new(
    name: Annotated[str, typer.Argument(help="What you call it.")],
    kind: Annotated[str, typer.Option(help="user, project or artist.")] = "user",
) -> None:
    """Make a taste profile, for a project or an artist name."""
    print(f'Made "{answer("taste.profile_new", name=name, kind=kind)["name"]}".')


@taste.command()
def use(name: Annotated[str, typer.Argument(help="Name of the profile.")]) -> None:
    """Let takes and ratings go to a taste profile from now on."""
    print(f'In use: "{answer("taste.profile_use", profile=name)["name"]}".')


@taste.command()
def export(
    path: Annotated[Path, typer.Argument(help="File to make, ending in .json.")],
    profile: _Profile = "",
    replace: Annotated[bool, typer.Option("--replace", help="Take the place of a file that is there.")] = False,
) -> None:
    """Write a taste profile to a file."""
    told = answer("taste.export", path=str(path.absolute()), replace=replace, **_of(profile))
    print(f'Wrote "{told["profile"]}" with {counted(told["takes"], "rated take")} to {told["path"]}.')


@taste.command("import")
def import_(
    path: Annotated[Path, typer.Argument(help="File that was exported.")],
    name: Annotated[str, typer.Option(help="For the new profile; left out: as in the file.")] = "",
    into: Annotated[str, typer.Option(help="Name of a profile to add it to.")] = "",
) -> None:
    """Read a taste profile from a file, as one of its own or into another."""
    given = {key: value for key, value in (("name", name), ("into", into)) if value}
    _moved(answer("taste.import", path=str(path.absolute()), **given))


@taste.command()
def merge(
    source: Annotated[str, typer.Argument(help="Name of the profile that is added.")],
    into: Annotated[str, typer.Argument(help="Name of the profile it is added to.")],
) -> None:
    """Add the ratings of one taste profile to another."""
    _moved(answer("taste.merge", source=source, into=into))


@taste.command()
def snapshots(profile: _Profile = "") -> None:
    """List what a taste profile can be brought back to."""
    found = answer("taste.snapshots", **_of(profile))["snapshots"]
    if not found:
        print("There are no snapshots yet; one is kept by itself each day.")
    for each in found:
        print(f"{each['snapshot']:>4}  {each['made']}  {counted(each['rewards'], 'reward')}  {_why(each)}")


@taste.command("roll-back")
def roll_back(
    snapshot: Annotated[int, typer.Argument(min=1, help="Number from: bandmate taste snapshots")],
    profile: _Profile = "",
) -> None:
    """Bring a taste profile back to a snapshot."""
    way_back = answer("taste.roll_back", snapshot=snapshot, **_of(profile))["snapshot"]
    print(f"Back at snapshot {snapshot}. How it was just now is snapshot {way_back}.")


@taste.command()
def forget(
    profile: Annotated[str, typer.Argument(help="Name of the profile to delete.")] = "",
    everything: Annotated[bool, typer.Option("--everything", help="Delete all profiles, takes and ratings.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete a taste profile, or everything. There is no way back; music in Sets stays."""
    if bool(profile) == everything:
        refuse("Name a profile, or say --everything.")
    what = "every taste profile with all takes and ratings" if everything else f'"{profile}" with its ratings'
    if not yes and not typer.confirm(f"Delete {what}?"):
        refuse("Nothing was deleted.")
    if everything:
        answer("taste.forget_all", sure=True)
        print("Everything was deleted.")
    else:
        left = [each["name"] for each in answer("taste.profile_delete", profile=profile)["profiles"]]
        print(f"Deleted. Left: {', '.join(left)}.")


def _of(profile: str) -> dict[str, str]:
    return {"profile": profile} if profile else {}


def _tempo(tempo: float | None) -> str:
    return "" if tempo is None else f"{tempo:g} BPM"


def _why(snapshot: dict[str, Any]) -> str:
    words = {"day": "before a new day", "asked": "asked for", "roll back": "before a roll-back"}
    why = words.get(snapshot["why"], f"before a{'n' * (snapshot['why'] == 'import')} {snapshot['why']}")
    return f'"{snapshot["name"]}"' if snapshot["name"] else why


def _moved(told: dict[str, Any]) -> None:
    took = f"{counted(told['takes'], 'take')} and {counted(told['rewards'], 'reward')}"
    print(f'Added {took} to "{told["profile"]["name"]}".')


def register(app: typer.Typer) -> None:
    """Add the verbs of this module."""
    app.add_typer(taste, name="taste")
