"""Runs the programs of other libraries in docs/book/src/coming-from.md, and looks for their messages there.

    python3 -m venv venv              # a directory outside of the repository
    venv/bin/pip install torch==2.15.0 jax==0.10.2 optax==0.2.8 safetensors==0.8.0
    venv/bin/python tests/reference/coming_from.py FOLDER

FOLDER is outside of the repository too: a small crate for dfdx is made there, which needs Rust and, once, the network.
Every program must end without an error. Then it is changed by its mistake, and what is said must be on the page. With
`--show` the messages are printed.
"""

import pathlib
import re
import subprocess
import sys

PAGE = pathlib.Path(__file__).parents[2] / "docs/book/src/coming-from.md"

# What is not found, with the wrong numbers that come of it.
SILENT = {(7, "dfdx"), (10, "PyTorch"), (10, "JAX")}
# By the number of the program: what of it becomes what. JAX loads what is in a file, so it has no ninth.
MISTAKES = {
    "PyTorch": {
        1: ("torch.zeros(2,", "torch.zeros(3,"),
        2: ("nn.Linear(16, 2)", "nn.Linear(8, 2)"),
        3: ("nn.Linear(36, 10)", "nn.Linear(32, 10)"),
        4: ("nn.Linear(4 * d, d,", "nn.Linear(3 * d, d,"),
        5: ("torch.zeros(50,", "torch.zeros(50, 2,"),
        6: ("v = torch.tensor([1.0, 0.0, -1.0])", "v = torch.tensor([1.0, 0.0])"),
        7: ("return dy * (1 - 1 / (1 + torch.exp(x)))", "return (dy * (1 - 1 / (1 + torch.exp(x)))).sum()"),
        8: (".reshape(4, 3)", ".reshape(3, 4)"),
        9: ("other = nn.Linear(2, 3)", "other = nn.Linear(2, 4)"),
        10: ("[[0.5], [-0.5], [2.5], [1.5]]", "[0.5, -0.5, 2.5, 1.5]", "loss == 0", "loss == 2.5"),
    },
    "JAX": {
        1: ("jnp.zeros(2)", "jnp.zeros(3)"),
        2: ("init(out, 16, 2)", "init(out, 8, 2)"),
        3: ("(36, 10)", "(32, 10)"),
        4: ('"down": (4 * d, d)', '"down": (3 * d, d)'),
        5: ("jnp.zeros(50)", "jnp.zeros((50, 2))"),
        6: ("v = jnp.array([1.0, 0.0, -1.0])", "v = jnp.array([1.0, 0.0])"),
        7: ("return (dy * (1 - 1 / (1 + jnp.exp(x))),)", "return ((dy * (1 - 1 / (1 + jnp.exp(x)))).sum(),)"),
        8: (".reshape(4, 3)", ".reshape(3, 4)"),
        10: ("[[0.5], [-0.5], [2.5], [1.5]]", "[0.5, -0.5, 2.5, 1.5]", "loss == 0", "loss == 2.5"),
    },
    "dfdx": {
        1: ("Linear<2, 1>", "Linear<3, 1>"),
        2: ("Linear<16, 2>", "Linear<8, 2>"),
        4: ("UnbiasedLinear<32, 8>", "UnbiasedLinear<24, 8>"),
        5: ("let mut torques: Tensor<Rank1<50>,", "let mut torques: Tensor<Rank2<50, 2>,"),
        6: ("dev.tensor([1.0, 0.0, -1.0])", "dev.tensor([1.0, 0.0])"),
        7: (
            "let dx = dy.clone() - dy / (x.clone().exp() + 1.0);",
            "let dx = (dy.clone() - dy / (x.clone().exp() + 1.0)).sum::<Rank0, _>();",
            "[0.5, 1.0]",
            "[1.5, 0.0]",
        ),
        8: ("let xs: Tensor<Rank3<4, 1, 3>,", "let xs: Tensor<Rank3<3, 1, 4>,"),
        9: ("let mut other = dev.build_module::<Linear<2, 3>", "let mut other = dev.build_module::<Linear<2, 4>", "assert", "//"),
        10: ("[[0.5], [-0.5], [2.5], [1.5]]", "[0.5, -0.5, 2.5, 1.5]"),
    },
}


def programs(page):
    """The programs of the page: (number, library) -> code."""
    found = {}
    for section in re.split(r"^## (?=\d)", page, flags=re.M)[1:]:
        number = int(section.split(".")[0])
        for library in MISTAKES:
            block = re.search(rf"^\*\*{library}\*\*.*?^```[a-z,]+\n(.*?)^```$", section, re.S | re.M)
            found[number, library] = block[1]
    return found


def python(code, folder):
    """What is said when it runs, on one line."""
    run = subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=folder, capture_output=True, text=True)
    error = re.search(r"^[\w.]*(?:Error|Exception)\b.*", run.stderr, re.M | re.S)
    # JAX says more of what happened within a `jit`.
    return " ".join(error[0].split("\n---")[0].split()) if error else run.stderr if run.returncode else ""


def rust(code, folder):
    """What is said to it: of rustc the headline of the first error, of a run what it panicked with."""
    crate = folder / "dfdx"
    (crate / "src").mkdir(parents=True, exist_ok=True)
    features = 'version = "=0.13.0", default-features = false, features = ["std", "cpu", "safetensors"]'
    manifest = f'[package]\nname = "scratch"\nedition = "2021"\n[workspace]\n[dependencies]\ndfdx = {{ {features} }}\n'
    (crate / "Cargo.toml").write_text(manifest)
    (crate / "src" / "main.rs").write_text(f"fn main() {{\n{code}}}\n")
    for step in "check", "run":
        run = subprocess.run(["cargo", step, "--quiet"], cwd=crate, capture_output=True, text=True)
        if run.returncode:
            error = re.search(r"^error.*|(?<=:\n)called .*", run.stderr, re.M)
            said = error[0] if error else run.stderr
            label = re.search(r"\^ (expected .*)", run.stderr) if said.endswith("mismatched types") else None
            return f"{said}: {label[1]}" if label else said
    return ""


def changed(code, mistake):
    for old, new in zip(mistake[::2], mistake[1::2]):
        if old not in code:
            raise SystemExit(f"no program has `{old}`")
        code = code.replace(old, new)
    return code


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    page = PAGE.read_text()
    words = " ".join(page.split())
    wrong, count = [], 0
    for (number, library), code in programs(page).items():
        if (number, library) == (3, "dfdx"):
            continue
        run = rust if library == "dfdx" else python
        count += 1
        if said := run(code, folder):
            wrong.append(f"{number}, {library}: {said}")
        if number not in MISTAKES[library]:
            continue
        said = run(changed(code, MISTAKES[library][number]), folder)
        if "--show" in sys.argv:
            print(f"{number}, {library}: {said}")
        elif bool(said) == ((number, library) in SILENT):
            wrong.append(f"{number}, {library}, with the mistake: {said}")
        elif said[:100] not in words:  # of some the page has the beginning
            wrong.append(f"{number}, {library}, with the mistake, and not on the page: {said}")
    print("\n".join(wrong) or f"{count} programs run, and what is said to their mistakes is on the page")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
