//! The house: the floors of `src/`, the examples in documents, and the checks that each op has.

mod coverage;
mod examples_in_docs;
mod floors;
mod packaging;
