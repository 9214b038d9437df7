//! Vectors that only version 3.0 has, against the crates of documents of that version.

use crate::bodies::{expect_parts, now};
use crate::parameters::{equal, text};
use crate::report::Report;
use serde_json::{Value, json};
use wire_vectors_3_0::operations::*;
use wire_vectors_3_0::runtime::operation::Operation;
use wire_vectors_3_0::runtime::wire::{answered, received, sent, understood};
use wire_vectors_3_0::runtime::{Base64, Body};
use wire_vectors_3_0::types::*;
use wire_vectors_exact as exact;

type Outcome = Result<(), String>;

pub(crate) fn run(vectors: &Value, report: &mut Report) {
    for (section, cases) in vectors.as_object().into_iter().flatten() {
        let cases = cases["cases"].as_array();
        for case in cases.map_or(&[][..], Vec::as_slice) {
            let outcome = match text(case, "id") {
                "bin-30" => binary(),
                "b64-30" => base64(case),
                "mp-defaults-30" => parts(case),
                "nul-30-no-type" => nulls::<exact::operations::Nul30NoType>(case, "a"),
                "nul-30-enum-without-null" => {
                    nulls::<exact::operations::Nul30EnumWithoutNull>(case, "b")
                }
                // What stands beside a reference has no effect.
                "nul-30-ref-sibling" => {
                    nulls::<exact::operations::Nul30RefSibling>(&json!({"null_valid": false}), "x")
                }
                _ => continue,
            };
            report.ran(section, text(case, "id"), outcome);
        }
    }
}

fn words<T>(result: Result<T, impl ToString>) -> Result<T, String> {
    result.map_err(|error| error.to_string())
}

/// The media type and the bytes of what is sent.
fn written<O: Operation>(mut request: O) -> Result<(String, Vec<u8>), String> {
    let (head, body) = words(sent(&mut request))?.into_parts();
    let media_type = head.headers.get("content-type");
    let media_type = media_type.and_then(|value| value.to_str().ok());
    let media_type = media_type.unwrap_or_default().to_owned();
    let bytes = now(body.collect(1 << 20)).map_err(|error| format!("{error:?}"))?;
    Ok((media_type, bytes.to_vec()))
}

/// Bytes as they stand, in both directions.
fn binary() -> Outcome {
    let hi = || Body::from("hi");
    let (media_type, body) = written(Bin30::new(hi()))?;
    equal(&json!(media_type), &json!("application/octet-stream"))?;
    equal(&json!(body), &json!(b"hi"))?;
    let came = received::<Bin30>(words(sent(&mut Bin30::new(hi())))?)?.body;
    equal(&json!(came.bytes()), &json!(b"hi"))?;
    let answer = words(answered::<Bin30>(&mut Bin30Response::Ok(hi()), None))?;
    let Bin30Response::Ok(came) = understood::<Bin30>(answer)?;
    equal(&json!(came.bytes()), &json!(b"hi"))
}

/// Bytes as base64 in JSON.
fn base64(case: &Value) -> Outcome {
    let bytes = text(case, "bytes_utf8").as_bytes().to_vec();
    let request = || B64_30::new(Base64::from(bytes.clone()));
    let (_, body) = written(request())?;
    let wire: Value = words(serde_json::from_slice(&body))?;
    equal(&wire, &case["wire"])?;
    let came = received::<B64_30>(words(sent(&mut request()))?)?.body;
    equal(&json!(came.bytes().as_ref()), &json!(bytes))
}

/// Each part has the media type that is usual for its type.
fn parts(case: &Value) -> Outcome {
    let tags = case["parts_for"]["tags"].as_array().into_iter().flatten();
    let request = || {
        MpDefaults30::new(MpDefaults30Body {
            id: Some("x".to_owned()),
            file: Some(Body::from("bytes")),
            tags: Some(
                tags.clone()
                    .filter_map(|tag| Some(tag.as_str()?.to_owned()))
                    .collect(),
            ),
        })
    };
    let (_, body) = written(request())?;
    let expected = case["expected_parts"].as_array();
    expect_parts(
        &String::from_utf8_lossy(&body),
        expected.map_or(&[][..], Vec::as_slice),
    )?;
    let came = received::<MpDefaults30>(words(sent(&mut request()))?)?.body;
    let file = came.file.as_ref().and_then(Body::bytes);
    equal(&json!(file), &json!(b"bytes"))?;
    equal(&json!(came.tags), &case["parts_for"]["tags"])
}

/// A value is read, and null only where it is valid: to the letter.
fn nulls<O: exact::runtime::operation::Operation>(case: &Value, value: &str) -> Outcome {
    let read = |value: Value| {
        let uri = format!("http://test.invalid{}", O::operation().route);
        let request = http::Request::post(uri).header("content-type", "application/json");
        let body = json!({ "v": value }).to_string();
        exact::runtime::wire::received::<O>(words(request.body(body.into()))?)
    };
    read(json!(value))?;
    let accepted = read(Value::Null).is_ok();
    equal(&json!(accepted), &case["null_valid"])
}
