"""What all tests share: property tests draw the same examples at every run.

A change is judged by what it does, not by the luck of the draw. To look for
new counter-examples: HYPOTHESIS_PROFILE=searching.
"""

import os

from hypothesis import settings

settings.register_profile("same", derandomize=True)
settings.register_profile("searching", derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))
