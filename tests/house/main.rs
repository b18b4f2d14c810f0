//! The house: the floors of `src/`, the examples in documents, and the checks that each op has, and what the pages
//! for newcomers name.

mod axes;
mod book;
mod coverage;
mod documents;
mod examples_in_docs;
mod floors;
mod packaging;
