"""Ableton's production guidelines and our own rules, as code that lists what a device breaks.

Sources: Ableton/maxdevtools, m4l-production-guidelines (reference section 8); what a builder can check without
Live (section 11); our own look (design: the family of devices). Each rule is one small function with an id;
a test shows for each that it bites.
"""

from m4l_devices.amxd import Amxd
from m4l_devices.guidelines import behaviour, look, parameters, structure, tools
from m4l_devices.guidelines.view import Finding, Rule, View, Violation
from m4l_devices.table import DeviceTable

__all__ = ["RULES", "Finding", "Rule", "View", "Violation", "violations"]

RULES: dict[str, Rule] = {
    rule.id: rule for module in (structure, parameters, look, behaviour, tools) for rule in module.RULES
}
"""Every rule, by its id."""


def violations(device: Amxd, table: DeviceTable | None = None) -> list[Violation]:
    """List the rules a device breaks.

    Args:
        device: Any device whose patch can be read.
        table: The controls it was built from; with it, the device is compared with them too.

    Returns:
        What is wrong, in the order of the rules; empty when nothing is.

    Raises:
        AmxdError: The device is encrypted or its patch is broken.
    """
    view = View(device, table)
    return [Violation(rule.id, finding.where, finding.what) for rule in RULES.values() for finding in rule.check(view)]
