//! Tokens of pairs of bytes that are often together.

use super::tokens::Tokens;
use crate::data::DataError;
use crate::data::file;
use crate::data::file_error::{Place, Wrong};
use crate::dim::Dim;
use core::fmt;
use core::marker::PhantomData;
use std::fs;
use std::panic::catch_unwind;
use std::path::Path;
use tokenizers::models::bpe::{BPE, BpeTrainer};
use tokenizers::pre_tokenizers::byte_level::ByteLevel;
use tokenizers::{NormalizerWrapper, Tokenizer, TokenizerBuilder};

/// A tokeniser by byte pair encoding, with a vocabulary of at most `C` tokens. It is learnt from a text, or read from a
/// `tokenizer.json`, as other libraries write it. With the feature `tokenizers`.
///
/// Source: Sennrich, Haddow and Birch, *Neural Machine Translation of Rare Words with Subword Units* (2016); over bytes, as
/// Radford et al., *Language Models are Unsupervised Multitask Learners* (2019), so that every text has tokens.
///
/// ```
/// use cotangent::data::text::Bpe;
/// use cotangent::prelude::*;
/// let bpe = Bpe::<N<260>>::learn("low low low lower lower newest newest")?;
/// let tokens = bpe.encode("low newest")?;
/// assert!(tokens.as_slice().len() < "low newest".len());
/// assert_eq!(bpe.decode(&tokens)?, "low newest");
/// # Ok::<(), cotangent::data::DataError>(())
/// ```
#[derive(Clone)]
pub struct Bpe<C> {
    name: String,
    tokenizer: Tokenizer,
    kind: PhantomData<fn() -> C>,
}

/// One for each byte.
const BYTES: usize = 256;

impl<C: Dim> Bpe<C> {
    /// The tokeniser with the bytes and the pairs that are most often together in this text, up to `C` tokens: fewer, where no
    /// pair is left that is there twice.
    ///
    /// # Errors
    /// If `C` is less than 256: there would be bytes without a token.
    pub fn learn(text: &str) -> Result<Self, DataError> {
        let name = "a text";
        if C::SIZE < BYTES {
            return Err(Wrong::Vocabulary {
                expected: C::SIZE,
                got: BYTES,
            }
            .of(name));
        }
        let mut trainer = BpeTrainer::builder()
            .vocab_size(C::SIZE)
            .min_frequency(2)
            .show_progress(false)
            .initial_alphabet(ByteLevel::alphabet().into_iter().collect())
            .build();
        // A space belongs to the word behind it, and none is put before the first.
        let level = ByteLevel::new(false, false, true);
        let tokenizer = TokenizerBuilder::new()
            .with_model(BPE::default())
            .with_normalizer(None::<NormalizerWrapper>)
            .with_pre_tokenizer(Some(level))
            .with_post_processor(Some(level))
            .with_decoder(Some(level))
            .build();
        let learnt = tokenizer.and_then(|mut tokenizer| {
            tokenizer.train(&mut trainer, text.lines())?;
            Ok(Tokenizer::from(tokenizer))
        });
        Self::checked(name, learnt)
    }

    /// The tokeniser of a file, a `tokenizer.json`.
    ///
    /// # Errors
    /// A file that cannot be read, that is no tokeniser, or that has more than `C` tokens.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, DataError> {
        let (name, bytes) = file::read(path.as_ref())?;
        Self::parse(&name, &bytes)
    }

    /// The tokeniser of these bytes, which messages call `name`.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self, DataError> {
        // The crate `tokenizers` panics where a file is no JSON, and at some values of one that is.
        let json: serde_json::Value = serde_json::from_slice(bytes).map_err(|error| {
            let place = Place::Line(error.line() as u64);
            unreadable(&error).at(name, place)
        })?;
        let read = catch_unwind(|| serde_json::from_value(json));
        let useless = || Err("it panics at a value".into());
        let tokenizer = read.map_or_else(|_| useless(), |read| read.map_err(Into::into));
        Self::checked(name, tokenizer)
    }

    fn checked(name: &str, tokenizer: tokenizers::Result<Tokenizer>) -> Result<Self, DataError> {
        let tokenizer = tokenizer.map_err(|error| unreadable(&error).of(name))?;
        // Ids may have gaps, and it is the largest that counts.
        let largest = tokenizer.get_vocab(true).into_values().max();
        let got = largest.map_or(0, |id| id as usize + 1);
        if got > C::SIZE {
            return Err(Wrong::Vocabulary {
                expected: C::SIZE,
                got,
            }
            .of(name));
        }
        Ok(Bpe {
            name: name.to_owned(),
            tokenizer,
            kind: PhantomData,
        })
    }

    /// Writes it as a `tokenizer.json`.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), DataError> {
        let path = path.as_ref();
        let name = path.display().to_string();
        let text = self.tokenizer.to_string(true);
        let text = text.map_err(|error| unreadable(&error).of(&self.name))?;
        fs::write(path, text).map_err(|error| Wrong::Io(error).of(&name))
    }

    /// The tokens of a text. None is added for its start or end.
    ///
    /// # Errors
    /// A text that the vocabulary of a file has no tokens for.
    pub fn encode(&self, text: &str) -> Result<Tokens<C>, DataError> {
        let encoding = self.tokenizer.encode_fast(text, false);
        let encoding = encoding.map_err(|error| unreadable(&error).of(&self.name))?;
        Tokens::new(encoding.get_ids().iter().copied())
    }

    /// The text of these tokens.
    ///
    /// # Errors
    /// Tokens that are no text.
    pub fn decode(&self, tokens: &Tokens<C>) -> Result<String, DataError> {
        let text = self.tokenizer.decode(tokens.as_slice(), false);
        text.map_err(|error| unreadable(&error).of(&self.name))
    }

    /// How many tokens it has: at most `C`.
    pub fn vocabulary(&self) -> usize {
        self.tokenizer.get_vocab_size(true)
    }
}

fn unreadable(error: &impl fmt::Display) -> Wrong {
    Wrong::Unreadable {
        format: "tokeniser",
        message: error.to_string(),
    }
}

impl<C> fmt::Debug for Bpe<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bpe")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
