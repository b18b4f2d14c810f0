//! No circle of imports, of any length, among the files of `src/` and of `macros/src/`: each file can be read after those
//! that it needs.

use super::imports::{Crate, circles};
use std::path::Path;

#[test]
fn no_files_import_each_other_in_circles() -> std::io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["src", "macros/src"] {
        let found = circles(&Crate::read(&root.join(folder))?);
        let found: Vec<String> = found.iter().map(|circle| circle.join(", ")).collect();
        let list = found.join("\n");
        assert!(
            found.is_empty(),
            "files of {folder} import in circles:\n{list}"
        );
    }
    Ok(())
}

/// The circles of a made-up crate.
fn judge(files: &[(&str, &str)]) -> Vec<Vec<String>> {
    let mut all = Crate::default();
    for (file, source) in files {
        all.add(file, source);
    }
    circles(&all)
}

#[test]
fn a_pair_is_found() {
    let pair = [["a.rs", "b.rs"]];
    let b = ("b.rs", "use crate::a::A; pub struct B(A);");
    for a in [
        "use crate::b::B; pub struct A(B);",
        "use super::b::{self, B};",
        "use crate::{b::{C, B as X}, c};",
        "fn f() { crate::b::f() }",
        "macro_rules! m { () => { $crate::b::f() } }",
        "mod inner { use super::super::b::B; }",
        "pub use crate::b::*;",
        "use cotangent::b; fn f() { b::f() }",
    ] {
        assert_eq!(
            judge(&[("lib.rs", "mod a; mod b;"), ("a.rs", a), b]),
            pair,
            "{a}"
        );
    }
}

#[test]
fn a_pair_is_found_through_others() {
    let lists = "mod a; mod b; pub use a::*; pub(crate) use b::{f, B};";
    let pair = [["m/a.rs", "m/b.rs"]];
    let (a, b) = (
        ("m/a.rs", "use super::B; pub struct A(B);"),
        ("m/b.rs", "use crate::m::A; pub fn f() {}"),
    );
    let root = ("lib.rs", "mod m;");
    assert_eq!(judge(&[root, ("m/mod.rs", lists), a, b]), pair);
    // By another name, from another module.
    let top = ("lib.rs", "mod m; pub use m::B as Other;");
    assert_eq!(
        judge(&[
            top,
            ("m/mod.rs", lists),
            ("m/a.rs", "use crate::Other; struct A;"),
            b
        ]),
        pair
    );
    // A `mod.rs` with an item of its own is a file like others.
    let item = ("m/mod.rs", "mod a; use a::A; pub struct M(A);");
    let found = judge(&[item, ("m/a.rs", "use super::M; pub struct A;")]);
    assert_eq!(found, [["m/a.rs", "m/mod.rs"]]);
    // And so is the file beside a folder.
    let item = ("m.rs", "mod a; fn f() { a::g() } fn h() {}");
    let found = judge(&[item, ("m/a.rs", "pub fn g() { super::h() }")]);
    assert_eq!(found, [["m.rs", "m/a.rs"]]);
}

#[test]
fn what_is_no_pair_passes() {
    let none: [[String; 0]; 0] = [];
    let b = ("b.rs", "use crate::a::A; pub struct B(A);");
    for a in [
        "//! See [`B`](crate::b::B).\npub struct A;",
        "pub struct A; #[cfg(test)] mod tests { use crate::b::B; }",
        "use std::b::B; use other::{b, B}; fn f() { x.b::<u8>(); Self::b::<u8>() }",
        "const S: &str = \"use crate::b::B;\";",
        "use crate::c::C;",
    ] {
        assert_eq!(
            judge(&[("lib.rs", "mod a; mod b;"), ("a.rs", a), b]),
            none,
            "{a}"
        );
    }
    // A list, and one way only.
    let list = (
        "m/mod.rs",
        "//! Documents.\n#![allow(x)]\nmod a; pub(crate) mod b; pub use a::{A, g};",
    );
    assert_eq!(
        judge(&[
            list,
            ("m/a.rs", "pub struct A; pub fn g() {}"),
            ("m/b.rs", "use super::{A, g};")
        ]),
        none
    );
}

#[test]
fn a_circle_is_found() {
    let lib = ("lib.rs", "mod a; mod b; mod c; mod d;");
    let a = ("a.rs", "use crate::b::B; pub struct A;");
    let b = ("b.rs", "pub struct B; fn f() { crate::c::g() }");
    let c = ("c.rs", "use super::a::A; pub fn g() {}");
    let d = ("d.rs", "use crate::{a::A, b, c}; use b::B;");
    assert_eq!(judge(&[lib, a, b, c, d]), [["a.rs", "b.rs", "c.rs"]]);
    // A pair is a circle too.
    let pair = ("c.rs", "use super::b::B; pub fn g() {}");
    assert_eq!(judge(&[lib, a, b, pair, d]), [["b.rs", "c.rs"]]);
    // Two circles; an import that opens one of them.
    let (e, f) = (
        ("m/e.rs", "use super::F; pub struct E;"),
        ("m/f.rs", "use crate::m::e::E; pub struct F;"),
    );
    let list = ("m/mod.rs", "mod e; mod f; pub use e::E; pub use f::F;");
    let both = [lib, a, b, c, d, list, e, f];
    assert_eq!(
        judge(&both),
        [vec!["a.rs", "b.rs", "c.rs"], vec!["m/e.rs", "m/f.rs"]]
    );
    let open = ("c.rs", "pub fn g() {}");
    let none: [[String; 0]; 0] = [];
    assert_eq!(judge(&[lib, a, b, open, d]), none);
    // Through a list there is none: `e` is read after `f`.
    let f = (
        "m/f.rs",
        "pub struct F; #[cfg(test)] mod tests { use crate::m::E; }",
    );
    assert_eq!(judge(&[lib, list, e, f]), none);
}
