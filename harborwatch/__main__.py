"""`python -m harborwatch` is `harborwatch`."""

from harborwatch.commands import main

main()
