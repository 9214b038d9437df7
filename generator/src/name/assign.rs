//! The allocation: over the whole IR, scope by scope, in a fixed order.
//!
//! Names are made of words (see [`super::word`]) and compared in lower case without separators, so that no two of a
//! scope differ in case alone. A clash is resolved by adding meaning to all that clash, then by number.

use super::keyword;
use super::plain::{Plain, variant_words};
use super::scope::{Candidate, Scope};
use super::word::{self, Case, words};
use super::{GroupNames, HeaderNames, Names, OperationNames, TypeNames};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::ir::{Api, Operation, Origin, Shape, Status, Step, Ty, Type, TypeId};

/// Pinned names first, then component schemas, operations, and inline types by where they stand.
pub(crate) fn assign(api: &Api, diagnostics: &mut Diagnostics) -> Names {
    let names = types(api, diagnostics);
    let groups = groups(api, diagnostics);
    let operations = operations(api, &names, diagnostics);
    let schemes = schemes(api, diagnostics);
    let mut plain = Plain::default();
    let types = api.types.iter().zip(names).map(|(ty, name)| {
        // An alias has the members of its type.
        let mut members = match ty.same_as {
            Some(_) => Vec::new(),
            None => members(api, ty, &mut plain, diagnostics),
        };
        let extra = match ty.shape {
            Shape::Object(_) => members.pop().unwrap_or_default(),
            _ => String::new(),
        };
        TypeNames {
            name,
            members,
            extra,
        }
    });
    let types: Vec<TypeNames> = types.collect();
    Names {
        types,
        checks: checks(api),
        operations,
        groups,
        schemes,
    }
}

/// What a clash without a better answer is reported as.
fn report(clashes: Vec<(crate::source::NodeId, String)>, diagnostics: &mut Diagnostics) {
    for (at, name) in clashes {
        let message = format!("its Rust name is taken already, so it is called `{name}`");
        diagnostics.report(
            Diagnostic::new(code::NAME_CLASH, Place::Key(at), message)
                .label("gets a number")
                .help("give it a name of its own with `x-rust-name`"),
        );
    }
}

/// Component schemas keep their words; inline ones are called after where they stand.
fn types(api: &Api, diagnostics: &mut Diagnostics) -> Vec<String> {
    let candidates = api.types.iter().map(|ty| {
        let words = origin_words(api, &ty.origin, 0);
        let rank = match &ty.origin {
            Origin::Component(_) => 1,
            _ => 2,
        };
        Candidate {
            at: ty.at,
            pinned: ty.pinned.clone(),
            rank,
            meanings: vec![words.clone(), with(&words, kind_word(ty))],
        }
    });
    let (names, clashes) = Scope::new(Case::Pascal, keyword::TYPES).assign(candidates.collect());
    report(clashes, diagnostics);
    names
}

fn kind_word(ty: &Type) -> &'static str {
    match &ty.shape {
        Shape::Object(_) => "object",
        Shape::Enum(_) => "kind",
        Shape::Union(_) => "choice",
        Shape::Alias(_) => "value",
    }
}

fn with(words: &[String], more: &str) -> Vec<String> {
    words.iter().cloned().chain([more.to_owned()]).collect()
}

/// The words of where a type stands; parents first.
fn origin_words(api: &Api, origin: &Origin, depth: usize) -> Vec<String> {
    match origin {
        Origin::Component(key) => words(key),
        // A chain of inline schemas may be long: the nearest few say enough.
        Origin::Inside(_, step) if depth > 6 => step_words(step),
        Origin::Inside(parent, step) => {
            let parent = api.ty(*parent);
            let outer = match &parent.pinned {
                Some(pinned) => words(pinned),
                None => origin_words(api, &parent.origin, depth + 1),
            };
            outer.into_iter().chain(step_words(step)).collect()
        }
        Origin::Of(operation, step) => {
            let operation = api.operation(*operation);
            operation_words(operation)
                .into_iter()
                .chain(step_words(step))
                .collect()
        }
        Origin::Input(of) => with(&other_form(api, *of, depth), "input"),
        Origin::Patch(of) => with(&other_form(api, *of, depth), "patch"),
        Origin::Shared(key, Step::Parameter(_)) => words(key),
        Origin::Shared(key, step) => words(key).into_iter().chain(step_words(step)).collect(),
    }
}

