"""Print how often the hint at a language is right, wrong and silent, in percent.

python -m tests.eval.tongues
"""

from tests.eval.tongues.measuring import table


def main() -> None:
    """Print the held-out messages first."""
    print("Held out: right / wrong / silent\n", *table("test"), sep="\n")
    print("\nWords were chosen on: right / wrong / silent\n", *table("dev"), sep="\n")


main()
