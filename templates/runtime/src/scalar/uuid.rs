//! `format: uuid`.

use super::super::shape::{Expected, Text};
use uuid::Uuid;

super::text! { Uuid, Self::nil(); }

impl Text for Uuid {
    fn read(&mut self, text: &str) -> Result<(), Expected> {
        // The crate also accepts braces and URNs, which RFC 9562 does not.
        let uuid = Self::try_parse(text).ok().filter(|_| text.len() == 36);
        *self = uuid.ok_or(Expected("a UUID"))?;
        Ok(())
    }
    fn write(&self, out: &mut String) {
        out.push_str(self.hyphenated().encode_lower(&mut Self::encode_buffer()));
    }
    fn is_plain(&self) -> bool {
        true
    }
    fn sample(&self, seed: u64) -> String {
        Self::from_u64_pair(super::mixed(seed), super::mixed(!seed)).to_string()
    }
}
