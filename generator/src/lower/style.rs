//! Parameters whose style has no text for some of their values: said where the parameter is described, not only when one is sent.

use super::Lowering;
use crate::diagnostic::{Diagnostic, Place, code};
use crate::document::{Location, Style};
use crate::ir::{Api, Extra, Parameter, Shape, Ty, Value};
use std::collections::BTreeSet;

/// What is said of a parameter: the message, its label, and the remedy.
type Said = (String, &'static str, &'static str);

const AS_FORM: &str = "written as the style `form` does";

/// What a value is to a style.
enum Kind<'a> {
    One,
    /// The values of its items.
    List(&'a [Value]),
    /// Its members; those without a name have any other.
    Pairs(Vec<(Option<&'a str>, &'a Value)>),
}

impl Kind<'_> {
    fn is_several(&self) -> bool {
        !matches!(self, Self::One)
    }

    fn word(&self) -> &'static str {
        match self {
            Self::One => "a single value",
            Self::List(_) => "a list",
            Self::Pairs(_) => "an object",
        }
    }
}

/// What a value may be: through aliases, each alternative of a union.
fn kinds<'a>(api: &'a Api, value: &'a Value) -> Vec<Kind<'a>> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let mut work = vec![value];
    while let Some(value) = work.pop() {
        found.push(match &value.ty {
            Ty::List(_) | Ty::Tuple(_) => Kind::List(value.ty.inner()),
            Ty::Map(inner) => Kind::Pairs(vec![(None, &**inner)]),
            Ty::Named(id) => match &api.ty(*id).shape {
                _ if !seen.insert(*id) => continue,
                Shape::Enum(_) => Kind::One,
                Shape::Object(object) => {
                    let named = object.fields.iter();
                    let mut members: Vec<_> = named
                        .map(|field| (Some(field.wire.as_str()), &field.value))
                        .collect();
                    if let Extra::Kept(value) = &object.extra {
                        members.push((None, value));
                    }
                    Kind::Pairs(members)
                }
                shape => {
                    shape.each_value(&mut |value| work.push(value));
                    continue;
                }
            },
            _ => Kind::One,
        });
    }
    found
}

/// What a value may be that is more than one.
fn several<'a>(api: &'a Api, value: &'a Value) -> Option<Kind<'a>> {
    kinds(api, value).into_iter().find(Kind::is_several)
}

/// What of a value its style cannot carry, in words; nothing where it carries all of it.
fn refused(api: &Api, parameter: &Parameter) -> Option<String> {
    if parameter.style == Style::DeepObject {
        return None;
    }
    // Members stand apart, each under its own name: one that is a list has its name several times.
    let apart = parameter.explode && !matches!(parameter.style, Style::Simple | Style::Label);
    kinds(api, &parameter.value)
        .iter()
        .find_map(|kind| match kind {
            Kind::One => None,
            Kind::List(items) => {
                let inner = items.iter().find_map(|item| several(api, item))?;
                Some(format!("{} inside of a list", inner.word()))
            }
            Kind::Pairs(members) => members.iter().find_map(|(name, value)| {
                let refused = |kind: &Kind<'_>| match kind {
                    Kind::List(items) if apart => {
                        items.iter().any(|item| several(api, item).is_some())
                    }
                    kind => kind.is_several(),
                };
                let inner = kinds(api, value).into_iter().find(refused)?;
                let place = name.map_or_else(|| "a member".to_owned(), |name| format!("`{name}`"));
                Some(format!("{} in {place}", inner.word()))
            }),
        })
}

/// What the specification gives no text to (section "Style Examples"), though all understand it in one way: the words for
/// both.
fn undefined(api: &Api, parameter: &Parameter) -> Option<Said> {
    let name = match parameter.style {
        Style::SpaceDelimited => "spaceDelimited",
        Style::PipeDelimited => "pipeDelimited",
        Style::DeepObject => "deepObject",
        _ => return None,
    };
    let kinds = kinds(api, &parameter.value);
    let all = |is: fn(&Kind<'_>) -> bool| kinds.iter().all(is);
    if all(|kind| matches!(kind, Kind::One)) {
        let text = format!("`{name}` says nothing of a single value");
        return Some((text, AS_FORM, "write `style: form`"));
    }
    if parameter.style != Style::DeepObject {
        let text = format!("`{name}` has nothing to delimit where `explode` is true");
        return parameter.explode.then_some((
            text,
            AS_FORM,
            "write `style: form`, or `explode: false`",
        ));
    }
    all(|kind| matches!(kind, Kind::List(_))).then(|| {
        let text = "`deepObject` says nothing of a list".to_owned();
        let help = "write `style: form`, if the server is not one that wants numbers";
        (text, "the number of an item stands for its name", help)
    })
}

impl Lowering<'_> {
    /// Looks at every parameter and every header field of an answer, once all types are known.
    pub(super) fn styles(&mut self) {
        let mut found = Vec::new();
        for operation in &self.api.operations {
            let answers = operation.responses.iter();
            let headers = answers.flat_map(|answer| &answer.headers);
            for parameter in operation.parameters.iter().chain(headers) {
                let whole = parameter.location == Location::QueryString;
                if parameter.content.is_some() || whole {
                    continue;
                }
                let undefined = undefined(&self.api, parameter);
                let refused = refused(&self.api, parameter).map(|what| {
                    let message = format!("its style has no text for {what}");
                    let label = "such a value is refused before it is sent";
                    (message, label, "describe it by `content` with a media type instead of a style: `application/json`")
                });
                found.extend(refused.or(undefined).map(|said| (parameter.at, said)));
            }
        }
        for (at, (message, label, help)) in found {
            if self.reported.insert((at, code::UNDEFINED_STYLE.id)) {
                self.diagnostics.report(
                    Diagnostic::new(code::UNDEFINED_STYLE, Place::Node(at), message)
                        .label(label)
                        .help(help),
                );
            }
        }
    }
}
