//! Which bytes occur in a text: a rule that looks for signs that do not stand there is done at once.

/// The set of the bytes of a text.
pub struct Signs([bool; 256]);

impl Signs {
    /// Looks at every byte once.
    pub fn of(text: &str) -> Self {
        let mut seen = [false; 256];
        for &byte in text.as_bytes() {
            seen[byte as usize] = true;
        }
        Self(seen)
    }

    /// Whether the byte occurs.
    pub fn hold(&self, byte: u8) -> bool {
        self.0[byte as usize]
    }

    /// Whether all bytes of the character occur, in whatever order: without them the character does not.
    pub fn may_hold(&self, c: char) -> bool {
        c.encode_utf8(&mut [0; 4]).bytes().all(|byte| self.hold(byte))
    }

    /// Whether any byte for which `is` holds occurs.
    pub fn any(&self, is: impl Fn(u8) -> bool) -> bool {
        (0..=u8::MAX).any(|byte| self.hold(byte) && is(byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_cannot_stand_there() {
        let signs = Signs::of("nothing – but this");
        assert!(signs.may_hold('–') && signs.may_hold('b') && signs.any(|b| b > 0x7F));
        assert!(!signs.may_hold('©') && !signs.hold(b'!') && !signs.any(|b| b < 0x20));
    }
}
