"""python3 -m grader.grade: the face of grade.py."""

import sys

from grader.grade.grade import main

sys.exit(main())
