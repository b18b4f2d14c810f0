//! Going on with a text, letter by letter.

use super::model::{Model, Past, Place, next_letter};
use super::text::{letter, number};
use cotangent::prelude::*;

/// So many letters more after a beginning, each drawn by the scores that the model gives it; `show` gets them one by one. What the
/// model has read is in the cache, so that each letter is one step of one time.
///
/// # Errors
/// More letters than there are positions.
pub fn go_on(
    p: &Parameters<f32, Model>,
    beginning: &str,
    more: usize,
    key: Key,
    mut show: impl FnMut(char),
) -> Result<(), LabelsError> {
    let graph = next_letter::<f32>();
    let given: Vec<usize> = beginning.chars().map(number).collect();
    let (mut past, mut key) = (Past::init(Key::new(0)), key);
    let mut drawn = number('\n');
    for at in 0..given.len().max(1) - 1 + more {
        let now = given.get(at).copied().unwrap_or(drawn);
        let (next, after, next_key) =
            graph.value(p, (&past, &Labels::new([now])?, &Place::new([at])?, &key));
        (past, key) = (after, next_key);
        drawn = next.as_slice()[0];
        if at + 1 >= given.len() {
            show(letter(drawn));
        }
    }
    Ok(())
}
