#!/usr/bin/env python3
"""Measures Rust codebases and prints one Markdown table.

    python3 .ci/measure.py [DIR..]              a column for each folder (default: this one)
    python3 .ci/measure.py --list WHAT [DIR]    the places behind a figure, as file:line

WHAT is odd-comments, duplicate-types, one-word-types, long-functions or methods.

Definitions, the same for every codebase:

files             *.rs below DIR without tests, benches, examples, fixtures, generated output and hidden folders, and
                  without files named test.rs, tests.rs, testutil.rs or the like. Items under `#[cfg(test)]` are cut out.
code lines        lines that are neither blank nor only a `//` comment.
function lines    lines from `fn` to the closing brace, both counted, blank lines and comments too. Functions inside
                  functions count for themselves; declarations without a body do not count.
file lines        code lines of a file.
unwraps, expects  calls of `.unwrap()` and of `.expect(..)` for each 1,000 code lines.
methods           functions directly in `impl Type` blocks (no trait), summed over all files by the type's name.
types             structs, enums and traits of any visibility. One word: one capital, at the beginning. Twice: names that
                  two or more types bear; the row "of these public" counts only what is `pub` or `pub(..)`.
comment lines     whole lines of comment; those that begin with What, Whether, Who, Those or Of are counted wherever in
                  the comment they stand, as this is what can be counted over any codebase.
odd comments      comments (runs of lines of one kind) that begin with one of these words or with So many, How, Which,
                  Where; a plain "Whether" above a field, constant or function that is a `bool` does not count.
why-comments      lines of `//` comment among the lines inside function bodies.
workflows         files in .github/workflows.

Standard library only; a lexer that knows strings, characters, lifetimes and nested comments is all it needs.
"""
import argparse
import bisect
import collections
import os
import re
import sys

SKIPPED_FOLDERS = {"target", "tests", "test", "benches", "examples", "fixtures", "fuzz", "testdata", "node_modules"}
TEST_FILE = re.compile(r"(^|_)tests?(_|\.|util|ing)")
ODD = {"What", "Whether", "Who", "Those", "Of"}
ODD_ALSO = ODD | {"How", "Which", "Where"}
ODD_BEGINNINGS = ("So many", "So much", "So far", "So long")

TOKEN = re.compile(
    r"""
    (?P<line>//[^\n]*)
  | (?P<block>/\*)
  | (?P<raw>b?c?r(?P<hashes>\#*)")
  | (?P<string>[bc]?"(?:\\.|[^"\\])*")
  | (?P<char>b?'(?:\\(?:x[0-9a-fA-F]{2}|u\{[^}]*\}|.)|[^'\\\n])')
  | (?P<word>[A-Za-z_]\w*)
    """,
    re.X | re.S,
)


def masked(source):
    """Returns the source with comments and literals blanked, and the comments as (offset, text)."""
    out, comments, at = [], [], 0

    def blank(text):
        return "".join("\n" if c == "\n" else " " for c in text)

    while match := TOKEN.search(source, at):
        start, end, kind = match.start(), match.end(), match.lastgroup
        if kind == "hashes":
            kind = "raw"
        out.append(source[at:start])
        if kind == "word":
            out.append(match.group())
            at = end
            continue
        if kind == "block":
            depth, end = 1, start + 2
            while depth and end < len(source):
                if source.startswith("/*", end):
                    depth, end = depth + 1, end + 2
                elif source.startswith("*/", end):
                    depth, end = depth - 1, end + 2
                else:
                    end += 1
            comments.append((start, source[start:end]))
        elif kind == "raw":
            close = source.find('"' + match.group("hashes"), end)
            end = len(source) if close < 0 else close + 1 + len(match.group("hashes"))
        elif kind == "line":
            comments.append((start, match.group()))
        text = source[start:end]
        # A literal stays visible as quotes, so that a line with nothing but a string is a line of code.
        out.append('"' + blank(text[1:-1]) + '"' if kind not in ("line", "block") and len(text) > 1 else blank(text))
        at = end
    out.append(source[at:])
    return "".join(out), comments


