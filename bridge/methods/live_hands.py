"""live.*: Live steered from outside: transport, tracks, slots, devices, macros. The Hub's hands do it (js/live/hands).

Each method tells how things are, after what was given was set. What the user automates is not moved unless `force`
says so; what was set goes back with live.undo.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from bridge.call import Call
from bridge.live_states import (
    Kind,
    LiveDevices,
    LiveMacros,
    LiveMixer,
    LiveParameter,
    LiveParameters,
    LiveScene,
    LiveSlot,
    LiveTempo,
    LiveTransport,
    LiveUndone,
    Share,
)
from bridge.methods.live import Name, Slot, Track, ask
from bridge.registry import method
from engine import typed

Tempo = Annotated[float, Meta(ge=20, le=999)]
Place = Annotated[float, Meta(ge=0, le=1_576_800)]
Length = Annotated[float, Meta(gt=0, le=1_576_800)]
Which = Annotated[int, Meta(ge=0, le=9999)] | Name

# Answers are read on the event loop, which waits for no lock.
typed.meet(LiveTempo, LiveTransport, LiveMixer, LiveSlot, LiveScene, LiveDevices, LiveParameters, LiveParameter)
typed.meet(LiveMacros, LiveUndone)


@method("live.tempo")
async def tempo(call: Call, bpm: Tempo | None = None, force: bool = False) -> LiveTempo:
    """Tell the tempo, or set it.

    Args:
        call: Who asks.
        bpm: Beats per minute; left out: it is only told.
        force: Also when the tempo has automation, which is overridden then.
    """
    return await ask(call, "live.tempo", LiveTempo, bpm=bpm, force=force)


@method("live.transport")
async def transport(  # noqa: PLR0917 - the parameters of the wire, given by name
    call: Call,
    action: Literal["play", "stop", "continue"] | None = None,
    beat: Place | None = None,
    loop: bool | None = None,
    loop_start: Place | None = None,
    loop_length: Length | None = None,
    metronome: bool | None = None,
    record: bool | None = None,
) -> LiveTransport:
    """Tell how the transport is, after what was given was done.

    Args:
        call: Who asks.
        action: A press on Live's own button.
        beat: Moves the play head there; beats from the start of the arrangement.
        loop: Switches the loop brace.
        loop_start: Beats from the start of the arrangement.
        loop_length: Beats.
        metronome: Switches the metronome.
        record: Switches the arrangement's record button.
    """
    return await ask(
        call,
        "live.transport",
        LiveTransport,
        action=action,
        beat=beat,
        loop=loop,
        loop_start=loop_start,
        loop_length=loop_length,
        metronome=metronome,
        record=record,
    )


@method("live.mixer")
async def mixer(  # noqa: PLR0917 - as above
    call: Call,
    track: Track = 0,
    kind: Kind = "track",
    volume: Share | None = None,
    pan: Annotated[float, Meta(ge=-1, le=1)] | None = None,
    send: Annotated[int, Meta(ge=0, le=11)] | None = None,
    amount: Share | None = None,
    mute: bool | None = None,
    solo: bool | None = None,
    arm: bool | None = None,
    name: Name | None = None,
    force: bool = False,
) -> LiveMixer:
    """Tell a track's strip, after what was given was set.

    Args:
        call: Who asks.
        track: Number of the track from 0.
        kind: The row it is counted in; the main track has no number.
        volume: Of Live's fader, 0 to 1; 0.85 is 0 dB.
        pan: -1 (left) to 1 (right).
        send: Number of a send from 0, with its amount.
        amount: Of that send, 0 to 1.
        mute: Switches it off.
        solo: Lets it be heard alone; others stay soloed.
        arm: Makes it ready to record.
        name: Names it.
        force: Also what has automation, which is overridden then.
    """
    return await ask(
        call,
        "live.mixer",
        LiveMixer,
        track=track,
        kind=kind,
        volume=volume,
        pan=pan,
        send=send,
        amount=amount,
        mute=mute,
        solo=solo,
        arm=arm,
        name=name,
        force=force,
    )


@method("live.slot")
async def slot(
    call: Call, track: Track, slot: Slot | None = None, action: Literal["fire", "stop"] | None = None
) -> LiveSlot:
    """Tell what is in a slot, after it was launched or stopped.

    Args:
        call: Who asks.
        track: Number of the track from 0.
        slot: Number of the slot (scene) from 0; left out: the one that plays, and stopping stops the track.
        action: A press on its button. Where no clip lies nothing is launched.
    """
    return await ask(call, "live.slot", LiveSlot, track=track, slot=slot, action=action)


@method("live.scene")
async def scene(call: Call, scene: Slot, action: Literal["fire"] | None = None) -> LiveScene:
    """Tell about a scene, after it was launched.

    Args:
        call: Who asks.
        scene: Number of the scene from 0.
        action: A press on its button.
    """
    return await ask(call, "live.scene", LiveScene, scene=scene, action=action)


@method("live.devices")
async def devices(call: Call, track: Track = 0, kind: Kind = "track") -> LiveDevices:
    """Tell the devices of a track.

    Args:
        call: Who asks.
        track: Number of the track from 0.
        kind: The row it is counted in.
    """
    return await ask(call, "live.devices", LiveDevices, track=track, kind=kind)


@method("live.parameters")
async def parameters(call: Call, device: Which, track: Track = 0, kind: Kind = "track") -> LiveParameters:
    """Tell the parameters of a device.

    Args:
        call: Who asks.
        device: Its number from 0 as live.devices counts, or its name.
        track: Number of the track from 0.
        kind: The row it is counted in.
    """
    return await ask(call, "live.parameters", LiveParameters, device=device, track=track, kind=kind)


@method("live.parameter")
async def parameter(  # noqa: PLR0917 - as above
    call: Call,
    device: Which,
    parameter: Which,
    track: Track = 0,
    kind: Kind = "track",
    value: float | None = None,
    share: Share | None = None,
    force: bool = False,
) -> LiveParameter:
    """Tell a parameter of a device, after it was turned.

    Args:
        call: Who asks.
        device: Its number from 0 as live.devices counts, or its name.
        parameter: Its number from 0, or its name.
        track: Number of the track from 0.
        kind: The row it is counted in.
        value: In the parameter's own range.
        share: Instead of a value: 0 to 1 of that range.
        force: Also when it has automation, which is overridden then.
    """
    return await ask(
        call,
        "live.parameter",
        LiveParameter,
        device=device,
        parameter=parameter,
        track=track,
        kind=kind,
        value=value,
        share=share,
        force=force,
    )


@method("live.macros")
async def macros(  # noqa: PLR0917 - as above
    call: Call,
    energy: Share | None = None,
    tension: Share | None = None,
    darkness: Share | None = None,
    groove: Share | None = None,
    force: bool = False,
) -> LiveMacros:
    """Tell the knobs of the Set's Bandmate Macros, after those given were turned. 0 to 1 is each knob's whole way.

    Args:
        call: Who asks.
        energy: Energy.
        tension: Tension.
        darkness: Darkness.
        groove: Groove.
        force: Also knobs that have automation, which is overridden then.
    """
    return await ask(
        call,
        "live.macros",
        LiveMacros,
        energy=energy,
        tension=tension,
        darkness=darkness,
        groove=groove,
        force=force,
    )


@method("live.undo")
async def undo(call: Call) -> LiveUndone:
    """Put back what was last set or written through live.*; what you changed since is left alone."""
    return await ask(call, "live.undo", LiveUndone)


@method("live.restore")
async def restore(call: Call) -> LiveUndone:
    """Do again what live.undo put back."""
    return await ask(call, "live.restore", LiveUndone)
