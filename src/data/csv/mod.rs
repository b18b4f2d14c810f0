//! CSV: tables of numbers and classes. With the feature `csv`.
//!
//! ```
//! use cotangent::data::csv::Csv;
//! use cotangent::data::Dataset;
//! use cotangent::prelude::*;
//! let text = "\
//! species,island,bill_length,bill_depth,sex
//! Adelie,Torgersen,39.1,18.7,male
//! Adelie,Biscoe,NA,17.4,female
//! Gentoo,Biscoe,46.1,13.2,female
//! Chinstrap,Dream,46.5,17.9,NA
//! ";
//! let table = Csv::new().missing(["NA"]).parse("penguins.csv", text)?;
//! let error = table.number::<f32>("bill_length").unwrap_err();
//! assert_eq!(error.to_string(), r#"penguins.csv, line 3, column "bill_length": the value is missing"#);
//!
//! let table = table.filled("bill_length", "43.9")?.without_missing(["sex"])?;
//! let bill = table.numbers(["bill_length", "bill_depth"])?;
//! let sex = table.labels("sex", ["female", "male"])?;
//! let (island, islands) = table.found_labels::<_, N<2>>("island")?;
//! let species = table.labels("species", ["Adelie", "Chinstrap", "Gentoo"])?;
//! let set: Dataset<f32, environment![[2], [] < 2, [] < 2, [] < 3]> =
//!     Dataset::new((bill, sex, island, species))?;
//!
//! assert_eq!(islands, ["Biscoe", "Torgersen"]);
//! let tlist![bill, sex, island, species] = set.example(2).unwrap();
//! assert_eq!(bill, Tensor::from([46.1, 13.2]));
//! assert_eq!((sex.as_slice(), island.as_slice(), species.as_slice()), (&[0][..], &[0][..], &[2][..]));
//! # Ok::<(), cotangent::data::DataError>(())
//! ```

mod by;
mod columns;
mod settings;
mod table;

pub use by::By;
pub use settings::Csv;
pub use table::Table;
