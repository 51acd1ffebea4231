"""The page of addresses says what is true: it is what would be made now."""

from __future__ import annotations

from bridge import methods
from bridge.osc.document import PATH, document
from bridge.osc.table import RULES, SPECIAL
from bridge.registry import REGISTRY, Registry

assert methods


def test_the_page_is_what_the_table_and_the_registry_say() -> None:
    assert PATH.read_text(encoding="utf-8") == document(REGISTRY), "python -m bridge.osc.document makes it anew"


def test_every_address_is_on_it() -> None:
    page = PATH.read_text(encoding="utf-8")
    for address in [
        *SPECIAL,
        *(each.address for each in RULES),
        *(f"/bandmate/{n.replace('.', '/')}" for n in REGISTRY),
    ]:
        assert f"`{address}`" in page


def test_a_new_method_makes_it_stale() -> None:
    more = Registry()
    more._methods.update(REGISTRY._methods)

    @more.method("test.new")
    def new() -> None:
        """Be new."""

    assert document(more) != PATH.read_text(encoding="utf-8")