/// The words of the type that another is a form of.
fn other_form(api: &Api, of: TypeId, depth: usize) -> Vec<String> {
    let of = api.ty(of);
    match &of.pinned {
        Some(pinned) => words(pinned),
        None => origin_words(api, &of.origin, depth + 1),
    }
}

fn step_words(step: &Step) -> Vec<String> {
    match step {
        Step::Property(name) | Step::Parameter(name) => words(name),
        Step::Item => vec!["item".to_owned()],
        Step::Value => vec!["value".to_owned()],
        Step::Variant(_, Some(name)) => words(name),
        Step::Variant(position, None) => vec!["variant".to_owned(), (position + 1).to_string()],
        Step::Body => vec!["body".to_owned()],
        Step::BodyOf(word) => with(&words(word), "body"),
        Step::Response(status) => with(&words(&status_name(*status)), "body"),
        Step::Representation(status, word) => {
            let status = words(&status_name(*status));
            with(&[status, words(word)].concat(), "body")
        }
        Step::Header(status, name) => words(&status_name(*status))
            .into_iter()
            .chain(words(name))
            .collect(),
    }
}

/// Fields of an object (its map of other members last), or variants of an enum.
fn members<'a>(
    api: &'a Api,
    ty: &'a Type,
    plain: &mut Plain<'a>,
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    let names = match &ty.shape {
        Shape::Object(object) => plain.fields(object),
        Shape::Enum(listed) => plain.variants(listed),
        Shape::Union(_) | Shape::Alias(_) => None,
    };
    names.unwrap_or_else(|| scoped_members(api, ty, diagnostics))
}

