//! Images: of another program, and wrong.

use crate::files::{Folder, bytes_of, error, made};
use cotangent::data::image::{self, Folders};
use cotangent::data::{Column, DataError, Dataset};
use cotangent::prelude::*;

#[test]
fn pixels_lie_channel_by_channel() -> Result<(), DataError> {
    let rgb = image::read(made("rgb.png"))?;
    assert_eq!(rgb.dims().to_string(), "[3, 2, 3]");
    let (red, green, blue) = (
        [255, 0, 0, 1, 4, 7],
        [0, 255, 0, 2, 5, 8],
        [0, 0, 255, 3, 6, 9],
    );
    assert_eq!(rgb.as_slice(), [red, green, blue].concat());
    let grey = image::read(made("grey.png"))?;
    assert_eq!(
        (grey.dims().to_string(), grey.as_slice()),
        ("[1, 2, 3]".to_owned(), &red[..])
    );
    let rgba = image::read(made("rgba.png"))?;
    assert_eq!(rgba.as_slice(), [red, green, blue, [128; 6]].concat());
    // JPEG is lossy, and another decoder may round otherwise: of one colour it is near that colour.
    let flat = image::read(made("flat.jpg"))?;
    assert_eq!(flat.dims().to_string(), "[3, 8, 8]");
    for (channel, colour) in flat.as_slice().chunks(64).zip([200, 100, 50]) {
        assert!(
            channel.iter().all(|pixel| pixel.abs_diff(colour) <= 3),
            "{channel:?}"
        );
    }
    Ok(())
}

#[test]
fn a_folder_of_folders() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Folder::new();
    for name in [
        "set/dog/b.png",
        "set/cat/a.png",
        "set/dog/a.png",
        "set/dog/.hidden",
    ] {
        folder.file(name, bytes_of("grey.png"));
    }
    folder.file("set/README.md", "about");
    let set = Folders::read(folder.path().join("set"))?;
    assert_eq!(
        (set.classes.as_slice(), set.numbers.as_slice()),
        (&["cat".to_owned(), "dog".to_owned()][..], &[0, 1, 1][..])
    );
    assert!(set.files[1].ends_with("dog/a.png"));
    let images = image::column::<f32, shape![2, 3]>(&set.files, |byte| f32::from(byte) / 255.0)?;
    let pets: Dataset<f32, environment![[2, 3], [] < 2]> = Dataset::new((images, set.labels()?))?;
    let tlist![image, label] = pets.example(2).expect("the third");
    let expected = [[255.0, 0.0, 0.0], [1.0, 4.0, 7.0]].map(|row| row.map(|x: f32| x / 255.0));
    assert_eq!((image, label), (Tensor::from(expected), Labels::new([1])?));

    let three: Result<Column<f32, Labels<3, shape![]>>, _> = set.labels();
    assert_eq!(
        folder.error(three),
        r#"set: expected 3 classes, got 2: "cat", "dog""#
    );
    let none = "none: No such file or directory (os error 2)";
    assert_eq!(
        folder.error(Folders::read(folder.path().join("none"))),
        none
    );
    std::fs::create_dir_all(folder.path().join("empty/cat"))?;
    assert_eq!(
        folder.error(Folders::read(folder.path().join("empty/cat"))),
        "empty/cat: expected at least one row, got none"
    );
    assert_eq!(
        folder.error(Folders::read(folder.path().join("empty"))),
        "empty/cat: expected at least one row, got none"
    );
    Ok(())
}

#[test]
fn images_that_are_wrong() {
    let folder = Folder::new();
    let rgb = folder.file("rgb.png", bytes_of("rgb.png"));
    let column = |path: &std::path::Path| {
        folder.error(image::column::<f32, shape![3, 2, 2]>([path], f32::from))
    };
    assert_eq!(
        column(&rgb),
        "rgb.png: expected dims [3, 2, 2], got [3, 2, 3]"
    );
    let grey = folder.file("grey.png", bytes_of("grey.png"));
    assert_eq!(
        column(&grey),
        "grey.png: expected dims [3, 2, 2], got [1, 2, 3]"
    );
    let coloured = folder.error(image::column::<f32, shape![2, 3]>([&rgb], f32::from));
    assert_eq!(coloured, "rgb.png: expected dims [2, 3], got [3, 2, 3]");
    let deep = error(image::parse("deep.png", &bytes_of("deep.png")));
    assert_eq!(deep, "deep.png: expected 8 bits for a channel, got L16");
    let text = folder.file("text.png", "a text");
    assert!(
        folder
            .error(image::read(text))
            .starts_with("text.png: it is no image: ")
    );
    assert!(
        folder
            .error(image::read(folder.file("none.png", "")))
            .starts_with("none.png: it is no image: ")
    );
    let whole = bytes_of("rgb.png");
    // Without the last 12 bytes, which say that it is over, all pixels are there.
    for length in 0..whole.len() - 16 {
        let text = error(image::parse("x.png", &whole[..length]));
        assert!(text.starts_with("x.png: it is no image: "), "{text}");
    }
    let none = folder.error(Dataset::new(
        image::column::<f32, shape![2, 3]>([""; 0], f32::from).expect("a column"),
    ));
    assert_eq!(none, "a set has at least one example, got none");
}
