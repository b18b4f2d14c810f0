//! Programs that use this crate wrongly, and what rustc says to each.

#[test]
fn wrong_programs_do_not_compile() {
    cotangent_trybuild::refused("tests/wrong/*.rs");
}