def closing(code, opening):
    """Returns the offset after the brace that closes the one at `opening`."""
    depth = 0
    for match in re.compile(r"[{}]").finditer(code, opening):
        depth += 1 if match.group() == "{" else -1
        if depth == 0:
            return match.end()
    return len(code)


def body_start(code, at):
    """Returns the offset of an item's `{`, or None if a `;` comes first; brackets and parentheses are skipped."""
    depth = 0
    for match in re.compile(r"[\[\](){};]").finditer(code, at):
        sign = match.group()
        if sign in "[(":
            depth += 1
        elif sign in "])":
            depth -= 1
        elif depth == 0:
            return match.start() if sign == "{" else None
    return None


class File:
    """One source file without its tests: lines, blanked code and comments by line."""

    def __init__(self, path, source):
        self.path = path
        code, comments = masked(source)
        cut = [False] * (source.count("\n") + 1)
        line_of = self._line_index(source)
        for match in re.finditer(r"#\[cfg\((?:test|all\(test[^\n]*)\)\]", code):
            brace = body_start(code, match.end())
            semicolon = code.find(";", match.end())
            end = closing(code, brace) if brace is not None else semicolon + 1
            for number in range(line_of(match.start()), line_of(max(end - 1, match.start())) + 1):
                cut[number] = True
        if re.search(r"#!\[cfg\(test\)\]", code):
            cut = [True] * len(cut)
        keep = lambda text: [("" if cut[n] else line) for n, line in enumerate(text.split("\n"))]
        self.lines, self.cut = keep(source), cut
        self.code_lines_text = keep(code)
        self.code = "\n".join(self.code_lines_text)
        self.comments = {}
        for offset, text in comments:
            number = line_of(offset)
            if not cut[number]:
                self.comments.setdefault(number, text)

    @staticmethod
    def _line_index(source):
        starts = [0] + [m.end() for m in re.finditer("\n", source)]
        return lambda offset: bisect.bisect_right(starts, offset) - 1

    def code_lines(self):
        return sum(1 for line in self.lines if line.strip() and not line.strip().startswith("//"))

    def functions(self):
        """Yields (name, first line, last line, line of the brace) of every function with a body."""
        line_of = self._line_index(self.code)
        for match in re.finditer(r"\bfn\s+((?:r#)?\w+)", self.code):
            brace = body_start(self.code, match.end())
            if brace is not None:
                end = closing(self.code, brace)
                yield match.group(1), line_of(match.start()), line_of(end - 1), line_of(brace)

    def methods(self):
        """Yields (type, method, line) of inherent impl blocks."""
        line_of = self._line_index(self.code)
        for match in re.finditer(r"^[ \t]*(?:unsafe\s+)?impl\b", self.code, re.M):
            brace = body_start(self.code, match.end())
            if brace is None:
                continue
            head = self.code[match.end():brace]
            head = head.split(" where ")[0].split("\nwhere")[0]
            if re.search(r"\bfor\b(?!\s*<)", head):
                continue
            head = strip_generics(head)
            names = re.findall(r"[A-Za-z_]\w*", head)
            if not names:
                continue
            inside = self.code[brace + 1:closing(self.code, brace) - 1]
            depth = 0
            for part in re.finditer(r"[{}]|\bfn\s+(\w+)", inside):
                if part.group() == "{":
                    depth += 1
                elif part.group() == "}":
                    depth -= 1
                elif depth == 0:
                    yield names[-1], part.group(1), line_of(brace + 1 + part.start())

    def types(self):
        """Yields (name, line, whether public) of every type."""
        line_of = self._line_index(self.code)
        pattern = r"^[ \t]*(pub(?:\([^)]*\))?\s+)?(?:unsafe\s+)?(?:struct|enum|trait)\s+(\w+)"
        for match in re.finditer(pattern, self.code, re.M):
            yield match.group(2), line_of(match.start(2)), bool(match.group(1))

    def remarks(self):
        """Yields (line, text, code below) of every comment: a run of whole-line comments of one kind, or one beside code."""
        previous = None
        for number, text in sorted(self.comments.items()):
            kind = re.match(r"//[/!]?|/\*[*!]?", text).group()
            whole = not self.code_lines_text[number].strip()
            if not (whole and previous == (number - 1, kind)):
                below = number + 1
                while below < len(self.lines) and (
                    re.match(r"\s*(//|#\[|$)", self.lines[below]) and below < number + 40
                ):
                    below += 1
                yield number, text[len(kind):].strip(), self.statement(below)
            previous = (number, kind) if whole else None

    def statement(self, below):
        """Returns the beginning of the item at a line, to its brace or its end."""
        text = " ".join(line.strip() for line in self.code_lines_text[below:below + 12])
        return re.split(r"[{;]", text)[0]


