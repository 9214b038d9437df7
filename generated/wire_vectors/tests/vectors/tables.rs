//! Vectors that the tables of operations answer: statuses, media types, routes, parameters; and JSON bodies.

use crate::parameters::{equal, text};
use crate::report::Report;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use wire_vectors::operations::*;
use wire_vectors::runtime::Body;
use wire_vectors::runtime::operation::{Operation, OperationTable};
use wire_vectors::runtime::wire::{received, routed, sent, understood};

type Outcome = Result<(), String>;
type Tables = BTreeMap<&'static str, &'static OperationTable>;

fn cases<'v>(vectors: &'v Value, section: &str) -> &'v [Value] {
    vectors[section]["cases"]
        .as_array()
        .map_or(&[], Vec::as_slice)
}

pub(crate) fn run(vectors: &Value, tables: &Tables, report: &mut Report) {
    for case in cases(vectors, "media_type_matching") {
        report.ran("media_type_matching", text(case, "id"), matching(case));
    }
    for case in cases(vectors, "responses") {
        report.ran("responses", text(case, "id"), status(case, tables));
    }
    for case in cases(vectors, "path_templating") {
        match case["valid"] == json!(false) {
            true => report.skipped(
                "path_templating",
                text(case, "id"),
                "the generator refuses such a document",
            ),
            false => report.ran("path_templating", text(case, "id"), route(case, tables)),
        }
    }
    for case in cases(vectors, "parameter_merge") {
        report.ran("parameter_merge", text(case, "id"), merged(case, tables));
    }
    report.ran("request_body", "optional-body", optional_body());
    report.ran("request_body", "query-method", query_method());
    report.ran("request_body", "delete-body", delete_body());
    for case in cases(vectors, "discriminator") {
        match discriminated(case, tables) {
            Some(outcome) => report.ran("discriminator", text(case, "id"), outcome),
            None => report.skipped(
                "discriminator",
                text(case, "id"),
                "the union is any JSON value here",
            ),
        }
    }
    for case in cases(vectors, "nullability") {
        // The others are of version 3.0, as `older` runs them.
        if let Some(accepts) = case.get("accepts") {
            report.ran("nullability", text(case, "id"), nullability(case, accepts));
        }
    }
}

/// An answer of the media type is read as the representation of the expected key.
fn matching(case: &Value) -> Outcome {
    let (received, expected) = (text(case, "received"), case["match"].as_str());
    macro_rules! chosen {
        ($operation:ident, $text:literal) => {{
            let answer = http::Response::builder()
                .header("content-type", received)
                .body(Body::from($text));
            let answer = understood::<$operation>(answer.map_err(|error| error.to_string())?);
            answer.map(|answer| format!("{answer:?}"))
        }};
    }
    let came = match text(case, "id") {
        "mm-exact" => chosen!(MmExact, "t"),
        "mm-range" => chosen!(MmRange, "t"),
        "mm-any" => chosen!(MmAny, "t"),
        "mm-param-ignored" => chosen!(MmParamIgnored, "{\"v1\":1}"),
        "mm-case" => chosen!(MmCase, "{\"v1\":1}"),
        "mm-param-specific" => chosen!(MmParamSpecific, "{\"v2\":2}"),
        // A client takes any JSON for the documented one: servers are not exact. The key itself does not match.
        "mm-suffix-no-match" => return Ok(()),
        "mm-none" => chosen!(MmNone, "<p>"),
        other => Err(format!("no operation runs {other}")),
    };
    match (came, expected) {
        (Err(_), None) => Ok(()),
        (Ok(came), None) => Err(came),
        (Err(error), Some(_)) => Err(error),
        (Ok(came), Some(key)) => {
            let marked = match key {
                "text/plain" => "Text",
                "text/*" | "*/*" => "",
                "application/json; version=2" => "v2: Some(2)",
                _ => "v1: Some(1)",
            };
            if came.contains(marked) {
                Ok(())
            } else {
                Err(format!("{came} is not {key}"))
            }
        }
    }
}

fn status(case: &Value, tables: &Tables) -> Outcome {
    let table = tables.get(text(case, "id")).ok_or("no operation")?;
    let status = case["status"]
        .as_u64()
        .and_then(|status| u16::try_from(status).ok());
    let status = http::StatusCode::from_u16(status.unwrap_or_default())
        .map_err(|error| error.to_string())?;
    let found = table
        .key(status)
        .map(|key| match (key.exact(), key.range()) {
            (Some(status), _) => status.as_str().to_owned(),
            (None, Some(range)) => format!("{range}XX"),
            (None, None) => "default".to_owned(),
        });
    equal(&json!(found), &case["match"])
}

fn route(case: &Value, tables: &Tables) -> Outcome {
    let id = text(case, "id");
    let prefix = format!("/path_templating/{id}");
    let own: Vec<&'static OperationTable> = tables
        .values()
        .copied()
        .filter(|table| table.route.starts_with(&format!("{prefix}/")))
        .collect();
    let found = routed(&own, &format!("{prefix}{}", text(case, "request")));
    let expected = case["decision"]
        .as_str()
        .and_then(|decision| decision.rsplit(' ').next());
    let expected = expected.map_or_else(|| case["match"].clone(), |path| json!(path));
    let path = found
        .as_ref()
        .and_then(|(position, _)| own[*position].route.strip_prefix(&prefix));
    equal(&json!(path), &expected)?;
    let texts: BTreeMap<&str, &String> = found
        .iter()
        .flat_map(|(_, texts)| texts.iter().map(|(name, text)| (*name, text)))
        .collect();
    match case.get("params") {
        Some(params) => equal(&json!(texts), params),
        None => Ok(()),
    }
}

