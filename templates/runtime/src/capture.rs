//! Any value of a self-describing format as JSON text: a union has to look at a value before it reads it.

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::fmt::{self, Write};

/// The next value as JSON text, members in their order and duplicates included.
pub(crate) fn captured<'de, D: Deserializer<'de>>(depth: u16, from: D) -> Result<String, D::Error> {
    let mut out = String::new();
    Capture {
        out: &mut out,
        depth,
    }
    .deserialize(from)?;
    Ok(out)
}

struct Capture<'a> {
    out: &'a mut String,
    /// How many more objects and lists may be opened.
    depth: u16,
}

impl Capture<'_> {
    fn display<E: Error>(self, text: impl fmt::Display) -> Result<(), E> {
        write!(self.out, "{text}").map_err(E::custom)
    }

    fn json<E: Error>(self, value: impl serde::Serialize) -> Result<(), E> {
        self.out
            .push_str(&serde_json::to_string(&value).map_err(E::custom)?);
        Ok(())
    }

    fn deeper<E: Error>(&self) -> Result<u16, E> {
        self.depth
            .checked_sub(1)
            .ok_or_else(|| E::custom("too many levels"))
    }
}

impl<'de> DeserializeSeed<'de> for Capture<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Capture<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.display(value)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.display(number)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.display(number)
    }

    fn visit_i128<E: Error>(self, number: i128) -> Result<(), E> {
        self.display(number)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        if number.is_finite() {
            self.json(number)
        } else {
            Err(E::custom("a number that is not finite"))
        }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.json(text)
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.display("null")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.display("null")
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        self.deserialize(from)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        self.deserialize(from)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let depth = self.deeper()?;
        self.out.push('[');
        while items
            .next_element_seed(Capture {
                out: &mut *self.out,
                depth,
            })?
            .is_some()
        {
            self.out.push(',');
        }
        close(self.out, ']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let depth = self.deeper()?;
        self.out.push('{');
        while let Some(key) = members.next_key::<String>()? {
            Capture {
                out: &mut *self.out,
                depth,
            }
            .json::<A::Error>(key)?;
            self.out.push(':');
            members.next_value_seed(Capture {
                out: &mut *self.out,
                depth,
            })?;
            self.out.push(',');
        }
        close(self.out, '}');
        Ok(())
    }
}

/// Puts the closing bracket in the place of the last comma.
fn close(out: &mut String, bracket: char) {
    if out.ends_with(',') {
        out.pop();
    }
    out.push(bracket);
}
