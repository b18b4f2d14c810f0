//! No code: the programs are in the folders beside `src`, one folder for each subject, and `tests/` compiles them.
