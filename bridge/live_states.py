"""What Live answers when it is steered: the promise that the Hub's hands keep (js/live/hands)."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Beats = Annotated[float, Meta(gt=0)]
Number = Annotated[int, Meta(ge=0)]
Kind = Literal["track", "return", "main"]
Share = Annotated[float, Meta(ge=0, le=1)]
Lane = Literal["none", "playing", "overridden"]


class LiveTempo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The tempo of the Set.

    Attributes:
        tempo: Beats per minute.
        automation: Whether a lane plays it, or was overridden by hand.
    """

    tempo: Annotated[float, Meta(ge=20, le=999)]
    automation: Lane


class LiveTransport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The transport of the Set.

    Attributes:
        is_playing: True while it runs.
        time: Beats from the start of the arrangement; a locate arrives a moment later.
        loop: True while the loop brace is on.
        loop_start: Beats.
        loop_length: Beats.
        metronome: True while it clicks.
        record: True while the arrangement's record button is on.
        session_record: True while the session's is.
    """

    is_playing: bool
    time: float
    loop: bool
    loop_start: float
    loop_length: Beats
    metronome: bool
    record: bool
    session_record: bool


class LiveTime(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the play head is.

    Attributes:
        time: Beats from the start of the arrangement.
    """

    time: float


class LiveMixer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A track's strip.

    Attributes:
        kind: Which row of tracks it is in.
        track: Its number there from 0.
        name: Its name.
        volume: Of Live's fader, 0 to 1; 0.85 is 0 dB.
        pan: -1 (left) to 1 (right).
        sends: 0 to 1 each, left to right.
        mute: Null for the main track, which has none.
        solo: As mute.
        arm: Null where nothing can be recorded.
    """

    kind: Kind
    track: Number
    name: str
    volume: Share
    pan: Annotated[float, Meta(ge=-1, le=1)]
    sends: list[Share]
    mute: bool | None
    solo: bool | None
    arm: bool | None


class LiveSlotClip(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The clip in a slot.

    Attributes:
        name: Its name.
        midi: True for a MIDI clip.
        looping: True when it loops.
        length: Beats that are heard of it.
        is_playing: True while it sounds.
        is_triggered: True while it waits for its launch.
        is_recording: True while it is being recorded.
        position: Beats from its zero, where it plays.
    """

    name: str
    midi: bool
    looping: bool
    length: Beats
    is_playing: bool
    is_triggered: bool
    is_recording: bool
    position: float


class LiveSlot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A slot of the session.

    Attributes:
        track: Number of its track from 0.
        slot: Its number from 0.
        clip: What lies in it, if anything does.
    """

    track: Number
    slot: Number
    clip: LiveSlotClip | None


class LiveScene(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of the session.

    Attributes:
        scene: Its number from 0.
        name: Its name.
        empty: True when no clip lies in it.
        is_triggered: True while it waits for its launch.
    """

    scene: Number
    name: str
    empty: bool
    is_triggered: bool


class LiveDevice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A device in the list of a track.

    Attributes:
        index: Its number from 0, devices in racks counted behind their rack.
        name: Its name.
        kind: What it is ("Reverb", "Max MIDI Effect").
        depth: In how many racks it stands.
        on: True when it and the racks around it are switched on.
        parameters: How many it has.
    """

    index: Number
    name: str
    kind: str
    depth: Number
    on: bool
    parameters: Number


class LiveDevices(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The devices of a track.

    Attributes:
        kind: Which row of tracks it is in.
        track: Its number there from 0.
        name: Its name.
        devices: In the order of the signal.
    """

    kind: Kind
    track: Number
    name: str
    devices: list[LiveDevice]


class _Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    index: Number
    name: str
    value: float
    min: float
    max: float
    share: Share
    text: str
    quantized: bool
    items: list[str]
    automation: Lane
    enabled: bool


class LiveParameterOf(_Told, frozen=True, forbid_unknown_fields=True):
    """A parameter in the list of a device.

    Attributes:
        index: Its number from 0.
        name: Its long name.
        value: In its own range.
        min: Lowest value.
        max: Highest value.
        share: Where the value is in that range, 0 to 1.
        text: The value as Live shows it.
        quantized: True when it goes in whole steps.
        items: Texts of the steps, where they have any.
        automation: Whether a lane plays it, or was overridden by hand.
        enabled: False while something else holds it, such as a rack's macro.
    """


class LiveParameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The parameters of a device.

    Attributes:
        kind: Which row of tracks the device stands in.
        track: Number of the track there from 0.
        name: The device's name.
        parameters: In Live's order.
        complete: False when it has more than are told.
    """

    kind: Kind
    track: Number
    name: str
    parameters: list[LiveParameterOf]
    complete: bool


class LiveParameter(_Told, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A parameter by itself: as in the list, with where it is.

    Attributes:
        kind: Which row of tracks the device stands in.
        track: Number of the track there from 0.
        device: The device's name.
    """

    kind: Kind
    track: Number
    device: str


class LiveMacros(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The four knobs of the Set's Bandmate Macros, each 0 to 1 of its way.

    Attributes:
        kind: Which row of tracks the device stands in.
        track: Number of the track there from 0.
        energy: Energy.
        tension: Tension.
        darkness: Darkness.
        groove: Groove.
    """

    kind: Kind
    track: Number
    energy: Share
    tension: Share
    darkness: Share
    groove: Share


class LiveUndone(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was put back or done again.

    Attributes:
        words: In a sentence.
        moved: False when there was nothing to do.
    """

    words: str
    moved: bool


class LiveWatched(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is watched from now on.

    Attributes:
        watching: How many of the wishes are there.
        missing: Why others are not; they are told from when they are.
    """

    watching: Number
    missing: list[str]
