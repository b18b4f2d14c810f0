//! The registers of chains: what lives in between, block by block.

/// The registers of a chain, each by where it begins: those that are free, and where the next would begin.
pub(super) struct Registers {
    pub free: Vec<u32>,
    pub end: u32,
    /// How many elements one has.
    pub block: u32,
}

impl Registers {
    pub fn take(&mut self) -> u32 {
        self.free.pop().unwrap_or_else(|| self.fresh())
    }

    pub fn fresh(&mut self) -> u32 {
        self.end += self.block;
        self.end - self.block
    }
}
