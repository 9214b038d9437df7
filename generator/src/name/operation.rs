//! Names of operations and of what belongs to one: its request and answers, their fields, variants and links.

use super::assign::{group_words, report, with};
use super::keyword;
use super::lock::Lock;
use super::scope::{Candidate, Scope};
use super::status::status_name;
use super::word::{Case, Word, words};
use super::{HeaderNames, OperationNames};
use crate::diagnostic::Diagnostics;
use crate::ir::{Api, Operation};

/// What follows the name of a request in those of its response and its success.
pub(super) const SUFFIXES: &[&str] = &["Response", "Success"];

/// The operation's id, else its method and the words of its route.
pub(super) fn operation_words(operation: &Operation) -> Vec<Word> {
    if let Some(pinned) = &operation.pinned {
        return words(pinned);
    }
    if let Some(id) = &operation.id {
        return words(id);
    }
    let route = operation.route.text.replace(['{', '}'], " ");
    let method = operation.method.to_lowercase();
    words(&method).into_iter().chain(words(&route)).collect()
}

pub(super) fn operations(
    api: &Api,
    types: &[String],
    lock: &mut Lock<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<OperationNames> {
    let candidates: Vec<Candidate> = api
        .operations
        .iter()
        .map(|operation| {
            let plain = operation_words(operation);
            let group = group_words(api.group(operation.group));
            let method = [
                words(&operation.method.to_lowercase()),
                words(&operation.route.text.replace(['{', '}'], " ")),
            ];
            Candidate {
                at: operation.at,
                pinned: operation.pinned.clone(),
                rank: if operation.id.is_some() { 1 } else { 2 },
                meanings: vec![
                    plain.clone(),
                    [plain.clone(), group].concat(),
                    method.concat(),
                    with(&plain, "operation"),
                ],
            }
        })
        .collect();
    // One name in three dresses: the request, the response and the success all have to be free.
    let places = lock.operations(api);
    let assigned = Scope::new(Case::Pascal, keyword::REQUESTS)
        .beside(types)
        .with_suffixes(SUFFIXES)
        .locked(lock.names(&places))
        .assign_all(candidates);
    let requests = assigned.names;
    lock.keep(places, &requests, |_| true);
    report(assigned.numbered, diagnostics);
    let methods = requests.iter().map(|name| Candidate {
        at: crate::source::NodeId(0),
        pinned: None,
        rank: 1,
        meanings: vec![words(name), with(&words(name), "operation")],
    });
    let (methods, _) = Scope::new(Case::Snake, keyword::METHODS).assign(methods.collect());
    let mut beside = beside(api, types, &requests, diagnostics).into_iter();
    api.operations
        .iter()
        .zip(requests)
        .zip(methods)
        .map(|((operation, request), method)| {
            let mut parameters = request_fields(operation, lock, diagnostics);
            let body = parameters.pop().unwrap_or_else(|| "body".to_owned());
            let content = match choices(operation) {
                0 => String::new(),
                _ => beside.next().unwrap_or_default(),
            };
            let headers = operation
                .responses
                .iter()
                .enumerate()
                .map(|(position, row)| {
                    if heads(operation, position) {
                        let (fields, clashes) = header_fields(row);
                        report(clashes, diagnostics);
                        HeaderNames {
                            name: beside.next().unwrap_or_default(),
                            fields,
                        }
                    } else {
                        HeaderNames::default()
                    }
                });
            let headers = headers.collect();
            OperationNames {
                method,
                response: format!("{request}Response"),
                success: format!("{request}Success"),
                request,
                derives: Vec::new(),
                parameters,
                body,
                content,
                choices: choice_names(operation),
                responses: response_names(operation),
                headers,
                links: link_names(operation, diagnostics),
            }
        })
        .collect()
}

/// How many media types a request's body has, where there is a choice.
fn choices(operation: &Operation) -> usize {
    let media = operation.body.as_ref().map_or(0, |body| body.media.len());
    if media > 1 { media } else { 0 }
}

/// Whether a row is the first of its status, and the status has header fields: they are one struct for all of its rows.
fn heads(operation: &Operation, position: usize) -> bool {
    let row = &operation.responses[position];
    let first = operation
        .responses
        .iter()
        .position(|known| known.status == row.status);
    !row.headers.is_empty() && first == Some(position)
}

/// The types that stand beside a request: its content where there is a choice, then the header fields of its answers.
fn beside(
    api: &Api,
    types: &[String],
    requests: &[String],
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    let mut candidates = Vec::new();
    let mut candidate = |at, words: Vec<Word>, more: &str| {
        candidates.push(Candidate {
            at,
            pinned: None,
            rank: 1,
            meanings: vec![words.clone(), with(&words, more)],
        });
    };
    for (operation, request) in api.operations.iter().zip(requests) {
        let request = words(request);
        if choices(operation) > 0 {
            candidate(operation.at, with(&request, "content"), "choice");
        }
        for (position, row) in operation.responses.iter().enumerate() {
            if heads(operation, position) {
                let status = words(&status_name(row.status));
                let words = [request.clone(), status].concat();
                candidate(row.at, with(&words, "headers"), "fields");
            }
        }
    }
    let dresses: Vec<String> = requests
        .iter()
        .flat_map(|name| {
            [
                name.clone(),
                format!("{name}Response"),
                format!("{name}Success"),
            ]
        })
        .collect();
    let (names, clashes) = Scope::new(Case::Pascal, keyword::REQUESTS)
        .beside(types)
        .beside(&dresses)
        .assign(candidates);
    report(clashes, diagnostics);
    names
}

/// The variants of a body by media type.
fn choice_names(operation: &Operation) -> Vec<String> {
    let media = operation.body.iter().flat_map(|body| &body.media);
    let candidates = media.map(|media| Candidate {
        at: media.at,
        pinned: None,
        rank: 1,
        meanings: media_words(&media.media_types[0]),
    });
    Scope::new(Case::Pascal, &[]).assign(candidates.collect()).0
}

/// The words of a media type: the one word it goes by, then all of it.
fn media_words(media_type: &str) -> Vec<Vec<Word>> {
    vec![words(&crate::ir::media_word(media_type)), words(media_type)]
}

/// The variants of a response: the status, and where it has several representations, the word for each.
fn response_names(operation: &Operation) -> Vec<String> {
    let candidates = operation.responses.iter().map(|row| {
        let status = words(&status_name(row.status));
        let media = row.media.as_ref().filter(|_| {
            let same = operation
                .responses
                .iter()
                .filter(|other| other.status == row.status);
            same.count() > 1
        });
        let meanings = match media {
            Some(media) => media_words(&media.media_types[0])
                .into_iter()
                .map(|word| [status.clone(), word].concat())
                .collect(),
            None => vec![status],
        };
        Candidate {
            at: row.at,
            pinned: None,
            rank: 1,
            meanings,
        }
    });
    Scope::new(Case::Pascal, &[]).assign(candidates.collect()).0
}

/// The methods of a response that follow its links.
fn link_names(operation: &Operation, diagnostics: &mut Diagnostics) -> Vec<String> {
    let candidates = operation.links.iter().map(|link| Candidate {
        at: link.at,
        pinned: None,
        rank: 1,
        meanings: vec![
            words(&link.name),
            [words(&link.name), words(&status_name(link.status))].concat(),
        ],
    });
    let (names, clashes) = Scope::new(Case::Snake, keyword::RESPONSES).assign(candidates.collect());
    report(clashes, diagnostics);
    names
}

fn header_fields(row: &crate::ir::Response) -> (Vec<String>, Vec<(crate::source::NodeId, String)>) {
    let candidates = row.headers.iter().map(|header| Candidate {
        at: header.at,
        pinned: header.pinned.clone(),
        rank: 1,
        meanings: header_meanings(&header.wire),
    });
    Scope::new(Case::Snake, keyword::FIELDS).assign(candidates.collect())
}

/// The words of a header field, at first without the `X-` that many begin with: what holds nothing but header fields needs none.
pub(super) fn header_meanings(name: &str) -> Vec<Vec<Word>> {
    let whole = words(name);
    let mut short = whole.clone();
    if short.len() > 1 && short[0].eq_ignore_ascii_case("x") {
        short.remove(0);
    }
    vec![short, whole.clone(), with(&whole, "header")]
}

/// The fields of a request: its parameters, told apart by where they stand, and its body last.
fn request_fields(
    operation: &Operation,
    lock: &mut Lock<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    use crate::document::Location;
    let parameters = operation.parameters.iter().map(|parameter| {
        let location = match parameter.location {
            Location::Path => "path",
            Location::Query | Location::QueryString => "query",
            Location::Header => "header",
            Location::Cookie => "cookie",
        };
        let plain = words(&parameter.wire);
        Candidate {
            at: parameter.at,
            pinned: parameter.pinned.clone(),
            rank: if operation.is_ours(parameter) { 3 } else { 1 },
            meanings: vec![plain.clone(), [vec![location.into()], plain].concat()],
        }
    });
    let body = Candidate {
        at: operation.at,
        pinned: None,
        rank: 2,
        meanings: ["body", "request body"].map(words).to_vec(),
    };
    let places = lock.parameters(operation.at, &operation.parameters);
    let assigned = Scope::new(Case::Snake, keyword::FIELDS)
        .locked(lock.names(&places))
        .assign_all(parameters.chain([body]).collect());
    lock.keep(places, &assigned.names, |position| {
        assigned.contested.contains(&position)
    });
    report(assigned.numbered, diagnostics);
    assigned.names
}
