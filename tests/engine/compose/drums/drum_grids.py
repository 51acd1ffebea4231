"""Takes as grids, for tests: which role strikes which sixteenth of which bar."""

from __future__ import annotations

from engine.compose.drums.compose import DrumsRequest, DrumsResult, compose_drums

ROWS = 16


def take(style: str, seed: int = 0, **wishes: object) -> DrumsResult:
    return compose_drums(DrumsRequest(style=style, seed=seed, **wishes))  # type: ignore[arg-type]


def steps(result: DrumsResult, role: str, bar_steps: int = ROWS) -> list[set[int]]:
    """For each bar the whole sixteenths on which a role strikes."""
    bars: list[set[int]] = [set() for _ in range(int(result.length * 4) // bar_steps)]
    for lane in result.lanes:
        if lane.role == role:
            for step in lane.steps:
                if step == int(step):
                    bars[int(step) // bar_steps].add(int(step) % bar_steps)
    return bars


def either(result: DrumsResult, *roles: str) -> list[set[int]]:
    """For each bar the sixteenths on which any of some roles strikes."""
    return [set().union(*each) for each in zip(*(steps(result, role) for role in roles), strict=True)]


def loud(result: DrumsResult, role: str, bar: int) -> dict[int, float]:
    """Velocity by sixteenth of one bar."""
    return {
        int(step) % ROWS: velocity
        for lane in result.lanes
        if lane.role == role
        for step, velocity in zip(lane.steps, lane.velocities, strict=True)
        if int(step) // ROWS == bar
    }


def signature(result: DrumsResult) -> tuple[tuple[int, int], ...]:
    """What makes two takes the same music: sixteenth and pitch of every note."""
    return tuple(sorted((round(note.start_time * 4), note.pitch) for note in result.notes))
