"""What can go wrong in this room: a file that is not a device, or a patch that cannot be built.

Both carry three things a person needs: what is wrong, where, and what to do about it.
"""


class DeviceError(ValueError):
    """Something about a device file or a patch is wrong.

    Attributes:
        what: The fault, in one clause.
        where: Its place: a byte offset with the name of the field, or the id of a box.
        hint: What to do about it.
    """

    def __init__(self, what: str, where: str, hint: str) -> None:
        super().__init__(f"{what} ({where}). {hint}")
        self.what = what
        self.where = where
        self.hint = hint


class AmxdError(DeviceError):
    """The bytes are not a well-formed .amxd file."""


class PatchError(DeviceError):
    """A patch was put together in a way Max would not load."""