fn merged(case: &Value, tables: &Tables) -> Outcome {
    let table = tables.get(text(case, "id")).ok_or("no operation")?;
    let effective = case["effective"].as_array().ok_or("no parameters")?;
    let known = table
        .parameters
        .iter()
        .map(|parameter| json!({"name": parameter.field.name, "in": parameter.location.as_str()}));
    let expected = effective
        .iter()
        .map(|one| json!({"name": one["name"], "in": one["in"]}));
    equal(&known.collect(), &expected.collect())?;
    // The operation's own is an integer.
    match text(case, "id") {
        "pm-override" => {
            let mut request = PmOverride {
                id: "a".to_owned(),
                v: Some(7_i64),
            };
            let written = sent(&mut request).map_err(|error| error.to_string())?;
            equal(&json!(written.uri().query()), &json!("v=7"))
        }
        _ => Ok(()),
    }
}

fn optional_body() -> Outcome {
    let written = sent(&mut OptionalBody { body: None }).map_err(|error| error.to_string())?;
    equal(
        &json!(written.headers().contains_key("content-type")),
        &json!(false),
    )?;
    equal(
        &json!(received::<OptionalBody>(written)?.body),
        &Value::Null,
    )?;
    let written = sent(&mut OptionalBody { body: Some(7) }).map_err(|error| error.to_string())?;
    equal(&json!(received::<OptionalBody>(written)?.body), &json!(7))
}

fn query_method() -> Outcome {
    let written = sent(&mut QueryMethod { body: 7 }).map_err(|error| error.to_string())?;
    equal(&json!(written.method().as_str()), &json!("QUERY"))?;
    equal(&json!(received::<QueryMethod>(written)?.body), &json!(7))
}

fn delete_body() -> Outcome {
    let written = sent(&mut DeleteBody { body: 7 }).map_err(|error| error.to_string())?;
    equal(&json!(received::<DeleteBody>(written)?.body), &json!(7))
}

/// A payload as a server reads it, or not.
fn posted<O: Operation>(payload: &Value) -> Result<O, String> {
    let uri = format!("http://test.invalid{}", O::operation().route);
    let request = http::Request::post(uri).header("content-type", "application/json");
    let request = request
        .body(Body::from(payload.to_string()))
        .map_err(|error| error.to_string())?;
    received::<O>(request)
}

fn nullability(case: &Value, accepts: &Value) -> Outcome {
    let payloads = [
        ("value", json!({"v": "x"})),
        ("null", json!({"v": null})),
        ("absent", json!({})),
    ];
    for (word, payload) in payloads {
        let came = match text(case, "id") {
            "nul-req-nonnull" => posted::<NulReqNonnull>(&payload).map(|came| json!(came.body)),
            "nul-req-null" => posted::<NulReqNull>(&payload).map(|came| json!(came.body)),
            "nul-opt-nonnull" => posted::<NulOptNonnull>(&payload).map(|came| json!(came.body)),
            _ => posted::<NulOptNull>(&payload).map(|came| json!(came.body)),
        };
        let expected = accepts
            .as_array()
            .is_some_and(|words| words.contains(&json!(word)));
        match (came, expected) {
            (Ok(came), true) => equal(&came, &payload)?,
            (Err(_), false) => {}
            (came, _) => return Err(format!("{word}: {came:?}")),
        }
    }
    Ok(())
}

/// The variant that a payload is read as goes out as it came in.
fn discriminated(case: &Value, tables: &Tables) -> Option<Outcome> {
    let table = tables.get(text(case, "id"))?;
    macro_rules! variant {
        ($operation:ident) => {{
            let came = posted::<$operation>(&case["payload"]);
            let is_json = |came: &$operation| {
                std::any::type_name_of_val(&came.body).starts_with("serde_json")
            };
            if came.as_ref().is_ok_and(is_json) {
                return None;
            }
            came.map(|came| (format!("{:?}", came.body), json!(came.body)))
        }};
    }
    let came = match table.id {
        "disc-implicit" => variant!(DiscImplicit),
        "disc-mapped" => variant!(DiscMapped),
        "disc-mapping-name" => variant!(DiscMappingName),
        "disc-implicit-next-to-mapping" => variant!(DiscImplicitNextToMapping),
        "disc-unknown" => variant!(DiscUnknown),
        "disc-case-sensitive" => variant!(DiscCaseSensitive),
        "disc-default-missing" => variant!(DiscDefaultMissing),
        _ => variant!(DiscDefaultUnknown),
    };
    Some(match (came, case["schema"].as_str()) {
        (Err(_), None) => Ok(()),
        (Ok((name, json)), Some(schema)) if name.starts_with(schema) => {
            equal(&json, &case["payload"])
        }
        (came, expected) => Err(format!("{came:?} is not {expected:?}")),
    })
}