/// The same, where names are chosen or clash.
fn scoped_members(api: &Api, ty: &Type, diagnostics: &mut Diagnostics) -> Vec<String> {
    let (scope, candidates): (Scope, Vec<Candidate>) = match &ty.shape {
        Shape::Object(object) => {
            let fields = object.fields.iter().map(|field| Candidate {
                at: field.at,
                pinned: field.pinned.clone(),
                rank: 1,
                meanings: vec![words(&field.wire), with(&words(&field.wire), "field")],
            });
            let extra = Candidate {
                at: ty.at,
                pinned: None,
                rank: 2,
                meanings: ["extra", "extra members"].map(words).to_vec(),
            };
            (
                Scope::new(Case::Snake, keyword::FIELDS),
                fields.chain([extra]).collect(),
            )
        }
        Shape::Enum(list) => {
            let variants = list.variants.iter().map(|variant| {
                let text = match &variant.value {
                    serde_json::Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                let plain = variant_words(&text);
                Candidate {
                    at: ty.at,
                    pinned: variant.pinned.clone(),
                    rank: 1,
                    meanings: vec![plain.clone(), [plain, word::case_words(&text)].concat()],
                }
            });
            (
                Scope::new(Case::Pascal, keyword::variants(list.any)),
                variants.collect(),
            )
        }
        Shape::Union(union) => {
            let variants = union
                .variants
                .iter()
                .enumerate()
                .map(|(position, variant)| {
                    let place = vec!["variant".to_owned(), (position + 1).to_string()];
                    let named = variant.name.as_deref().map(words);
                    let more = match (&named, &variant.value.ty) {
                        (Some(named), Ty::Named(id)) => with(named, kind_word(api.ty(*id))),
                        (Some(named), _) => with(named, "value"),
                        (None, _) => place.clone(),
                    };
                    let first = named.unwrap_or_else(|| place.clone());
                    Candidate {
                        at: variant.at,
                        pinned: None,
                        rank: 1,
                        meanings: vec![first.clone(), more, [first, place].concat()],
                    }
                });
            (
                Scope::new(Case::Pascal, keyword::VARIANTS_OF_UNION),
                variants.collect(),
            )
        }
        Shape::Alias(_) => return Vec::new(),
    };
    let (names, clashes) = scope.assign(candidates);
    report(clashes, diagnostics);
    names
}

fn groups(api: &Api, diagnostics: &mut Diagnostics) -> Vec<GroupNames> {
    let candidates = |of: fn(&[String]) -> Vec<String>| -> Vec<Candidate> {
        let at = |group: &crate::ir::Group| {
            group
                .operations
                .first()
                .map_or(crate::source::NodeId(0), |id| api.operation(*id).at)
        };
        let candidate = |group| {
            let words = of(&group_words(group));
            Candidate {
                at: at(group),
                pinned: None,
                rank: 1,
                meanings: vec![words.clone(), with(&words, "operations")],
            }
        };
        api.groups.iter().map(candidate).collect()
    };
    let as_they_are = || candidates(<[String]>::to_vec);
    let (methods, clashes) = Scope::new(Case::Snake, keyword::MODULES).assign(as_they_are());
    report(clashes, diagnostics);
    let (interfaces, _) = Scope::new(Case::Pascal, keyword::INTERFACES).assign(as_they_are());
    let in_ascii = || candidates(word::ascii);
    let (modules, _) = Scope::new(Case::Snake, keyword::MODULES).assign(in_ascii());
    let (features, _) = Scope::new(Case::Kebab, keyword::FEATURES).assign(in_ascii());
    let names = modules.into_iter().zip(features);
    names
        .zip(methods.into_iter().zip(interfaces))
        .map(|((module, feature), (method, interface))| GroupNames {
            module,
            method,
            feature,
            interface,
        })
        .collect()
}

fn group_words(group: &crate::ir::Group) -> Vec<String> {
    let Some(tag) = &group.tag else {
        return vec!["default".to_owned()];
    };
    let words = words(tag);
    // In a script without capitals the module would be called like the trait, or like a type.
    let has_case = |c: char| c.is_lowercase() || c.is_uppercase();
    if words.iter().any(|word| word.contains(has_case)) {
        words
    } else {
        std::iter::once("tag".to_owned()).chain(words).collect()
    }
}

/// The operation's id, else its method and the words of its route.
fn operation_words(operation: &Operation) -> Vec<String> {
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

fn operations(api: &Api, types: &[String], diagnostics: &mut Diagnostics) -> Vec<OperationNames> {
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
    let (requests, clashes) = Scope::new(Case::Pascal, keyword::REQUESTS)
        .beside(types)
        .with_suffixes(&["Response", "Success"])
        .assign(candidates);
    report(clashes, diagnostics);
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
            let (mut parameters, clashes) = request_fields(operation);
            report(clashes, diagnostics);
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
    let mut candidate = |at, words: Vec<String>, more: &str| {
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
fn media_words(media_type: &str) -> Vec<Vec<String>> {
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
        meanings: vec![
            header_words(&header.wire),
            words(&header.wire),
            with(&words(&header.wire), "header"),
        ],
    });
    Scope::new(Case::Snake, keyword::FIELDS).assign(candidates.collect())
}

/// The words of a header field, but for the `X-` that many begin with.
fn header_words(name: &str) -> Vec<String> {
    let mut found = words(name);
    if found.len() > 1 && found[0].eq_ignore_ascii_case("x") {
        found.remove(0);
    }
    found
}

/// The fields of a request: its parameters, told apart by where they stand, and its body last.
fn request_fields(operation: &Operation) -> (Vec<String>, Vec<(crate::source::NodeId, String)>) {
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
            rank: 1,
            meanings: vec![plain.clone(), [vec![location.to_owned()], plain].concat()],
        }
    });
    let body = Candidate {
        at: operation.at,
        pinned: None,
        rank: 2,
        meanings: ["body", "request body"].map(words).to_vec(),
    };
    Scope::new(Case::Snake, keyword::FIELDS).assign(parameters.chain([body]).collect())
}

