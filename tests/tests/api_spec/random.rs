//! A small generator of random numbers, so that every run makes the same documents everywhere.

/// Numbers from a seed (splitmix).
pub struct Random(u64);

impl Random {
    /// Starts from a text: each schema has a row of its own, which others do not move.
    pub fn new(seed: &str) -> Self {
        Self(
            seed.bytes()
                .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)),
        )
    }

    /// A number below another.
    pub fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let high = u32::try_from((z ^ (z >> 31)) >> 32).expect("32 bits");
        high % bound.max(1)
    }

    /// Yes or no.
    pub fn chance(&mut self) -> bool {
        self.below(2) == 0
    }

    /// One of a list that is not empty.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let at = self.below(u32::try_from(list.len()).expect("short lists"));
        &list[at as usize]
    }
}
