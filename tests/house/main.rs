//! The house: the floors of `src/`, the examples in documents, the checks that each op has, and what the pages
//! for newcomers name.

mod coming_from;
mod coverage;
mod documents;
mod examples_in_docs;
mod floors;
mod packaging;