/// Checks, after where their schemas stand. They are private: a number does no harm.
fn checks(api: &Api) -> Vec<String> {
    const FRAME: &[&str] = &["#", "", "components", "schemas", "properties", "paths"];
    let candidates = api.checks.iter().map(|check| {
        let steps: Vec<&str> = check.pointer.split('/').collect();
        let telling = steps.iter().filter(|step| !FRAME.contains(step));
        let meanings = [telling.copied().collect::<Vec<_>>(), steps.clone()];
        // The nearest steps say enough.
        let meanings =
            meanings.map(|steps| words(&steps[steps.len().saturating_sub(6)..].join(" ")));
        Candidate {
            at: check.at,
            pinned: None,
            rank: 1,
            meanings: meanings.to_vec(),
        }
    });
    Scope::new(Case::Constant, &[])
        .assign(candidates.collect())
        .0
}

fn schemes(api: &Api, diagnostics: &mut Diagnostics) -> Vec<String> {
    let candidates = api.security_schemes.iter().map(|scheme| Candidate {
        at: scheme.at,
        pinned: None,
        rank: 1,
        meanings: vec![
            words(&scheme.name),
            with(&words(&scheme.name), "credential"),
        ],
    });
    let (names, clashes) = Scope::new(Case::Snake, keyword::BUILDER).assign(candidates.collect());
    report(clashes, diagnostics);
    names
}

/// The variant of a status: its registered reason phrase (RFC 9110, section 15), else its number.
fn status_name(status: Status) -> String {
    const PHRASES: &[(u16, &str)] = &[
        (100, "Continue"),
        (101, "SwitchingProtocols"),
        (102, "Processing"),
        (103, "EarlyHints"),
        (200, "Ok"),
        (201, "Created"),
        (202, "Accepted"),
        (203, "NonAuthoritativeInformation"),
        (204, "NoContent"),
        (205, "ResetContent"),
        (206, "PartialContent"),
        (207, "MultiStatus"),
        (208, "AlreadyReported"),
        (226, "ImUsed"),
        (300, "MultipleChoices"),
        (301, "MovedPermanently"),
        (302, "Found"),
        (303, "SeeOther"),
        (304, "NotModified"),
        (305, "UseProxy"),
        (307, "TemporaryRedirect"),
        (308, "PermanentRedirect"),
        (400, "BadRequest"),
        (401, "Unauthorized"),
        (402, "PaymentRequired"),
        (403, "Forbidden"),
        (404, "NotFound"),
        (405, "MethodNotAllowed"),
        (406, "NotAcceptable"),
        (407, "ProxyAuthenticationRequired"),
        (408, "RequestTimeout"),
        (409, "Conflict"),
        (410, "Gone"),
        (411, "LengthRequired"),
        (412, "PreconditionFailed"),
        (413, "ContentTooLarge"),
        (414, "UriTooLong"),
        (415, "UnsupportedMediaType"),
        (416, "RangeNotSatisfiable"),
        (417, "ExpectationFailed"),
        (418, "ImATeapot"),
        (421, "MisdirectedRequest"),
        (422, "UnprocessableContent"),
        (423, "Locked"),
        (424, "FailedDependency"),
        (425, "TooEarly"),
        (426, "UpgradeRequired"),
        (428, "PreconditionRequired"),
        (429, "TooManyRequests"),
        (431, "RequestHeaderFieldsTooLarge"),
        (451, "UnavailableForLegalReasons"),
        (500, "InternalServerError"),
        (501, "NotImplemented"),
        (502, "BadGateway"),
        (503, "ServiceUnavailable"),
        (504, "GatewayTimeout"),
        (505, "HttpVersionNotSupported"),
        (506, "VariantAlsoNegotiates"),
        (507, "InsufficientStorage"),
        (508, "LoopDetected"),
        (511, "NetworkAuthenticationRequired"),
    ];
    match status {
        Status::Exact(status) => match PHRASES.iter().find(|(number, _)| *number == status) {
            Some((_, phrase)) => (*phrase).to_owned(),
            None => format!("Status{status}"),
        },
        Status::Range(1) => "Informational".to_owned(),
        Status::Range(2) => "Success".to_owned(),
        Status::Range(3) => "Redirection".to_owned(),
        Status::Range(4) => "ClientError".to_owned(),
        Status::Range(_) => "ServerError".to_owned(),
        Status::Default => "Default".to_owned(),
    }
}
