"""Rules about the device's face: whole pixels, one height, labels, themes (reference 8; our own grid)."""

from collections.abc import Iterator
from itertools import combinations

from m4l_devices.guidelines.view import BoxView, Finding, Rule, View, rule_maker
from m4l_devices.patcher import DEVICE_HEIGHT, Rect

RULES: list[Rule] = []
_rule = rule_maker(RULES)

MARGIN = 6
TOOL_HEIGHTS = range(147, 178)
"""Heights of tools saved by Max, in pixels (reference 2.1)."""
MOST_DIALS = 9
LEAST_PICTURE_WIDTH = 120
_SIZES = {"live.dial": {48}, "live.menu": {15}, "live.numbox": {15}, "live.text": {15, 20}, "live.toggle": {15}}
"""Heights that look native, in pixels."""
_NARROW, _WIDE = "iljtfr.,'|I /", "mwMW"
_COLOURS_OF_OWN = ("live.comment",)


@_rule("presentation")
def _presentation(view: View) -> Iterator[Finding]:
    """The device opens in presentation, and its two widths agree; a tool has only the one of openrect."""
    if view.patcher.get("openinpresentation") != 1:
        yield Finding("openinpresentation", "is not 1: Live would show the editor's view")
    openrect = view.patcher.get("openrect", [0, 0, 0, 0])
    wanted = 0 if view.is_tool else openrect[2]
    if view.patcher.get("devicewidth") != wanted or openrect[2] <= 0:
        yield Finding("openrect", f"says {openrect[2]} wide, devicewidth {view.patcher.get('devicewidth')}")


@_rule("height")
def _height(view: View) -> Iterator[Finding]:
    """The device is 169 pixels high, a tool 147 to 177."""
    heights = TOOL_HEIGHTS if view.is_tool else range(DEVICE_HEIGHT, DEVICE_HEIGHT + 1)
    if view.size[1] not in heights:
        yield Finding("openrect", f"is {view.size[1]} high, not {heights[0]} to {heights[-1]}")


@_rule("whole-pixels")
def _whole_pixels(view: View) -> Iterator[Finding]:
    """Everything on the device stands on whole pixels and has a size."""
    for box in view.shown:
        if box.place is None or box.place.width < 1 or box.place.height < 1:
            yield Finding(box.named(), f"stands at {box.keys.get('presentation_rect')}")


@_rule("inside")
def _inside(view: View) -> Iterator[Finding]:
    """Everything lies inside the device, with a margin of 6, as far from the left edge as from the right."""
    width, height = view.size
    places = [(box, box.place) for box in view.shown if box.place]
    for box, place in places:
        right, bottom = place.x + place.width, place.y + place.height
        if min(place.x, place.y) < MARGIN or right > width - MARGIN or bottom > height - MARGIN:
            yield Finding(box.named(), f"stands at {place}, too near the edge")
    if places:
        left, right = min(p.x for _, p in places), width - max(p.x + p.width for _, p in places)
        if left != right:
            yield Finding("margins", f"left {left}, right {right}")


@_rule("overlap")
def _overlap(view: View) -> Iterator[Finding]:
    """Nothing lies on something else."""
    for one, two in combinations([box for box in view.shown if box.place], 2):
        a, b = one.place, two.place
        if a and b and _meet(a, b):
            yield Finding(one.named(), f"lies on {two.named()}")


def _meet(a: Rect, b: Rect) -> bool:
    across = a.x < b.x + b.width and b.x < a.x + a.width
    return across and a.y < b.y + b.height and b.y < a.y + a.height


@_rule("parameters-shown")
def _parameters_shown(view: View) -> Iterator[Finding]:
    """Every parameter has its control on the device, but for what a pattr keeps in the Set behind another one."""
    for box in view.parameters:
        if box.object != "pattr" and not box.keys.get("presentation"):
            yield Finding(box.named(), "is not on the device")


@_rule("native-sizes")
def _native_sizes(view: View) -> Iterator[Finding]:
    """Controls have the heights of Live's own."""
    for box in view.shown:
        sizes = _SIZES.get(box.maxclass)
        if box.place and sizes and box.place.height not in sizes:
            yield Finding(box.named(), f"is {box.place.height} high, not {sorted(sizes)}")


@_rule("labels")
def _labels(view: View) -> Iterator[Finding]:
    """Every menu, number and text field has a label above it or at its left, or stands close under one that has."""
    comments = [box.place for box in view.shown if box.maxclass == "live.comment" and box.place]
    asking = [b for b in view.shown if b.maxclass in ("live.menu", "live.numbox", "textedit") and b.place]
    asking.sort(key=lambda box: box.place.y if box.place else 0)
    labelled: list[Rect] = []
    for box in asking:
        place = box.place
        if place and (any(_labels_it(c, place) for c in comments) or any(_close_under(p, place) for p in labelled)):
            labelled.append(place)
        else:
            yield Finding(box.named(), "has no label")