def strip_generics(head):
    """Returns the head of an impl without what stands in angle brackets."""
    out, depth = [], 0
    for at, c in enumerate(head):
        if c == "<":
            depth += 1
        elif c == ">" and (at == 0 or head[at - 1] != "-"):
            depth = max(0, depth - 1)
        elif depth == 0:
            out.append(c)
    return "".join(out)


def is_bool(statement):
    """Returns whether an item is a field, constant or function that is or gives a bool."""
    first_field = statement.split(",")[0]
    return bool(re.search(r"->\s*(?:Option<)?bool\b", statement) or re.search(r"\w\s*:\s*(?:Option<)?(?:Atomic)?[bB]ool\b", first_field))


def is_odd(text, statement):
    first = re.match(r"\w*", text).group()
    if first == "Whether":
        return not is_bool(statement)
    return first in ODD_ALSO or text.startswith(ODD_BEGINNINGS)


class Codebase:
    def __init__(self, folder):
        self.folder = folder
        self.files = [File(path, read(path)) for path in sorted(source_files(folder))]
        self.files = [file for file in self.files if file.code_lines()]

    def where(self, file, line):
        return f"{os.path.relpath(file.path, self.folder)}:{line + 1}"

    def methods(self):
        by_type = collections.defaultdict(list)
        for file in self.files:
            for name, method, line in file.methods():
                by_type[name].append((self.where(file, line), method))
        return by_type

    def types(self, public=False):
        """Returns the places of every type by its name, of public ones only if so asked."""
        by_name = collections.defaultdict(list)
        for file in self.files:
            for name, line, visible in file.types():
                if visible or not public:
                    by_name[name].append(self.where(file, line))
        return by_name

    def figures(self):
        functions, inside, why = [], 0, 0
        comment_lines, odd_lines, remarks, odd = 0, 0, 0, 0
        unwraps = expects = 0
        for file in self.files:
            body_lines = set()
            for _, first, last, brace in file.functions():
                functions.append(last - first + 1)
                body_lines.update(range(brace + 1, last))
            inside += len(body_lines)
            why += sum(1 for line in body_lines if re.match(r"\s*//(?!/)", file.lines[line]))
            unwraps += len(re.findall(r"\.unwrap\(\)", file.code))
            expects += len(re.findall(r"\.expect\(", file.code))
            for _, text, statement in file.remarks():
                remarks += 1
                odd += is_odd(text, statement)
            for line in file.lines:
                if match := re.match(r"\s*//[/!]?\s*(\w*)", line):
                    comment_lines += 1
                    odd_lines += match.group(1) in ODD
        code = sum(file.code_lines() for file in self.files)
        sizes = [file.code_lines() for file in self.files]
        methods = self.methods()
        most = max(methods, key=lambda name: len(methods[name]), default="-")
        types = self.types()
        share = lambda part, whole: 100 * part / max(whole, 1)
        single = sum(len(places) for name, places in types.items() if one_word(name))
        total = sum(map(len, types.values()))
        twice = repeated(types)
        twice_public = repeated(self.types(public=True))
        workflows = os.path.join(self.folder, ".github", "workflows")
        return [
            ("code lines", f"{code:,}"),
            ("functions", f"{len(functions):,}"),
            ("function median / p90 / longest", spread(functions)),
            ("functions over 30 lines", f"{share(sum(n > 30 for n in functions), len(functions)):.1f} %"),
            ("files", f"{len(sizes):,}"),
            ("file median / p90 / longest", spread(sizes)),
            ("unwraps per 1,000 lines", f"{1000 * unwraps / max(code, 1):.1f}"),
            ("expects per 1,000 lines", f"{1000 * expects / max(code, 1):.1f}"),
            ("most methods on one type", f"{len(methods[most]) if most in methods else 0} ({most})"),
            ("types", f"{total:,}"),
            ("type names of one word", f"{share(single, total):.0f} %"),
            ("type names used twice or more", f"{len(twice)} ({sum(map(len, twice.values()))} types)"),
            ("of these public", f"{len(twice_public)} ({sum(map(len, twice_public.values()))} types)"),
            ("comment lines beginning What/Whether/Who/Those/Of", f"{share(odd_lines, comment_lines):.1f} %"),
            ("odd comments", f"{share(odd, remarks):.1f} % ({odd})"),
            ("why-comments, share of lines in function bodies", f"{share(why, inside):.1f} %"),
            ("workflows for the public's CI", str(len(os.listdir(workflows)) if os.path.isdir(workflows) else 0)),
        ]

    def places(self, what):
        """Yields the lines that --list prints."""
        if what == "methods":
            methods = self.methods()
            for name in sorted(methods, key=lambda name: -len(methods[name])):
                files = collections.Counter(place.rsplit(":", 1)[0] for place, _ in methods[name])
                yield f"{len(methods[name]):4} {name}: " + ", ".join(f"{path} {n}" for path, n in files.items())
        elif what == "duplicate-types":
            public = repeated(self.types(public=True))
            for name, places in sorted(repeated(self.types()).items(), key=lambda item: -len(item[1])):
                yield f"{name} x{len(places)}{' (public)' if name in public else ''}: " + " ".join(places)
        elif what == "one-word-types":
            for name, places in sorted(self.types().items()):
                if one_word(name):
                    yield from (f"{place}: {name}" for place in places)
        elif what == "long-functions":
            found = [(last - first + 1, self.where(file, first), name) for file in self.files for name, first, last, _ in file.functions()]
            yield from (f"{place}: {name} {length} lines" for length, place, name in sorted(found, reverse=True) if length > 30)
        else:
            for file in self.files:
                for line, text, statement in file.remarks():
                    if is_odd(text, statement):
                        yield f"{self.where(file, line)}: {text}"


