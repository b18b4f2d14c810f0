//! What is carried from step to step.

/// What is carried from step to step, each by its name and its dims. As ids of a program they are those of inputs, and then of
/// results.
#[derive(Clone, Debug, Default)]
pub(super) struct Carried<T> {
    pub parameters: Vec<T>,
    /// Of each parameter.
    pub kept: Vec<Vec<T>>,
    /// The sums of the gradients since the last update, if an update takes several.
    pub gathered: Vec<T>,
    /// The moving averages, if they are kept.
    pub averages: Vec<T>,
}

impl<T: Clone> Carried<T> {
    /// All, in their order: what is kept of the first parameter comes before what is kept of the second.
    pub fn all(&self) -> Vec<T> {
        let kept = self.kept.concat();
        [&self.parameters, &kept, &self.gathered, &self.averages]
            .into_iter()
            .flatten()
            .cloned()
            .collect()
    }

    /// The same of other things, made one after the other.
    pub fn map<U>(&self, mut f: impl FnMut(&T) -> U) -> Carried<U> {
        Carried {
            parameters: self.parameters.iter().map(&mut f).collect(),
            kept: self
                .kept
                .iter()
                .map(|kept| kept.iter().map(&mut f).collect())
                .collect(),
            gathered: self.gathered.iter().map(&mut f).collect(),
            averages: self.averages.iter().map(&mut f).collect(),
        }
    }
}
