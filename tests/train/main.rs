//! Whole trainings.
#![cfg(feature = "train")]

mod ends;
mod files;
mod folder;
mod interrupted;
mod resumed;
mod task;
