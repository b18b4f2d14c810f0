//! Tables, right and wrong.

use crate::files::{Folder, error};
use cotangent::data::csv::{Csv, Table};
use cotangent::data::{Column, DataError, Dataset};
use cotangent::prelude::*;

const TITANIC: &str = "\
Survived,Pclass,Name,Sex,Age,Fare,Embarked
0,3,\"Braund, Mr. Owen\",male,22,7.25,S
1,1,\"Cumings, Mrs. \"\"Florence\"\"\",female,38,71.2833,C
1,3,\"Two
lines\",female,,7.925,S
0,3,Moran,male,NaN,8.4583,Q
";

fn titanic() -> Result<Table, DataError> {
    Csv::new().parse("titanic.csv", TITANIC)
}

#[test]
fn numbers_beside_classes() -> Result<(), Box<dyn std::error::Error>> {
    let table = Csv::new().missing(["NaN"]).parse("titanic.csv", TITANIC)?;
    assert_eq!((table.rows(), table.names().len()), (4, 7));
    assert_eq!(
        table.texts("Name")?,
        [
            "Braund, Mr. Owen",
            "Cumings, Mrs. \"Florence\"",
            "Two\nlines",
            "Moran"
        ]
    );
    assert_eq!(table.classes("Age")?, ["22", "38"]);
    let text = r#"titanic.csv, line 4, column "Age": the value is missing"#;
    assert_eq!(error(table.number::<f32>("Age")), text);

    let table = table.filled("Age", "30")?;
    let numbers = table.numbers(["Age", "Fare"])?;
    let class = table.labels("Pclass", ["1", "2", "3"])?;
    let sex = table.labels("Sex", ["female", "male"])?;
    let (port, ports) = table.found_labels::<_, N<3>>("Embarked")?;
    let survived = table.numbered_labels("Survived")?;
    type Passenger = environment![[2], [] < 3, [] < 2, [] < 3, [] < 2];
    let set: Dataset<f32, Passenger> = Dataset::new((numbers, class, sex, port, survived))?;
    assert_eq!(ports, ["C", "Q", "S"]);
    let tlist![numbers, class, sex, port, survived] = set.all::<N<4>>()?;
    assert_eq!(
        numbers,
        Tensor::from([[22.0, 7.25], [38.0, 71.2833], [30.0, 7.925], [30.0, 8.4583]])
    );
    assert_eq!(class, Labels::new([2, 0, 2, 2])?);
    assert_eq!(sex, Labels::new([1, 0, 0, 1])?);
    assert_eq!(port, Labels::new([2, 0, 2, 1])?);
    assert_eq!(survived, Labels::new([0, 1, 1, 0])?);
    Ok(())
}

#[test]
fn rows_without_a_value_are_left_out() -> Result<(), Box<dyn std::error::Error>> {
    let table = Csv::new().missing(["NaN"]).parse("titanic.csv", TITANIC)?;
    let table = table.without_missing(["Sex", "Age"])?;
    assert_eq!(table.texts(1)?, ["3", "1"]);
    // Lines are still those of the file.
    let rest = Csv::new()
        .parse("titanic.csv", TITANIC)?
        .without_missing(["Age"])?;
    let text = r#"titanic.csv, line 6, column "Age": expected a finite number, got "NaN""#;
    assert_eq!(error(rest.number::<f64>("Age")), text);
    let all = Csv::new()
        .missing(["0", "1"])
        .parse("titanic.csv", TITANIC)?;
    assert_eq!(
        error(all.without_missing(["Survived"])),
        "titanic.csv: expected at least one row, got none"
    );
    Ok(())
}

