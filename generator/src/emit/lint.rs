//! Lints of clippy that the document decides, not the code: how large an answer is, how much is required, what a member is
//! called. The manifest allows those that would speak up, and no others.

use crate::ir::{Api, Operation, Shape, Ty, Value, sizes_of_types};
use crate::name::Names;

/// Arguments of a function that `too_many_arguments` lets pass.
const ARGUMENTS: usize = 7;

/// Bytes that `large_enum_variant` lets a variant be larger than the next one (200), with what our sizes may be short of.
const LARGE: usize = 150;

/// The sum of the depths of a type's names, ten each, that `type_complexity` lets pass.
const COMPLEX: usize = 250;

/// Names that `disallowed_names` takes for placeholders.
const PLACEHOLDERS: &[&str] = &["foo", "baz", "quux"];

/// The lints to allow, in the order of the alphabet.
pub(crate) fn lints(api: &Api, names: &Names) -> Vec<&'static str> {
    let found = [
        ("disallowed_names", has_placeholder_names(names)),
        ("large_enum_variant", has_large_answers(api)),
        ("too_many_arguments", has_many_arguments(api)),
        ("type_complexity", has_complex_types(api)),
    ];
    let found = found.into_iter().filter(|(_, speaks_up)| *speaks_up);
    found.map(|(lint, _)| lint).collect()
}

fn has_placeholder_names(names: &Names) -> bool {
    let members = names.types.iter().flat_map(|ty| &ty.members);
    let of_operations = names.operations.iter().flat_map(|operation| {
        let headers = operation.headers.iter().flat_map(|headers| &headers.fields);
        operation.parameters.iter().chain(headers)
    });
    let mut all = members.chain(of_operations);
    all.any(|name| PLACEHOLDERS.contains(&name.as_str()))
}

fn has_large_answers(api: &Api) -> bool {
    let sizes = sizes_of_types(api);
    let is_large = |value: &Value| sizes.of(value) > LARGE;
    api.operations.iter().any(|operation| {
        let answers = &operation.responses;
        let bodies = answers.iter().filter_map(|answer| answer.media.as_ref());
        let choices = operation.body.iter().flat_map(|body| &body.media);
        let headers = answers.iter().flat_map(|answer| &answer.headers);
        let carries = |least: usize, count: usize, large: bool| count > least && large;
        carries(
            1,
            answers.len(),
            { bodies }.any(|media| is_large(&media.value)),
        ) || carries(1, answers.len(), headers.count() > LARGE / 24)
            || carries(
                1,
                choices.clone().count(),
                { choices }.any(|media| is_large(&media.value)),
            )
    })
}

/// Whether a type is written with that many types inside of one another: tuples of tuples.
fn has_complex_types(api: &Api) -> bool {
    let is_complex = |value: &Value| complexity(value, 2) > COMPLEX;
    let mut found = false;
    for ty in &api.types {
        ty.shape.each_value(&mut |value| found |= is_complex(value));
    }
    found
        || api
            .operations
            .iter()
            .flat_map(Operation::values)
            .any(is_complex)
}

/// How complex a type is, which stands so deep in another.
fn complexity(value: &Value, depth: usize) -> usize {
    let inside = |inner: &Value| complexity(inner, depth + 1);
    10 * depth
        + match &value.ty {
            Ty::List(inner) | Ty::Stream(inner) => inside(inner),
            Ty::Part(part) => 20 * (depth + 1) + part.iter().map(inside).sum::<usize>(),
            Ty::Map(inner) => 10 * (depth + 1) + inside(inner),
            Ty::Tuple(places) => {
                let items = places.items.iter();
                10 * (depth + 1)
                    + items
                        .map(|item| 20 * (depth + 2) + inside(item))
                        .sum::<usize>()
            }
            _ => 0,
        }
}

fn has_many_arguments(api: &Api) -> bool {
    let required = |operation: &Operation| {
        let parameters = operation.parameters.iter();
        let body = operation.body.as_ref().is_some_and(|body| body.required);
        parameters.filter(|parameter| parameter.required).count() + usize::from(body)
    };
    api.types.iter().any(|ty| match &ty.shape {
        Shape::Object(object) => {
            object.fields.iter().filter(|field| field.required).count() > ARGUMENTS
        }
        _ => false,
    }) || api
        .operations
        .iter()
        .map(required)
        .any(|count| count > ARGUMENTS)
}
