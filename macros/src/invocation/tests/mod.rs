//! Expansions, compared as text.

mod bounds;
mod environments;
mod expansion;
mod groups;
mod refusal;
mod results;
mod scope;
mod shapes;
mod spans;

use proc_macro2::TokenStream;

use super::expand_graph;

/// The text of the expansion of a graph. Graphs are text too: rustfmt would rewrite the tokens of a `quote!`.
fn expand(graph: &str) -> String {
    expand_graph(graph.parse::<TokenStream>().unwrap()).to_string()
}

/// The statements of the expansion after the inputs are bound, with short paths; one for each node and check.
fn statements(graph: &str) -> Vec<String> {
    let text = short(&expand(graph));
    assert!(!text.contains("compile_error"), "{text}");
    let (_, body) = text.rsplit_once(":: inputs (& __g) ; ").unwrap();
    let body = body.trim_end_matches([' ', '}']);
    let mut statements: Vec<_> = body.split(" ; ").map(str::to_owned).collect();
    // Of `let t = …; let g = t.0;` the first says all.
    statements.retain(|statement| {
        !(statement.starts_with("let __g = __cotangent") && statement.ends_with(". 0"))
    });
    statements
}

/// The same text with short paths.
fn short(text: &str) -> String {
    text.replace(":: cotangent :: __private :: ", "")
        .replace(":: cotangent :: graph :: ", "")
        .replace(":: cotangent :: dim :: ", "")
        .replace(":: cotangent :: program :: ", "")
        .replace(":: cotangent :: context :: ", "")
        .replace(":: cotangent :: handle :: ", "")
        .replace(":: cotangent :: ", "")
        .replace("__cotangent", "__t")
        .replace("let __g = __t", "let __g = __cotangent")
}

/// All messages of an expansion, in order.
fn messages(graph: &str) -> Vec<String> {
    let text = expand(graph);
    let after = |part: &str| {
        part.split_once('"')
            .and_then(|(_, rest)| rest.split_once("\" }"))
            .map(|(message, _)| message.to_owned())
    };
    text.split(":: core :: compile_error ! {")
        .skip(1)
        .filter_map(after)
        .collect()
}
