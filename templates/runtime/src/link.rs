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
}

/// Fills the following request in; `false` where the answer is another one, or does not have what is needed.
#[doc(hidden)]
pub fn follow(
    link: &LinkTable,
    request: Option<&dyn Request>,
    response: &dyn Response,
    target: &mut dyn Request,
) -> bool {
    let views = response.views();
    if views.key != link.status {
        return false;
    }
    link.parts.iter().all(|(part, source)| {
        let table = target.table();
        let required = match table.parameters.get(*part) {
            Some(parameter) => parameter.field.required,
            None => table.body.as_ref().is_some_and(|body| body.field.required),
        };
        let status;
        let view = match *source {
            Source::Constant(text) => {
                return json::read_into(
                    text.as_bytes(),
                    target.slot(*part),
                    &ReadOptions::default(),
                )
                .is_ok();
            }
            Source::Request(part, inside) => {
                request.and_then(|request| pointer::view(request.view(part), inside))
            }
            Source::Body(inside) => views.body.and_then(|body| pointer::view(body, inside)),
            Source::Header(field) => {
                let field = views.headers.map(|headers| headers.view(field));
                field.and_then(|view| pointer::view(view, ""))
            }
            Source::Status => {
                status = i64::from(response.status().as_u16());
                Some(View::I64(status))
            }
        };
        // An expression that leads nowhere passes no value on.
        match view {
            Some(view) => passed(view, target.slot(*part)),
            None => !required,
        }
    })
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
