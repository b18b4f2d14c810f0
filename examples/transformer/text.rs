//! The text to learn, as numbers of letters.

use std::collections::BTreeSet;

/// A text whose letters have numbers.
pub struct Text {
    letters: Vec<char>,
    numbers: Vec<usize>,
    time: usize,
}

impl Text {
    /// Two sentences with all letters, to be read in pieces of `time` letters.
    pub fn of_pangrams(time: usize) -> Self {
        const PANGRAMS: &str = "the quick brown fox jumps over the lazy dog. \
                                pack my box with five dozen liquor jugs. ";
        Self::new(PANGRAMS, time)
    }

    fn new(text: &str, time: usize) -> Self {
        let letters: BTreeSet<char> = text.chars().collect();
        let letters: Vec<char> = letters.into_iter().collect();
        let number = |letter| letters.iter().position(|other| *other == letter);
        Self {
            numbers: text.chars().filter_map(number).collect(),
            letters,
            time,
        }
    }

    /// How many pieces of it can be read, with a letter after each.
    pub fn starts(&self) -> usize {
        self.numbers.len() - self.time
    }

    /// The numbers of some letters.
    pub fn piece(&self, start: usize, length: usize) -> impl Iterator<Item = usize> {
        self.numbers[start..start + length].iter().copied()
    }

    /// The letters of some numbers; one that has none is a question mark.
    pub fn read(&self, numbers: &[usize]) -> String {
        let letter = |&number: &usize| self.letters.get(number).copied().unwrap_or('?');
        numbers.iter().map(letter).collect()
    }

    /// The whole text.
    pub fn all(&self) -> &[usize] {
        &self.numbers
    }
}
