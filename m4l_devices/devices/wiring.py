"""What every device has: its controls, cords from them to its script and from Live to both.

What a control sends reaches the script under the control's selector: `prepend <selector>` before values,
a message box behind buttons (a button says only "bang").
"""

from collections.abc import Mapping

from m4l_devices.boxes import control, memory, message, note, obj
from m4l_devices.patcher import Patcher, Placed, Rect
from m4l_devices.table import DeviceTable

COLUMN = 110
"""Distance between controls in the editor."""


def place_controls(patch: Patcher, table: DeviceTable, places: Mapping[str, Rect], main: str) -> dict[str, Placed]:
    """Put a device's controls into the patch, in the table's order, which is the one Live restores them in.

    Args:
        patch: The patch.
        table: The device's controls.
        places: Long name -> where it stands on the device; a memory stands nowhere.
        main: Long name of the one control painted in the accent colour.

    Returns:
        Long name -> the box in the patch.

    Raises:
        KeyError: A control has no place.
    """
    patch.add(note("Controls. Each tells the script under its own word."), (20, 20))
    boxes = {
        parameter.long: memory(parameter, order)
        if parameter.kind == "memory"
        else control(parameter, places[parameter.long], order, accented=parameter.long == main)
        for order, parameter in enumerate(table.parameters)
    }
    return {long: patch.add(box, (20 + COLUMN * order, 60)) for order, (long, box) in enumerate(boxes.items())}


def wire_controls(patch: Patcher, table: DeviceTable, controls: dict[str, Placed], script: Placed) -> None:
    """Draw the cords from each control to the script.

    Args:
        patch: The patch.
        table: The device's controls.
        controls: Long name -> its box, which stands in the patch.
        script: The v8.
    """
    for index, parameter in enumerate(table.parameters):
        if not parameter.defer:  # The device's own objects hear it.
            continue
        at = (20 + COLUMN * index, 200)
        box = controls[parameter.long]
        if parameter.kind == "button":
            tail = patch.add(message(parameter.selector), at)
            patch.connect(box, 0, tail)
        elif parameter.kind == "text":
            # textedit says "text <what was typed>".
            head = patch.add(obj("route text"), (at[0], 170))
            tail = patch.add(obj(f"prepend {parameter.selector}"), at)
            patch.connect(box, 0, head)
            patch.connect(head, 0, tail)
        else:
            tail = patch.add(obj(f"prepend {parameter.selector}"), at)
            patch.connect(box, 0, tail)
        patch.connect(tail, 0, script)


def wire_life(patch: Patcher, table: DeviceTable, controls: dict[str, Placed], script: Placed) -> Placed:
    """Draw the cords from live.thisdevice: the start, and on/off to the script and to every control's look.

    Typed text is asked for before the start, since textedit says nothing by itself when a Set is opened.

    Args:
        patch: The patch.
        table: The device's controls.
        controls: Long name -> its box.
        script: The v8.

    Returns:
        The box that gives all controls their active or inactive look: 1 or 0.
    """
    device = patch.add(obj("live.thisdevice"), (20, 300))
    texts = [parameter for parameter in table.parameters if parameter.kind == "text"]
    start = patch.add(obj(" ".join(["t", "start", *["b"] * len(texts)])), (20, 340))
    patch.connect(device, 0, start)
    patch.connect(start, 0, script)
    for outlet, parameter in enumerate(texts, start=1):
        patch.connect(start, outlet, controls[parameter.long])
    enabled = patch.add(obj("prepend enabled"), (140, 340))
    patch.connect(device, 1, enabled)
    patch.connect(enabled, 0, script)
    active = patch.add(obj("prepend active"), (280, 340))
    patch.connect(device, 1, active)
    for parameter in table.parameters:
        if parameter.kind not in ("text", "memory"):  # which have no inactive look
            patch.connect(active, 0, controls[parameter.long])
    return active


def wire_midi_through(patch: Patcher, at: tuple[int, int]) -> Placed:
    """Pass the track's MIDI on, as every MIDI effect must.

    Args:
        patch: The patch.
        at: Left and top in the editor.

    Returns:
        The midiout, for whatever else the device plays.
    """
    source = patch.add(obj("midiin"), at)
    sink = patch.add(obj("midiout"), (at[0], at[1] + 120))
    patch.connect(source, 0, sink)
    return sink


def wire_audio_through(patch: Patcher, at: tuple[int, int]) -> Placed:
    """Pass the track's sound on as it is, as every audio effect must that only listens.

    Args:
        patch: The patch.
        at: Left and top in the editor.

    Returns:
        The plugin~, for whatever else the device does with the sound.
    """
    source = patch.add(obj("plugin~"), at)
    sink = patch.add(obj("plugout~"), (at[0], at[1] + 300))
    for channel in range(2):
        patch.connect(source, channel, sink, channel)
    return source
