//! Files that the system does not give, and files that are packed.

use crate::files::{Folder, bytes_of};
use cotangent::data::{idx, npy};

#[test]
fn files_that_the_system_does_not_give() {
    let folder = Folder::new();
    let path = |name: &str| folder.path().join(name);
    let none = "none.npy: No such file or directory (os error 2)";
    assert_eq!(folder.error(npy::read::<f32>(path("none.npy"))), none);
    std::fs::create_dir(path("x.idx")).expect("a folder");
    let directory = "x.idx: Is a directory (os error 21)";
    assert_eq!(folder.error(idx::read::<u8>(path("x.idx"))), directory);
    let empty = folder.file("empty", "");
    assert_eq!(
        folder.error(npy::read::<f32>(&empty)),
        "empty: expected 10 bytes, got 0"
    );
    assert_eq!(
        folder.error(idx::read::<f32>(&empty)),
        "empty: expected 4 bytes, got 0"
    );
}

/// As root every file can be read, and there is nothing to see.
#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let path = folder.file("secret.npy", bytes_of("rows.npy"));
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o000)).expect("our own file");
    if std::fs::read(&path).is_err() {
        let text = "secret.npy: Permission denied (os error 13)";
        assert_eq!(folder.error(npy::read::<f32>(path)), text);
    }
}

#[cfg(feature = "gzip")]
#[test]
fn packed_files_that_are_wrong() {
    let folder = Folder::new();
    let whole = crate::files::packed(&bytes_of("rows.npy"));
    let cut = folder.file("cut.npy.gz", &whole[..whole.len() - 9]);
    let text = "cut.npy.gz: it is no gzip file: ";
    assert!(folder.error(npy::read::<f32>(cut)).starts_with(text));
    let mut wrong = whole.clone();
    let last = wrong.len() - 8;
    wrong[last] ^= 1; // of the checksum
    let wrong = folder.file("wrong.npy.gz", wrong);
    let text =
        "wrong.npy.gz: it is no gzip file: corrupt gzip stream does not have a matching checksum";
    assert_eq!(folder.error(npy::read::<f32>(wrong)), text);
    assert_eq!(
        npy::read::<f32>(folder.file("x.npy.gz", whole))
            .map(|x| x.dims().len())
            .ok(),
        Some(2)
    );
}

#[cfg(not(feature = "gzip"))]
#[test]
fn a_packed_file_needs_a_feature() {
    let folder = Folder::new();
    let path = folder.file("x.npy.gz", [0x1f, 0x8b, 8, 0]);
    let text = "x.npy.gz: it is a gzip file, which needs the feature `gzip` of cotangent";
    assert_eq!(folder.error(npy::read::<f32>(path)), text);
}
