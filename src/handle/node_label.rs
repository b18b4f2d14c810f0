//! How messages name a node.

/// A node in a message: ``node 3 `h` (relu)``.
pub(crate) fn node_label(id: usize, name: Option<&str>, op: &str) -> String {
    match name {
        Some(name) => format!("node {id} `{name}` ({op})"),
        None => format!("node {id} ({op})"),
    }
}
