"""Run the command line: python -m segmentation."""

import sys

try:
    from segmentation.cli import main
except KeyboardInterrupt:  # it takes a second to load
    sys.exit("Stopped.")

sys.exit(main())
