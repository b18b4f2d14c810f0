//! Typed graphs: handles, groups, layers, functions, scans, plans, and what they look like.

#[path = "../common/interpreted.rs"]
mod interpreted;
#[path = "../common/panics.rs"]
mod panics;
#[path = "../common/random_graph.rs"]
mod random_graph;

mod any_shape;
mod batch_plan;
mod computed_labels;
mod doors;
mod explain;
mod functions;
mod groups;
mod keys;
mod layers;
mod numbers;
mod plan;
mod plan_profile;
mod plan_report;
mod scan;
mod typed;
mod typed_values;
mod vmap;
