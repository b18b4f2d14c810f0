//! Layers: what they compute, against ops and loops; that they are right for all inputs; and what their parameters are at first.

mod attention;
mod images;
mod init;
mod layers;
mod proofs;
mod recurrent;