def _labels_it(comment: Rect, place: Rect) -> bool:
    above = comment.y + comment.height == place.y and comment.x == place.x
    beside = comment.x + comment.width <= place.x <= comment.x + comment.width + MARGIN
    return above or (beside and place.y <= comment.y and comment.y + comment.height <= place.y + place.height)


def _close_under(upper: Rect, place: Rect) -> bool:
    return upper.x == place.x and upper.width == place.width and 0 < place.y - upper.y - upper.height <= 2


@_rule("words-fit")
def _words_fit(view: View) -> Iterator[Finding]:
    """Labels, button texts and the names on dials fit their boxes, and hold no tab or line end."""
    for box in view.shown:
        named = box.maxclass == "live.dial"
        words = box.valueof.get("parameter_shortname", "") if named else box.text
        if box.maxclass not in ("live.dial", "live.comment", "live.text") or not box.place:
            continue
        if width_of(words) > box.place.width:
            yield Finding(box.named(), f"{words!r} needs about {width_of(words):.0f} pixels, has {box.place.width}")
        if "\t" in words or "\n" in words:
            yield Finding(box.named(), "holds a tab or a line end")


def width_of(words: str) -> float:
    """Estimate the width of a text in 10-pixel Ableton Sans, on the safe side.

    Args:
        words: The text.

    Returns:
        Pixels.
    """
    each = (3.0 if c in _NARROW else 8.0 if c in _WIDE else 6.5 if c.isupper() else 5.5 for c in words)
    return sum(each)


@_rule("fonts")
def _fonts(view: View) -> Iterator[Finding]:
    """Texts are set in Ableton Sans, 10 pixels."""
    for box in view.shown:
        font = str(box.keys.get("fontname", view.patcher.get("default_fontname", "")))
        if not font.startswith("Ableton Sans") or box.keys.get("fontsize", 10.0) != 10.0:
            yield Finding(box.named(), f"is set in {font} {box.keys.get('fontsize', '')}")


@_rule("theme")
def _theme(view: View) -> Iterator[Finding]:
    """Every colour that is set follows the theme."""
    for box in view.shown:
        attributes = box.keys.get("saved_attribute_attributes", {})
        for key, value in box.keys.items():
            if not key.endswith("color") or not isinstance(value, list):
                continue
            expression = attributes.get(key, {}).get("expression", "")
            if not expression.startswith("themecolor.live_"):
                yield Finding(box.named(), f"{key} stays {value} in every theme")


@_rule("one-accent")
def _one_accent(view: View) -> Iterator[Finding]:
    """One action, and only one, is accented; none where no button is, or of a tool, since what starts it is Live's."""
    accented = [box.named() for box in view.shown if "activebgcolor" in box.keys]
    acts = any(box.maxclass == "live.text" for box in view.shown) and not view.is_tool
    if len(accented) != int(acts):
        yield Finding("accent", f"on {', '.join(accented) or 'nothing'}")


@_rule("few-dials")
def _few_dials(view: View) -> Iterator[Finding]:
    """A device has at most nine dials."""
    count = sum(box.maxclass == "live.dial" for box in view.shown)
    if count > MOST_DIALS:
        yield Finding("dials", f"{count} of them")


@_rule("picture")
def _picture(view: View) -> Iterator[Finding]:
    """One picture is named "picture", the others otherwise; each at least 120 wide, with a text for the Info View."""
    pictures = [box for box in view.shown if box.maxclass == "v8ui"]
    names = [box.keys.get("varname") for box in pictures]
    if "picture" not in names or len(set(names)) != len(names) or None in names:
        yield Finding("picture", f"they are named {names}")
    for box in pictures:
        if box.place and box.place.width < LEAST_PICTURE_WIDTH:
            yield Finding(box.named(), f"is {box.place.width} wide")
        if not box.keys.get("annotation") or not box.keys.get("annotation_name"):
            yield Finding(box.named(), "says nothing in the Info View")


@_rule("mouse-up")
def _mouse_up(view: View) -> Iterator[Finding]:
    """live.text answers when the mouse is released; live.tab is in Live mode."""
    for box in view.boxes:
        if box.maxclass == "live.text" and box.keys.get("outputmode") != 1:
            yield Finding(box.named(), "answers when the mouse goes down")
        if box.maxclass == "live.tab" and box.keys.get("livemode") != 1:
            yield Finding(box.named(), "is not in Live mode")


@_rule("inactive-look")
def _inactive_look(view: View) -> Iterator[Finding]:
    """Every live.* control looks inactive while the device is off: live.thisdevice's second outlet, `active`.

    A tool has no switch.
    """
    if view.is_tool:
        return
    reached: set[str] = set()
    for device in view.called("live.thisdevice"):
        for turn in view.out_of(device, 1):
            if turn.text == "prepend active":
                reached |= {end.id for end in view.out_of(turn)}
    for box in view.shown:
        if _has_inactive_look(box) and box.id not in reached:
            yield Finding(box.named(), "looks the same when the device is off")


def _has_inactive_look(box: BoxView) -> bool:
    return box.maxclass.startswith("live.") and box.maxclass not in _COLOURS_OF_OWN
