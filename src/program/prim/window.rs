//! Windows over images: what convolutions and pools are made of.

use super::scalars::{scalar_value, scalars};
use super::single::{batched, pulled, single_scalars};
use crate::program::builder::Builder;
use crate::program::parameter::Parameter;
use crate::program::prim::linear::linear;
use crate::program::primitive::{
    AtZeros, Batched, Change, Degrees, Fault, Interpreter, Primitive, Pullback, Site,
};
use crate::program::primitives::{Fold, Unfold};
use crate::program::syntax::Prim;
use crate::program::{Degree, ProgramError, Window};
use crate::scalar::{Level, Semiring};
use crate::tensor::{Dims, Type, Value};

#[cfg(test)]
mod tests;

/// The dims before the last two, and the last two.
fn split_image(dims: &Dims) -> Option<(&[usize], [usize; 2])> {
    match &**dims {
        [batch @ .., rows, columns] => Some((batch, [*rows, *columns])),
        _ => None,
    }
}

/// The dims of the images in a value of images.
fn image(dims: &Dims) -> [usize; 2] {
    match split_image(dims) {
        Some((_, image)) => image,
        None => unreachable!("the types of arguments and results are checked"),
    }
}

fn with_last(batch: &[usize], last: [usize; 2]) -> Dims {
    batch.iter().copied().chain(last).collect()
}

/// The window with another padding, stride, dilation or kernel: a mistake.
fn mistaken(window: &Window) -> Vec<Window> {
    let flipped = |pair: [usize; 2]| [pair[1], pair[0]];
    let more = |pair: [usize; 2]| Some([pair[0].checked_add(1)?, pair[1]]);
    let window = *window;
    let all = [
        Some(Window {
            padding: flipped(window.padding),
            ..window
        }),
        Some(Window {
            stride: flipped(window.stride),
            ..window
        }),
        Some(Window {
            dilation: flipped(window.dilation),
            ..window
        }),
        Some(Window {
            kernel: flipped(window.kernel),
            ..window
        }),
        more(window.padding).map(|padding| Window { padding, ..window }),
        more(window.dilation).map(|dilation| Window { dilation, ..window }),
    ];
    all.into_iter()
        .flatten()
        .filter(|other| *other != window)
        .collect()
}

impl Primitive for Unfold {
    fn name(&self) -> String {
        "unfold".to_owned()
    }
    fn parameters(&self) -> Vec<Parameter> {
        Parameter::of_window(&self.0)
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        match (name, parameters) {
            ("unfold", [_, _, _, _]) => Parameter::window(parameters).map(Unfold),
            _ => None,
        }
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        let x = single_scalars(x).ok_or("one value of scalars")?;
        let (batch, image) = split_image(x.dims()).ok_or("an image: at least two axes")?;
        let unfolded = self
            .0
            .unfolded(image)
            .ok_or("an image that the window fits in")?;
        Ok(vec![x.with_dims(with_last(batch, unfolded))])
    }
    fn level(&self) -> Level {
        Level::Semiring
    }
    fn run<A: Semiring>(
        &self,
        x: &[&Value<A>],
        y: &[Type],
        _interpreter: &impl Interpreter<A>,
    ) -> Result<Vec<Value<A>>, Fault> {
        let x = scalars(x, 0);
        let mut out = vec![A::zero(); y[0].dims().count()];
        self.0.unfold(image(x.dims()), x.as_slice(), &mut out);
        Ok(scalar_value(y, out))
    }
    fn jvp(
        &self,
        b: &mut Builder,
        x: &[usize],
        dx: &[Change],
    ) -> Result<(Vec<usize>, Vec<Change>), ProgramError> {
        linear(b, self, x, dx)
    }
    fn vjp(
        &self,
        b: &mut Builder,
        at: &Pullback<'_>,
        dy: &[Change],
    ) -> Result<Vec<Change>, ProgramError> {
        let image = image(&b.dims(at.x[0])?);
        pulled(b, dy, Fold(self.0, image))
    }
    fn batch(
        &self,
        b: &mut Builder,
        x: &[Batched],
        _size: usize,
    ) -> Result<Vec<Batched>, ProgramError> {
        batched(b, x, self.clone())
    }
    fn degrees(&self, x: &[Degree], _site: &Site<'_>) -> Degrees {
        Degrees::one(x[0])
    }
    fn multiply_adds(&self, _site: &Site<'_>) -> u64 {
        0
    }
    fn is_drawn(&self) -> bool {
        false
    }

    fn at_zeros(&self, _zero: &[bool]) -> AtZeros {
        // Linear in the argument that is zero.
        AtZeros::Zero
    }

    fn mutants(&self, _site: &Site<'_>) -> Vec<(String, Prim)> {
        let others = mistaken(&self.0).into_iter();
        others
            .map(|window| ("index".to_owned(), Unfold(window).into()))
            .collect()
    }
}

impl Primitive for Fold {
    fn name(&self) -> String {
        "fold".to_owned()
    }
    fn parameters(&self) -> Vec<Parameter> {
        let mut all = Parameter::of_window(&self.0);
        all.push(self.1[..].into());
        all
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        match (name, parameters) {
            ("fold", [window @ .., image]) if window.len() == 4 => Some(Fold(
                Parameter::window(window)?,
                image.list()?.try_into().ok()?,
            )),
            _ => None,
        }
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        let Fold(window, image) = self;
        let fits = |&(_, unfolded): &(&[usize], _)| Some(unfolded) == window.unfolded(*image);
        let x = single_scalars(x).ok_or("one value of scalars")?;
        let (batch, _) = split_image(x.dims())
            .filter(fits)
            .ok_or("what the window makes of the image")?;
        Ok(vec![x.with_dims(with_last(batch, *image))])
    }
    fn level(&self) -> Level {
        Level::Semiring
    }
    fn run<A: Semiring>(
        &self,
        x: &[&Value<A>],
        y: &[Type],
        _interpreter: &impl Interpreter<A>,
    ) -> Result<Vec<Value<A>>, Fault> {
        let x = scalars(x, 0);
        let mut out = vec![A::zero(); y[0].dims().count()];
        self.0.fold(image(y[0].dims()), x.as_slice(), &mut out);
        Ok(scalar_value(y, out))
    }
    fn jvp(
        &self,
        b: &mut Builder,
        x: &[usize],
        dx: &[Change],
    ) -> Result<(Vec<usize>, Vec<Change>), ProgramError> {
        linear(b, self, x, dx)
    }
    fn vjp(
        &self,
        b: &mut Builder,
        _at: &Pullback<'_>,
        dy: &[Change],
    ) -> Result<Vec<Change>, ProgramError> {
        pulled(b, dy, Unfold(self.0))
    }
    fn batch(
        &self,
        b: &mut Builder,
        x: &[Batched],
        _size: usize,
    ) -> Result<Vec<Batched>, ProgramError> {
        batched(b, x, self.clone())
    }
    fn degrees(&self, x: &[Degree], _site: &Site<'_>) -> Degrees {
        Degrees::one(x[0].summed(self.0.size()))
    }
    fn multiply_adds(&self, _site: &Site<'_>) -> u64 {
        0
    }
    fn is_drawn(&self) -> bool {
        false
    }

    fn at_zeros(&self, _zero: &[bool]) -> AtZeros {
        // Linear in the argument that is zero.
        AtZeros::Zero
    }

    fn mutants(&self, _site: &Site<'_>) -> Vec<(String, Prim)> {
        let others = mistaken(&self.0).into_iter();
        others
            .map(|window| ("index".to_owned(), Fold(window, self.1).into()))
            .collect()
    }
}
