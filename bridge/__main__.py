"""`python -m bridge` is the `bandmate` command."""

from bridge.cli import main

main()