def repeated(types):
    return {name: places for name, places in types.items() if len(places) > 1}


def one_word(name):
    return not re.search(r"[a-z0-9][A-Z]|[A-Z][A-Z][a-z]|.[_]", name)


def spread(numbers):
    numbers = sorted(numbers) or [0]
    return f"{numbers[len(numbers) // 2]}/{numbers[len(numbers) * 9 // 10]}/{numbers[-1]}"


def read(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def source_files(folder):
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in SKIPPED_FOLDERS and not name.startswith(".")]
        for name in names:
            if name.endswith(".rs") and name != "build.rs" and not TEST_FILE.search(name):
                yield os.path.join(here, name)


def main():
    parser = argparse.ArgumentParser(description="Measures Rust codebases; see the top of this file.")
    parser.add_argument("folders", nargs="*", metavar="DIR", default=["."])
    parser.add_argument("--list", choices=["odd-comments", "duplicate-types", "one-word-types", "long-functions", "methods"])
    options = parser.parse_args()
    bases = [Codebase(folder) for folder in options.folders or ["."]]
    if options.list:
        for base in bases:
            for line in base.places(options.list):
                print(line)
        return
    columns = [dict(base.figures()) for base in bases]
    names = [os.path.basename(os.path.abspath(base.folder)) for base in bases]
    print("| | " + " | ".join(names) + " |")
    print("|---" * (len(names) + 1) + "|")
    for row in columns[0]:
        print(f"| {row} | " + " | ".join(column[row] for column in columns) + " |")


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:
        sys.exit(0)
