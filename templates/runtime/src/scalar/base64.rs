//! `format: byte` and `base64url`: bytes as base64 text.

use super::super::shape::{Expected, Text};
use base64::Engine;
use base64::alphabet;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use bytes::Bytes;

/// Reads what others write: with padding or without.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Bytes and, if it is not the one that they would be written as, the text that they were read from.
#[derive(Clone, Default)]
struct Encoded {
    bytes: Bytes,
    text: Option<Box<str>>,
}

impl Encoded {
    fn read(engine: &GeneralPurpose, text: &str) -> Option<Self> {
        if let Ok(bytes) = engine.decode(text) {
            return Some(Self {
                bytes: bytes.into(),
                text: None,
            });
        }
        // Lines, the other alphabet, the other padding: the bytes are the same.
        let plain: Vec<u8> = text
            .bytes()
            .filter(|byte| !byte.is_ascii_whitespace())
            .map(|byte| match byte {
                b'-' => b'+',
                b'_' => b'/',
                other => other,
            })
            .collect();
        let bytes = LENIENT.decode(plain).ok()?.into();
        Some(Self {
            bytes,
            text: Some(text.into()),
        })
    }

    fn write(&self, engine: &GeneralPurpose, out: &mut String) {
        match &self.text {
            Some(text) => out.push_str(text),
            None => engine.encode_string(&self.bytes, out),
        }
    }
}

macro_rules! encoded {
    ($(#[$docs:meta])* $name:ident, $engine:ident, $expected:literal) => {
        $(#[$docs])*
        #[derive(Clone, Default)]
        pub struct $name(Encoded);

        impl $name {
            /// The bytes.
            #[must_use]
            pub fn bytes(&self) -> &Bytes {
                &self.0.bytes
            }

            /// The bytes, without a copy.
            #[must_use]
            pub fn into_bytes(self) -> Bytes {
                self.0.bytes
            }
        }

        impl From<Bytes> for $name {
            fn from(bytes: Bytes) -> Self {
                Self(Encoded { bytes, text: None })
            }
        }

        impl From<Vec<u8>> for $name {
            fn from(bytes: Vec<u8>) -> Self {
                Bytes::from(bytes).into()
            }
        }

        impl From<$name> for Bytes {
            fn from(value: $name) -> Self {
                value.0.bytes
            }
        }

        impl AsRef<[u8]> for $name {
            fn as_ref(&self) -> &[u8] {
                &self.0.bytes
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.0.bytes == other.0.bytes
            }
        }

        impl Eq for $name {}

        impl std::hash::Hash for $name {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.0.bytes.hash(state);
            }
        }

        impl std::cmp::PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl std::cmp::Ord for $name {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.0.bytes.cmp(&other.0.bytes)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({} bytes)", stringify!($name), self.0.bytes.len())
            }
        }

        super::text! { $name, Self::default(); }

        impl Text for $name {
            fn read(&mut self, text: &str) -> Result<(), Expected> {
                self.0 = Encoded::read(&$engine, text).ok_or(Expected($expected))?;
                Ok(())
            }
            fn write(&self, out: &mut String) {
                self.0.write(&$engine, out);
            }
            fn is_encoded(&self) -> bool {
                true
            }
            fn sample(&self, seed: u64) -> String {
                let bytes: Vec<u8> = (0..seed % 20)
                    .map(|at| super::mixed(seed.wrapping_add(at)).to_le_bytes()[0])
                    .collect();
                $engine.encode(bytes)
            }
        }
    };
}

encoded! {
    /// Bytes whose text is base64 (RFC 4648, section 4, padded). Other spellings are read too, and written again as they
    /// were. `Debug` shows how many bytes there are.
    Base64, STANDARD, "base64"
}

encoded! {
    /// Bytes whose text is base64 for URLs (RFC 4648, section 5, not padded). Other spellings are read too, and written
    /// again as they were. `Debug` shows how many bytes there are.
    Base64Url, URL_SAFE_NO_PAD, "base64 for URLs"
}
