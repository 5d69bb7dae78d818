"""``python -m biotoop`` is the same as ``biotoop``."""

from biotoop.cli import main

if __name__ == "__main__":
    main()
