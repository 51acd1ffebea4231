"""Bars of which each needs the one before it: written once, in order, whoever asks for which."""

from engine.compose.stream.chain import Chain


def test_each_bar_is_written_once_from_the_one_before() -> None:
    asked: list[tuple[int, str | None]] = []

    def write(number: int, before: str | None) -> str:
        asked.append((number, before))
        return f"{before or ''}{number}"

    chain: Chain[str] = Chain(4)
    assert chain.until(4, write) == []
    assert chain.until(6, write) == ["4", "45"]
    assert chain.until(5, write) == ["4"]
    assert chain.until(7, write)[-1] == "456"
    assert asked == [(4, None), (5, "4"), (6, "45")]
