"""Counts the lines of each example here, in burn and in PyTorch, and prints a table in Markdown.

    python3 benches/trainings/lines.py [ROOT OF THE REPOSITORY]

As in docs/book/src/coming-from.md: without blank lines, comments, imports, and lines of closing brackets alone. Two more things are
not counted anywhere: the reading of arguments, and what one of the three does and the others do not. LEFT_OUT says which lines of
ours these are.
"""

import ast
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
NAMES = ["digits", "fashion", "shakespeare", "forecast", "tabular"]
# The files of `examples/NAME` that do what the programs here do. Not `digits/show.rs`, which draws a digit, and
# `shakespeare/sample.rs`, which writes.
OURS = {
    "digits": ["main.rs", "model.rs", "train.rs"],
    "fashion": ["main.rs", "model.rs", "train.rs"],
    "shakespeare": ["main.rs", "model.rs", "text.rs", "train.rs"],
    "forecast": ["main.rs", "model.rs", "train.rs"],
    "tabular": ["data.rs", "main.rs", "model.rs", "train.rs"],
}
BURN = {name: [f"burn_{name}.rs"] for name in NAMES}
BURN["shakespeare"].append("burn_clip.rs")
BURN["forecast"].append("burn_clip.rs")
# By file: the beginnings of the first and of the last line of a part that is not counted.
LEFT_OUT = {
    "digits/main.rs": [
        ("let seed = std::env::args()", "let seed"),
        ("println!(", "test.len()"),  # how many digits there are
        ("if let Some(picture)", "println!"),  # draws the most doubtful digit
    ],
    "digits/model.rs": [("pub fn answers", "(softmax")],  # for that
    "fashion/main.rs": [("let few = ", "let folder = ")],
    "fashion/train.rs": [
        ("const CLASSES", '"T-shirt"'),  # checkpoints, and a report
        (".watch(", ".classes("),
        ("if let Some(out)", "training = training.checkpoint"),
    ],
    "shakespeare/main.rs": [
        ("const OUT", "const OUT"),
        ("let mut path", "other => path"),
        ("if !is_trained", "if !is_trained"),
        ("let p = load_parameters", "println!"),  # writes
    ],
    "shakespeare/model.rs": [
        ("const TEMPERATURE", "const TEMPERATURE"),  # for that
        ("type C = ", "type C = "),
        ("type P = ", "pub type Place"),
        ("pub struct Past", "(categorical"),
    ],
    "shakespeare/text.rs": [("pub fn letter(", "_ => ")],
    "shakespeare/train.rs": [
        (".report(", ".report("),  # checkpoints, and a report
        ("if let Some(out)", "training = training.checkpoint"),
    ],
    "forecast/main.rs": [("let seed = std::env::args()", "let seed")],
    "tabular/main.rs": [("let seed = std::env::args()", "let seed")],
}
ARGUMENTS = {".rs": ("let arguments:", "let (seed, epochs)"), ".py": ("parser = ", "arguments = ")}


def without(lines, parts, file):
    """Without the lines from a first to a last one, for each of these parts."""
    for first, last in parts:
        begin = next((i for i, line in enumerate(lines) if line.startswith(first)), None)
        end = next((i for i, line in enumerate(lines) if begin is not None and i >= begin and line.startswith(last)), None)
        if end is None:
            sys.exit(f"{file}: no lines from `{first}` to `{last}`: LEFT_OUT is of another version")
        lines = lines[:begin] + lines[end + 1 :]
    return lines


def python(text):
    """The lines without imports and documentation."""
    gone = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            gone.update(range(node.lineno, node.end_lineno + 1))
        elif isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(node) is not None:
            gone.update(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    lines = enumerate(text.splitlines(), 1)
    return [line.strip() for i, line in lines if i not in gone and not line.strip().startswith("#")]


def rust(text):
    lines, is_import = [], False
    for line in map(str.strip, text.splitlines()):
        is_import = is_import or line.startswith(("use ", "pub use ", "mod "))
        if not is_import and not line.startswith("//"):
            lines.append(line)
        is_import = is_import and not line.endswith(";")
    return lines


def count(folder, files):
    lines = []
    for file in files:
        path = folder / file
        code = (python if path.suffix == ".py" else rust)(path.read_text())
        if folder == HERE and file != "burn_clip.rs":
            parts = [ARGUMENTS[path.suffix]]
        else:
            parts = LEFT_OUT.get(f"{folder.name}/{file}", [])
        lines += without(code, parts, path)
    return sum(not set(line) <= set('!")]};,') for line in lines)


def main():
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[1]
    print("| lines of code | cotangent | burn | PyTorch |\n| --- | ---: | ---: | ---: |")
    sums = [0, 0, 0]
    for name in NAMES:
        counts = [
            count(root / "examples" / name, OURS[name]),
            count(HERE, BURN[name]),
            count(HERE, [f"torch_{name}.py"]),
        ]
        sums = [a + b for a, b in zip(sums, counts)]
        print(f"| {name} | {counts[0]} | {counts[1]} | {counts[2]} |")
    print(f"| all | {sums[0]} | {sums[1]} | {sums[2]} |")


main()