/// What fills a gap is a value: it is asked before.
#[test]
fn which_values_are_known() -> Result<(), Box<dyn std::error::Error>> {
    let table = Csv::new()
        .missing(["?"])
        .parse("x.csv", "a,b\n1,\n?,x\n0,?\n")?;
    let known = |table: &Table| -> Result<Tensor<f64, shape![3, 2]>, DataError> {
        let tlist![known] = Dataset::new(table.known(["b", "a"])?)?.all::<N<3>>()?;
        Ok(known)
    };
    assert_eq!(
        known(&table)?,
        Tensor::from([[0.0, 1.0], [1.0, 0.0], [0.0, 1.0]])
    );
    let filled = table.clone().filled("a", "5")?;
    assert_eq!(
        known(&filled)?,
        Tensor::from([[0.0, 1.0], [1.0, 1.0], [0.0, 1.0]])
    );
    let text = r#"x.csv, column "c": there is none of this name: there are "a", "b""#;
    assert_eq!(error(table.known::<f64, 1>(["c"])), text);
    Ok(())
}

#[test]
fn an_image_of_columns_without_names() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Folder::new();
    // A mark before the text, spaces, blank lines and line ends as some programs write them.
    let path = folder.file("digits.txt", "\u{feff}1; 2;3 ;4;1\r\n\r\n5;6;7;8;0\r\n");
    let table = Csv::new().without_header().delimiter(b';').read(&path)?;
    assert_eq!(table.names(), ["0", "1", "2", "3", "4"]);
    let pixels = table.numbers_as::<f64, shape![2, 2]>(0..4)?;
    let labels: Column<_, Labels<2, shape![]>> = table.numbered_labels(4)?;
    let tlist![pixels, labels] = Dataset::new((pixels, labels))?.all::<N<2>>()?;
    assert_eq!(
        pixels,
        Tensor::from([[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]])
    );
    assert_eq!(labels, Labels::new([1, 0])?);
    let text = "digits.txt: expected 4 columns for dims [2, 2], got 5";
    assert_eq!(
        folder.error(table.numbers_as::<f64, shape![2, 2]>(0..5)),
        text
    );
    let text =
        r#"digits.txt, column 5: there is none of this name: there are "0", "1", "2", "3", "4""#;
    assert_eq!(folder.error(table.number::<f64>(5)), text);
    assert_eq!(
        folder.error(table.number::<f64>("age")),
        text.replace("column 5", "column \"age\"")
    );
    // The line without anything counts.
    let text = r#"digits.txt, line 3, column 4: expected one of "1", got "0""#;
    assert_eq!(folder.error(table.labels::<f64, 1>(4, ["1"])), text);
    let text = r#"digits.txt, line 1, column 4: expected a label, no label, got "1""#;
    let none: Result<Column<f64, LabelsOf<N<0>, shape![]>>, _> = table.numbered_labels(4);
    assert_eq!(folder.error(none), text);
    Ok(())
}

