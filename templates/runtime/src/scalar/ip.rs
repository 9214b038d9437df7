//! `format: ipv4` and `format: ipv6`.

use super::super::shape::{Expected, Text};
use std::net::{Ipv4Addr, Ipv6Addr};

super::text! {
    Ipv4Addr, Self::UNSPECIFIED;
    Ipv6Addr, Self::UNSPECIFIED;
}

impl Text for Ipv4Addr {
    fn read(&mut self, text: &str) -> Result<(), Expected> {
        *self = text.parse().map_err(|_| Expected("an IPv4 address"))?;
        Ok(())
    }
    fn write(&self, out: &mut String) {
        super::show(out, self);
    }
    fn sample(&self, seed: u64) -> String {
        let [.., a, b, c, d] = super::mixed(seed).to_be_bytes();
        Self::new(a, b, c, d).to_string()
    }
}

impl Text for Ipv6Addr {
    fn read(&mut self, text: &str) -> Result<(), Expected> {
        *self = text.parse().map_err(|_| Expected("an IPv6 address"))?;
        Ok(())
    }
    fn write(&self, out: &mut String) {
        super::show(out, self);
    }
    fn sample(&self, seed: u64) -> String {
        let bits = u128::from(super::mixed(seed)) << 64 | u128::from(super::mixed(!seed));
        Self::from_bits(bits).to_string()
    }
}
