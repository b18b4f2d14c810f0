//! The examples of `examples/`: they compute and learn what they say.

mod certified_digits;
mod custom_kernel;
mod custom_op;
mod digits;
mod fashion;
mod forecast;
mod hessian;
mod pendulum;
mod shakespeare;
mod shortest_paths;
mod tabular;
mod transformer;
