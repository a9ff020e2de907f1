"""`python -m quizapp`."""

from quizapp.cli.main import main

if __name__ == "__main__":
    main()
