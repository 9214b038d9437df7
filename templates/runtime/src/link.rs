//! Links: the request that follows an answer, filled in from what was sent and answered (OpenAPI 3.2, Link Object).

use super::json::{self, ReadOptions, Unknown, WriteOptions};
use super::operation::{Request, Response, StatusKey};
use super::pointer;
use super::shape::{Held, Slot, View};
use super::style;

/// What the document says about a link.
#[derive(Debug)]
pub struct LinkTable {
    /// The answer that it belongs to.
    pub status: StatusKey,
    /// The parts of the following request, by position in its table, and where their values come from.
    pub parts: &'static [(usize, Source)],
}

/// Where a value comes from (OpenAPI 3.2, section "Runtime Expressions").
#[derive(Clone, Copy, Debug)]
pub enum Source {
    /// A value of the document's own, as JSON text.
    Constant(&'static str),
    /// A parameter of the request, by its position, or its body after them; and a JSON pointer into it.
    Request(usize, &'static str),
    /// The answer's body, and a JSON pointer into it.
    Body(&'static str),
    /// A header field of the answer, by its position.
    Header(usize),
    /// The answer's status.
    Status,
    /// A text with values in it.
    Text(&'static [Source]),
    /// What stands between them.
    Plain(&'static str),
}

/// Fills the following request in; `false` where the answer is another one, or does not have what is needed.
#[doc(hidden)]
pub fn follow(
    link: &LinkTable,
    request: Option<&dyn Request>,
    response: &dyn Response,
    target: &mut dyn Request,
) -> bool {
    if response.views().key != link.status {
        return false;
    }
    link.parts.iter().all(|(part, source)| {
        let table = target.table();
        let required = match table.parameters.get(*part) {
            Some(parameter) => parameter.field.required,
            None => table.body.as_ref().is_some_and(|body| body.field.required),
        };
        let sent = Sent { request, response };
        match *source {
            Source::Constant(text) => {
                let slot = target.slot(*part);
                return json::read_into(text.as_bytes(), slot, &ReadOptions::default()).is_ok();
            }
            Source::Text(pieces) => {
                return match sent.text(pieces) {
                    Some(text) => passed(View::String(&text), target.slot(*part)),
                    None => !required,
                };
            }
            _ => {}
        }
        let view = sent.view(source);
        // An expression that leads nowhere passes no value on.
        match view {
            Some(view) => passed(view, target.slot(*part)),
            None => !required,
        }
    })
}

/// What went before: the request, where it is needed, and its answer.
struct Sent<'a> {
    request: Option<&'a dyn Request>,
    response: &'a dyn Response,
}

impl<'a> Sent<'a> {
    /// The value that an expression leads to.
    fn view(&self, source: &Source) -> Option<View<'a>> {
        let views = self.response.views();
        match *source {
            Source::Request(part, inside) => pointer::view(self.request?.view(part), inside),
            Source::Body(inside) => pointer::view(views.body?, inside),
            Source::Header(field) => pointer::view(views.headers?.view(field), ""),
            Source::Status => Some(View::I64(i64::from(self.response.status().as_u16()))),
            Source::Plain(text) => Some(View::String(text)),
            Source::Constant(_) | Source::Text(_) => None,
        }
    }

    /// A text with every expression in it replaced; `None` where one leads nowhere.
    fn text(&self, pieces: &[Source]) -> Option<String> {
        let mut text = String::new();
        for piece in pieces {
            text.push_str(&style::text(self.view(piece)?).ok()??);
        }
        Some(text)
    }
}

/// Passes a value on to a place that may be of another type: a text as it stands, anything else as JSON.
fn passed(view: View<'_>, slot: Slot<'_>) -> bool {
    let view = match view {
        View::Optional(optional) => match optional.held() {
            Held::Value(inner) => inner,
            Held::Nothing | Held::Null => return false,
        },
        view => view,
    };
    if let Ok(Some(text)) = style::text(view) {
        let slot = match slot {
            Slot::Optional(optional) => optional.fill(),
            slot => slot,
        };
        return style::scalar(slot, &text, Unknown::Keep).is_ok();
    }
    let mut text = String::new();
    json::write_view(view, &mut text, &WriteOptions::default()).is_ok()
        && json::read_into(text.as_bytes(), slot, &ReadOptions::default()).is_ok()
}
