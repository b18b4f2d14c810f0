//! On the library as it is, every law holds.

#[test]
fn nothing_is_found() {
    let judge = mutants_judge::judge(Vec::new());
    assert_eq!(judge.findings(), []);
    assert!(judge.checks() > 100, "{} checks", judge.checks());
}
