//! `format: byte`: bytes as base64 text.

use super::super::shape::{Expected, Text};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

/// Bytes whose text is base64 (RFC 4648, section 4, padded). `Debug` shows how many there are.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Base64(pub Bytes);

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }
}

impl From<Bytes> for Base64 {
    fn from(bytes: Bytes) -> Self {
        Self(bytes)
    }
}

impl AsRef<[u8]> for Base64 {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for Base64 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Base64({} bytes)", self.0.len())
    }
}

super::text! { Base64, Self::default(); }

impl Text for Base64 {
    fn read(&mut self, text: &str) -> Result<(), Expected> {
        self.0 = STANDARD
            .decode(text)
            .map_err(|_| Expected("base64"))?
            .into();
        Ok(())
    }
    fn write(&self, out: &mut String) {
        STANDARD.encode_string(&self.0, out);
    }
    fn sample(&self, seed: u64) -> String {
        let bytes: Vec<u8> = (0..seed % 20)
            .map(|at| super::mixed(seed.wrapping_add(at)).to_le_bytes()[0])
            .collect();
        STANDARD.encode(bytes)
    }
}
