//! What the document says about a type or an operation, as constant tables that the macros fill.

/// What the document says about an object.
#[derive(Debug)]
pub struct ObjectTable {
    /// The Rust name, for messages.
    pub name: &'static str,
    /// The fields, in the document's order.
    pub fields: &'static [Field],
    /// Members that no field names are refused by a server (`additionalProperties: false`).
    pub closed: bool,
}

/// What the document says about one member of an object, or about one parameter.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The name on the wire.
    pub name: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// Whether null is among its values.
    pub nullable: bool,
    /// Sent by servers only.
    pub read_only: bool,
    /// Sent by clients only.
    pub write_only: bool,
    /// What the receiver fills in where it is absent, as JSON text.
    pub default: Option<&'static str>,
    /// Constraints on the value.
    pub rules: Option<&'static Rules>,
}

/// Constraints on a value, checked by `validate()` and by a server before the handler runs.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// Least value.
    pub minimum: Option<f64>,
    /// Greatest value.
    pub maximum: Option<f64>,
    /// Least number of characters.
    pub min_length: Option<u32>,
    /// Greatest number of characters.
    pub max_length: Option<u32>,
    /// Least number of items.
    pub min_items: Option<u32>,
    /// Greatest number of items.
    pub max_items: Option<u32>,
}