#[test]
fn fields_that_are_wrong() -> Result<(), DataError> {
    let table = titanic()?;
    let text = r#"titanic.csv, column "Ag": there is none of this name: there are "Survived", "Pclass", "Name", "Sex", "Age", "Fare", "Embarked""#;
    assert_eq!(error(table.numbers::<f32, 2>(["Fare", "Ag"])), text);
    assert_eq!(error(table.texts("Ag")), text);
    assert_eq!(error(table.clone().filled("Ag", "1")), text);
    assert_eq!(error(table.clone().without_missing(["Ag"])), text);
    let text = r#"titanic.csv, line 2, column "Sex": expected one of "m", "f", got "male""#;
    assert_eq!(error(table.labels::<f32, 2>("Sex", ["m", "f"])), text);
    let text = r#"titanic.csv, column "Embarked": expected 2 classes, got 3: "C", "Q", "S""#;
    assert_eq!(error(table.found_labels::<f32, N<2>>("Embarked")), text);
    let text = r#"titanic.csv, line 2, column "Pclass": expected a label, 0 to 2, got "3""#;
    assert_eq!(error(table.numbered_labels::<f32, N<3>>("Pclass")), text);
    // By its number a column is called by its name.
    let text = r#"titanic.csv, line 2, column "Sex": expected a label, 0 to 2, got "male""#;
    assert_eq!(error(table.numbered_labels::<f32, N<3>>(3)), text);
    for got in ["1e999", "inf", "-inf", "NaN", "0x10", "1,5", "one", "1 2"] {
        let table = Csv::new().parse("x.csv", format!("a,b\n1,2\n3,\"{got}\"\n"))?;
        let text = format!(r#"x.csv, line 3, column "b": expected a finite number, got {got:?}"#);
        assert_eq!(error(table.numbers::<f64, 2>(["a", "b"])), text);
    }
    for got in ["-1", "1.0", "10", "99999999999999999999"] {
        let table = Csv::new().parse("x.csv", format!("a\n{got}\n"))?;
        let text = format!(r#"x.csv, line 2, column "a": expected a label, 0 to 9, got {got:?}"#);
        assert_eq!(error(table.numbered_labels::<f64, N<10>>("a")), text);
    }
    Ok(())
}

#[test]
fn tables_that_are_wrong() {
    let parsed = |text: &[u8]| error(Csv::new().parse("x.csv", text));
    for (text, expected) in [
        (&b""[..], "x.csv: expected at least one row, got none"),
        (b"\n\n", "x.csv: expected at least one row, got none"),
        (b"a,b\n", "x.csv: expected at least one row, got none"),
        (
            b"a,b\n1,2\n1,2,3\n",
            "x.csv, line 3: expected 2 fields, got 3",
        ),
        (
            b"a,b\n1,2\n\n1\n",
            "x.csv, line 4: expected 2 fields, got 1",
        ),
        (
            b"a,b,a\n1,2,3\n",
            "x.csv, column \"a\": two of them have this name",
        ),
        (
            b"a,b\n1,2\n\xff,3\n",
            "x.csv, line 3: expected UTF-8, got the byte 0xff",
        ),
        (
            b"\x1f\x8b",
            "x.csv, line 1: expected UTF-8, got the byte 0x8b",
        ),
        // A quote that is not closed is the rest of the file.
        (
            b"a,b\n1,2\n\"3,4\n5,6\n",
            "x.csv, line 3: expected 2 fields, got 1",
        ),
    ] {
        assert_eq!(parsed(text), expected);
    }
    let many: Vec<String> = (0..20).map(|i| format!("c{i}")).collect();
    let table = Csv::new().parse(
        "x.csv",
        format!("{}\n{}\n", many.join(","), ["1"; 20].join(",")),
    );
    let text = table.and_then(|table| table.number::<f32>("d"));
    assert!(error(text).ends_with(r#""c10", "c11" and 8 more"#));
    let folder = Folder::new();
    assert_eq!(
        folder.error(Table::read(folder.path().join("none.csv"))),
        "none.csv: No such file or directory (os error 2)"
    );
}

/// At every length a table is one with fewer rows, or the error says where it ends.
#[test]
fn a_table_that_ends_early() {
    let mut rows = Vec::new();
    for length in 0..TITANIC.len() {
        match Csv::new().parse("x.csv", &TITANIC[..length]) {
            Ok(table) => rows.push(table.rows()),
            Err(error) => {
                let text = error.to_string();
                let is_known =
                    text.contains("expected 7 fields, got") || text.contains("at least one row");
                assert!(is_known, "{text}");
            }
        }
    }
    rows.dedup();
    assert_eq!(rows, [1, 2, 3, 4]);
}

/// A file may have names and fields of any length, and an error says their beginnings.
#[test]
fn what_is_long_is_cut() -> Result<(), DataError> {
    let text = format!("{}\n{}\n", "k".repeat(1000), "x".repeat(1000));
    let table = Csv::new().parse("long.csv", text)?;
    let (name, field) = ("k".repeat(79), "x".repeat(80));
    let expected =
        format!("long.csv, line 2, column \"{name}…: expected a finite number, got \"{field}…\"");
    assert_eq!(error(table.number::<f32>(0)), expected);
    Ok(())
}
