"""What an inspection returns. Plain data: dataclasses.asdict makes JSON of it. Used by every module of legality."""

from dataclasses import dataclass, field

from grader.common.language import Text


@dataclass(frozen=True)
class Finding:
    """One broken rule, at the place in the student's file where it is broken."""

    line: int
    column: int
    construct: str  # what was found, in the words of the source
    rule: str  # a short stable id
    message: Text  # what, why not, what to do instead


@dataclass
class FunctionReport:
    name: str
    defined: bool = False
    untouched: bool = False  # still the stub
    statements: int = 0  # with those of the helpers that it calls
    discards: int = 0  # the first line that computes a matrix which nobody keeps, there or in a helper
    findings: list[Finding] = field(default_factory=list)


@dataclass
class FileReport:
    functions: dict[str, FunctionReport]
    parse_errors: list[str] = field(default_factory=list)
    too_large: str = ""  # why the tree was not looked at: then nothing of the file is known to be allowed
