//! The Rust type of a value in the place where it stands.

use super::context::{Context, DateTime};
use super::module::{Scope, ident};
use crate::ir::foreign::{By, Path};
use crate::ir::{Format, Ticks, Ty, TypeId, Value, Width};
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

/// How a place can be without a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    Required,
    Optional,
}

impl Presence {
    pub(super) fn of(required: bool) -> Self {
        if required {
            Self::Required
        } else {
            Self::Optional
        }
    }
}

/// How a place holds the type that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    Plain,
    /// In a box: it closes a cycle.
    Boxed,
    /// In a `Deep`: the chain of types would be too long.
    Apart,
}

impl From<bool> for Edge {
    fn from(boxed: bool) -> Self {
        if boxed { Self::Boxed } else { Self::Plain }
    }
}

impl Edge {
    /// How a type holds what a value of one of its places names.
    pub(super) fn of(context: &Context<'_>, from: TypeId, value: &Value, boxed: bool) -> Self {
        let mut at = value;
        while let Ty::List(inner) | Ty::Map(inner) = &at.ty {
            at = inner;
        }
        match at.ty {
            Ty::Named(to) if context.api.apart.contains(&(from, to)) => Self::Apart,
            _ => Self::from(boxed),
        }
    }
}

/// The type of a field: its value's, in a box where it closes a cycle, in `Option` or `Maybe` where it can be absent or null.
pub(super) fn field_type(
    context: &Context<'_>,
    scope: &mut Scope,
    value: &Value,
    presence: Presence,
    edge: impl Into<Edge>,
) -> TokenStream {
    let edge = edge.into();
    let mut ty = edge_type(context, scope, value, edge);
    if edge == Edge::Boxed {
        let wrapper = scope.prelude("Box");
        ty = quote!(#wrapper<#ty>);
    }
    match (presence, context.nullable(value)) {
        (Presence::Required, false) => ty,
        (Presence::Optional, true) => {
            let maybe = scope.runtime("Maybe");
            quote!(#maybe<#ty>)
        }
        _ => {
            let option = scope.prelude("Option");
            quote!(#option<#ty>)
        }
    }
}

/// The type of an item, of a map's value, or of a body.
pub(super) fn value_type(context: &Context<'_>, scope: &mut Scope, value: &Value) -> TokenStream {
    field_type(context, scope, value, Presence::Required, false)
}

/// The type without null among its values.
pub(super) fn bare_type(context: &Context<'_>, scope: &mut Scope, value: &Value) -> TokenStream {
    edge_type(context, scope, value, Edge::Plain)
}

/// The type of a union's variant: null is the union's own.
pub(super) fn variant_type(
    context: &Context<'_>,
    scope: &mut Scope,
    value: &Value,
    edge: Edge,
) -> TokenStream {
    let ty = edge_type(context, scope, value, edge);
    if edge != Edge::Boxed {
        return ty;
    }
    let wrapper = scope.prelude("Box");
    quote!(#wrapper<#ty>)
}

fn edge_type(context: &Context<'_>, scope: &mut Scope, value: &Value, edge: Edge) -> TokenStream {
    // A box is around a place as a whole, what is apart is so in its list.
    let inner_edge = if edge == Edge::Apart {
        edge
    } else {
        Edge::Plain
    };
    match &value.ty {
        Ty::Bool => quote!(bool),
        Ty::Integer(Width::Unix(ticks)) => scope.runtime(match ticks {
            Ticks::Seconds => "UnixSeconds",
            Ticks::Millis => "UnixMillis",
            Ticks::Micros => "UnixMicros",
            Ticks::Nanos => "UnixNanos",
        }),
        Ty::Integer(width) => {
            let name = integer(*width);
            let name = format_ident!("{name}");
            quote!(#name)
        }
        Ty::Number => quote!(f64),
        Ty::String => scope.prelude("String"),
        Ty::Text(format) => {
            let date_time = context.options.date_time;
            let text = text_type(date_time, scope, *format);
            let is_text = *format == Format::DateTime && date_time == DateTime::String;
            if context.api.keeps && format.has_spellings() && !is_text {
                let verbatim = scope.runtime("Verbatim");
                quote!(#verbatim<#text>)
            } else {
                text
            }
        }
        Ty::List(item) => {
            let item = field_type(context, scope, item, Presence::Required, inner_edge);
            let list = scope.prelude("Vec");
            quote!(#list<#item>)
        }
        Ty::Tuple(places) => {
            let items = places.items.iter().enumerate().map(|(position, item)| {
                // A named type may lead back here: in a tuple it would contain itself.
                let boxed = matches!(item.ty, Ty::Named(_));
                field_type(
                    context,
                    scope,
                    item,
                    Presence::of(position < places.least),
                    boxed,
                )
            });
            let items: Vec<TokenStream> = items.collect();
            let (tuple, least) = (
                scope.runtime("Tuple"),
                Literal::usize_unsuffixed(places.least),
            );
            quote!(#tuple<(#(#items,)*), #least>)
        }
        Ty::Map(value) => map_type(context, scope, value, inner_edge),
        Ty::Named(id) => {
            let ty = scope.own(&["types"], &context.names.ty(*id).name);
            if edge == Edge::Apart {
                let wrapper = scope.runtime("Deep");
                quote!(#wrapper<#ty>)
            } else {
                ty
            }
        }
        Ty::Foreign(id) => {
            let foreign = &context.api.foreign[id.0 as usize];
            let wrapper = scope.runtime(match foreign.by {
                By::Text => "Parsed",
                By::Serde => "Serde",
            });
            let path = path(&foreign.path);
            quote!(#wrapper<#path>)
        }
        Ty::Json => quote!(serde_json::Value),
        Ty::Body => scope.runtime("Body"),
        Ty::Part(part) => {
            let [body, headers] = &**part;
            let body = value_type(context, scope, body);
            let headers = value_type(context, scope, headers);
            let part = scope.runtime("Part");
            quote!(#part<#body, #headers>)
        }
        Ty::Stream(item) => {
            let item = value_type(context, scope, item);
            let stream = scope.runtime("Stream");
            quote!(#stream<#item>)
        }
    }
}

/// A path as the configuration writes it.
pub(super) fn path(path: &Path) -> TokenStream {
    let start = path.absolute.then(|| quote!(::));
    let segments = path.segments.iter().map(|segment| ident(segment));
    let mut arguments = path.arguments.iter().map(self::path).peekable();
    let arguments = arguments
        .peek()
        .is_some()
        .then(|| quote!(<#(#arguments),*>));
    quote!(#start #(#segments)::* #arguments)
}

/// A map from strings.
pub(super) fn map_type(
    context: &Context<'_>,
    scope: &mut Scope,
    value: &Value,
    edge: Edge,
) -> TokenStream {
    let value = field_type(context, scope, value, Presence::Required, edge);
    let (map, string) = (
        scope.foreign(&["std", "collections"], "BTreeMap"),
        scope.prelude("String"),
    );
    quote!(#map<#string, #value>)
}

fn integer(width: Width) -> &'static str {
    match width {
        Width::I8 => "i8",
        Width::I16 => "i16",
        Width::I32 => "i32",
        Width::I64 | Width::Unix(_) => "i64",
        Width::U8 => "u8",
        Width::U16 => "u16",
        Width::U32 => "u32",
        Width::U64 => "u64",
        Width::I128 => "i128",
    }
}

fn text_type(date_time: DateTime, scope: &mut Scope, format: Format) -> TokenStream {
    match (format, date_time) {
        (Format::DateTime | Format::Date, DateTime::String) => scope.prelude("String"),
        (Format::DateTime, DateTime::Chrono) => {
            let (date_time, zone) = (
                scope.foreign(&["chrono"], "DateTime"),
                scope.foreign(&["chrono"], "FixedOffset"),
            );
            quote!(#date_time<#zone>)
        }
        (Format::DateTime, DateTime::Jiff) => scope.foreign(&["jiff"], "Timestamp"),
        (Format::DateTime, DateTime::Time) => scope.foreign(&["time"], "OffsetDateTime"),
        (Format::Date, DateTime::Chrono) => scope.foreign(&["chrono"], "NaiveDate"),
        (Format::Date, DateTime::Jiff) => scope.foreign(&["jiff", "civil"], "Date"),
        (Format::Date, DateTime::Time) => scope.foreign(&["time"], "Date"),
        (Format::Uuid, _) => scope.foreign(&["uuid"], "Uuid"),
        (Format::Base64, _) => scope.runtime("Base64"),
        (Format::Base64Url, _) => scope.runtime("Base64Url"),
        (Format::Ipv4, _) => scope.foreign(&["std", "net"], "Ipv4Addr"),
        (Format::Ipv6, _) => scope.foreign(&["std", "net"], "Ipv6Addr"),
        (Format::Secret, _) => scope.runtime("Secret"),
    }
}
