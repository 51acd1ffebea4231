"""Colours that follow Live's themes.

A colour attribute follows the theme when the box also carries `{"expression": "themecolor.<name>"}` for it
(reference 2.7); the number beside it is what an older Max shows. live.* objects need none of this: their
defaults follow the theme already.
"""

from typing import Any

_FALLBACK: dict[str, tuple[float, float, float, float]] = {
    "live_contrast_frame": (0.10, 0.10, 0.10, 1.0),
    "live_control_bg": (0.12, 0.12, 0.12, 1.0),
    "live_control_fg": (0.71, 0.71, 0.71, 1.0),
    "live_control_fg_on": (0.03, 0.03, 0.03, 1.0),
    "live_control_selection": (1.0, 0.68, 0.34, 1.0),
}
"""Theme colour -> its value in the Mid Dark theme, roughly."""


def themed(**attributes: str) -> dict[str, Any]:
    """Give the box keys that paint attributes in theme colours.

    Args:
        **attributes: Attribute of the box -> name of the theme colour, such as textcolor="live_control_fg".

    Returns:
        The literal colours, and under `saved_attribute_attributes` their expressions.
    """
    keys: dict[str, Any] = {attribute: list(_FALLBACK[name]) for attribute, name in attributes.items()}
    keys["saved_attribute_attributes"] = {
        attribute: {"expression": f"themecolor.{name}"} for attribute, name in attributes.items()
    }
    return keys
