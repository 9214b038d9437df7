//! Vectors of bodies that hold streams: parts, bytes, items one by one; and header fields of answers.

use crate::parameters::{equal, text};
use crate::report::Report;
use serde_json::{Value, json};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use wire_vectors::operations::*;
use wire_vectors::runtime::json::{ReadOptions, WriteOptions, read, write};
use wire_vectors::runtime::operation::Operation;
use wire_vectors::runtime::wire::{answered, received, sent, understood};
use wire_vectors::runtime::{Body, Part, Shape, Stream};
use wire_vectors::types::*;

type Outcome = Result<(), String>;

/// The result of what never waits for anything else.
pub(crate) fn now<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            return value;
        }
    }
}

fn from_json<T: Shape>(value: &Value) -> Result<T, String> {
    let options = ReadOptions::default();
    read(value.to_string().as_bytes(), &options).map_err(|error| error.to_string())
}

fn to_json<T: Shape>(value: &T) -> Result<Value, String> {
    let text = write(value, &WriteOptions::default()).map_err(|error| error.to_string())?;
    serde_json::from_str(&text).map_err(|error| error.to_string())
}

fn bytes(body: Body) -> Result<Vec<u8>, String> {
    match now(body.collect(1 << 20)) {
        Ok(bytes) => Ok(bytes.to_vec()),
        Err(error) => Err(format!("{error:?}")),
    }
}

/// The body that is sent, and the same request as it is received.
fn through<O: Operation>(mut request: O) -> Result<(String, O), String> {
    let written = sent(&mut request).map_err(|error| error.to_string())?;
    let (parts, body) = written.into_parts();
    let text = bytes(body)?;
    let request = http::Request::from_parts(parts, Body::from(text.clone()));
    let came = received::<O>(request)?;
    Ok((String::from_utf8_lossy(&text).into_owned(), came))
}

/// Name, media type and text of every part.
pub(crate) fn parts(body: &str) -> Vec<(Option<String>, String, String)> {
    let boundary = body.lines().next().unwrap_or_default();
    let found = body.split(boundary).skip(1);
    found
        .filter_map(|part| part.strip_prefix("\r\n")?.split_once("\r\n\r\n"))
        .map(|(header, text)| {
            let field = |name: &str| header.lines().find_map(|line| line.strip_prefix(name));
            let name = field("Content-Disposition: form-data; name=");
            let name = name.map(|name| {
                name.split(';')
                    .next()
                    .unwrap_or_default()
                    .trim_matches('"')
                    .to_owned()
            });
            let media_type = field("Content-Type: ").unwrap_or_default().to_owned();
            (
                name,
                media_type,
                text.strip_suffix("\r\n").unwrap_or(text).to_owned(),
            )
        })
        .collect()
}

pub(crate) fn expect_parts(body: &str, expected: &[Value]) -> Outcome {
    let found = parts(body);
    equal(&json!(found.len()), &json!(expected.len()))?;
    for ((name, media_type, text), expected) in found.iter().zip(expected) {
        if let Some(known) = expected["name"].as_str() {
            equal(&json!(name), &json!(known))?;
        }
        equal(&json!(media_type), &expected["content_type"])?;
        if let Some(known) = expected["body"].as_str() {
            equal(&json!(text), &json!(known))?;
        }
    }
    Ok(())
}

fn media(name: &str) -> http::HeaderValue {
    http::HeaderValue::from_str(name).unwrap_or(http::HeaderValue::from_static("text/plain"))
}

pub(crate) fn run(vectors: &Value, report: &mut Report) {
    let cases = vectors["multipart"]["cases"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    for case in cases {
        let id = text(case, "id");
        let expected = case["expected_parts"]
            .as_array()
            .map_or(&[][..], Vec::as_slice);
        let outcome = match id {
            "mp-defaults" => defaults(expected),
            "mp-encoding-override" => overridden(),
            "mp-files" => files(),
            "mp-mixed-ordered" => ordered(),
            "mp-mixed-nested" => nested(),
            "mp-stream" => streamed(),
            "mp-byteranges" => ranges(),
            // Of version 3.0, as `older` runs it.
            "mp-defaults-30" => continue,
            other => Err(format!("no operation runs {other}")),
        };
        report.ran("multipart", id, outcome);
    }
    binary(report);
    let cases = vectors["sequential_media"]["cases"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    for case in cases {
        report.ran("sequential_media", text(case, "id"), items(case));
    }
    report.ran("xml_null", "xml-null", xml_null());
}

fn defaults(expected: &[Value]) -> Outcome {
    let address = |a| MpDefaultsBodyAddresses { a: Some(a) };
    let body = MpDefaultsBody {
        id: "u-1".to_owned(),
        profile_image: Body::from("<bytes>"),
        addresses: vec![address(1), address(2)],
    };
    let (text, came) = through(MpDefaults { body })?;
    expect_parts(&text, expected)?;
    equal(&json!(came.body.id), &json!("u-1"))?;
    equal(&json!(came.body.addresses.len()), &json!(2))?;
    equal(&json!(bytes(came.body.profile_image)?), &json!(b"<bytes>"))
}

fn overridden() -> Outcome {
    let image = Part::new(
        Body::from("<png>").with_media_type(media("image/jpeg")),
        MpEncodingOverrideBodyProfileImageHeaders {
            rate_limit_limit: Some(7),
        },
    );
    let address = Address {
        street: Some("s".to_owned()),
    };
    let body = MpEncodingOverrideBody {
        addresses: vec![address.clone(), address],
        profile_image: image,
    };
    let (text, came) = through(MpEncodingOverride { body })?;
    let xml = json!({"name": "addresses", "content_type": "application/xml; charset=utf-8", "body": "<Address><street>s</street></Address>"});
    let jpeg = json!({"name": "profileImage", "content_type": "image/jpeg", "body": "<png>"});
    expect_parts(&text, &[xml.clone(), xml, jpeg])?;
    equal(&json!(came.body.addresses[1].street), &json!("s"))?;
    equal(
        &json!(came.body.profile_image.media_type()),
        &json!("image/jpeg"),
    )?;
    if !text.contains("x-rate-limit-limit: 7\r\n") {
        return Err(text);
    }
    equal(
        &json!(came.body.profile_image.headers.rate_limit_limit),
        &json!(7),
    )?;
    let wrong = Body::from("x").with_media_type(media("text/plain"));
    let mut wrong = MpEncodingOverride {
        body: MpEncodingOverrideBody {
            addresses: Vec::new(),
            profile_image: wrong.into(),
        },
    };
    match sent(&mut wrong) {
        Err(_) => Ok(()),
        Ok(_) => Err("a media type that the document does not have is sent".to_owned()),
    }
}

fn files() -> Outcome {
    let file = |name: &str| Body::from(name.to_owned()).with_file_name(name);
    let (text, came) = through(MpFiles {
        body: MpFilesBody {
            file: vec![file("a"), file("b")],
        },
    })?;
    let part = json!({"name": "file", "content_type": "application/octet-stream"});
    expect_parts(&text, &[part.clone(), part])?;
    equal(&json!(came.body.file[1].file_name()), &json!("b"))
}

fn ordered() -> Outcome {
    let first = Box::new(MpMixedNestedPart1 { a: Some(1) });
    let image = Body::from("<png>").with_media_type(media("image/png"));
    let (text, came) = through(MpMixedOrdered {
        body: (first, image).into(),
    })?;
    expect_parts(
        &text,
        &[
            json!({"content_type": "application/json", "body": "{\"a\":1}"}),
            json!({"content_type": "image/png", "body": "<png>"}),
        ],
    )?;
    let (first, image) = came.body.into_inner();
    equal(&json!(first.a), &json!(1))?;
    equal(&json!(image.media_type()), &json!("image/png"))
}

/// Each part has a type of its own, and so have those inside of a part.
fn nested() -> Outcome {
    let first = Box::new(MpMixedNestedPart1 { a: Some(1) });
    let address = Address {
        street: Some("s".to_owned()),
    };
    let image = Body::from("<png>").with_media_type(media("image/png"));
    let inner = (Box::new(address), "t".to_owned(), image);
    let (text, came) = through(MpMixedNested {
        body: (first, inner.into()).into(),
    })?;
    let (outer, inside) = text
        .split_once("multipart/mixed;")
        .ok_or("no parts in a part")?;
    if !outer.contains("Content-Type: application/json\r\n") {
        return Err(text.clone());
    }
    let (_, inside) = inside.split_once("\r\n\r\n").ok_or("no parts")?;
    expect_parts(
        inside,
        &[
            json!({"content_type": "application/xml", "body": "<Address><street>s</street></Address>"}),
            json!({"content_type": "text/plain", "body": "t"}),
            json!({"content_type": "image/png", "body": "<png>"}),
        ],
    )?;
    let (first, inner) = came.body.into_inner();
    let (address, words, image) = inner.into_inner();
    equal(
        &json!((first.a, address.street, words)),
        &json!((1, "s", "t")),
    )?;
    equal(&json!(bytes(image)?), &json!(b"<png>"))
}

fn streamed() -> Outcome {
    let image = |text: &'static str| Body::from(text).with_media_type(media("image/jpg"));
    let body: Stream<Body> = vec![image("1"), image("2"), image("3")].into();
    let (text, mut came) = through(MpStream { body })?;
    let part = json!({"content_type": "image/jpg"});
    expect_parts(&text, &[part.clone(), part.clone(), part])?;
    let mut count = 0;
    while let Some(part) = now(came.body.next()) {
        let part = part.map_err(|error| error.to_string())?;
        count += 1;
        equal(&json!(bytes(part)?), &json!(count.to_string().as_bytes()))?;
    }
    equal(&json!(count), &json!(3))
}

fn ranges() -> Outcome {
    let range = MpByterangesBodyPartHeaders::new("bytes 0-1/9".to_owned());
    let part = Part::new(Body::from("ab"), range.clone());
    let (text, mut came) = through(MpByteranges {
        body: vec![part].into(),
    })?;
    if !text.contains("content-range: bytes 0-1/9\r\n") {
        return Err(text);
    }
    let part = now(came.body.next())
        .ok_or("no part")?
        .map_err(|error| error.to_string())?;
    equal(&json!(part.headers == range), &json!(true))
}

fn binary(report: &mut Report) {
    let octets: Vec<u8> = (0..=255).collect();
    let empty = || -> Outcome {
        let mut request = BinEmptySchema {
            body: Body::from(octets.clone()),
        };
        let written = sent(&mut request).map_err(|error| error.to_string())?;
        equal(
            &json!(bytes(received::<BinEmptySchema>(written)?.body)?),
            &json!(octets),
        )?;
        let mut response = BinEmptySchemaResponse::Ok(Body::from(octets.clone()));
        let answer =
            answered::<BinEmptySchema>(&mut response, None).map_err(|error| error.to_string())?;
        let BinEmptySchemaResponse::Ok(body) = understood::<BinEmptySchema>(answer)?;
        equal(&json!(bytes(body)?), &json!(octets))
    };
    let image = || -> Outcome {
        let mut request = BinImageEmpty {
            body: Body::from(octets.clone()),
        };
        let written = sent(&mut request).map_err(|error| error.to_string())?;
        equal(
            &json!(written.headers()["content-type"].to_str().ok()),
            &json!("image/png"),
        )?;
        equal(
            &json!(bytes(received::<BinImageEmpty>(written)?.body)?),
            &json!(octets),
        )
    };
    let any = || -> Outcome {
        let value = json!({"a": [1, null, "b"]});
        let (text, came) = through(JsonEmpty {
            body: value.clone(),
        })?;
        equal(&json!(text), &json!("{\"a\":[1,null,\"b\"]}"))?;
        equal(&came.body, &value)
    };
    let base64 = || -> Outcome {
        let body = from_json(&json!("aGk="))?;
        let (text, came) = through(B64_31 { body })?;
        equal(&json!(text), &json!("\"aGk=\""))?;
        equal(&to_json(&came.body)?, &json!("aGk="))
    };
    let base64url = || -> Outcome {
        let body = from_json(&json!("-_8="))?;
        let (text, came) = through(B64url31 { body })?;
        equal(&json!(text), &json!("\"-_8=\""))?;
        equal(&to_json(&came.body)?, &json!("-_8="))
    };
    report.ran("binary", "bin-empty-schema", empty());
    report.ran("binary", "bin-image-empty", image());
    report.ran("binary", "json-empty", any());
    report.ran("binary", "b64-31", base64());
    report.ran("binary", "b64url-31", base64url());
}

/// The items of a stream as JSON, members that are not there left out.
fn items_of<T: Shape + serde::Serialize>(mut stream: Stream<T>) -> Result<Value, String> {
    let mut found = Vec::new();
    while let Some(item) = now(stream.next()) {
        let item = item.map_err(|error| error.to_string())?;
        found.push(serde_json::to_value(item).map_err(|error| error.to_string())?);
    }
    Ok(found.into())
}

fn made<T: serde::de::DeserializeOwned + Shape>(items: &Value) -> Result<Stream<T>, String> {
    let items: Vec<T> = serde_json::from_value(items.clone()).map_err(|error| error.to_string())?;
    Ok(items.into())
}

/// Items as the vector's bytes are read by both sides, and as they are written and read again.
macro_rules! both_sides {
    ($case:ident, $request:ident, $response:ident) => {{
        let (wire, items) = (
            $case["wire"].as_str().unwrap_or_default().to_owned(),
            &$case["items"],
        );
        let media_type = text($case, "media_type");
        let uri = format!("http://test.invalid{}", $request::operation().route);
        let request = http::Request::post(uri)
            .header("content-type", media_type)
            .body(Body::from(wire.clone()));
        let came = received::<$request>(request.map_err(|error| error.to_string())?)?;
        equal(&items_of(came.body)?, items)?;
        let answer = http::Response::builder()
            .header("content-type", media_type)
            .body(Body::from(wire));
        let $response::Ok(stream) =
            understood::<$request>(answer.map_err(|error| error.to_string())?)?;
        equal(&items_of(stream)?, items)?;
        let (_, came) = through($request { body: made(items)? })?;
        equal(&items_of(came.body)?, items)?;
        let mut response = $response::Ok(made(items)?);
        let answer =
            answered::<$request>(&mut response, None).map_err(|error| error.to_string())?;
        let $response::Ok(stream) = understood::<$request>(answer)?;
        equal(&items_of(stream)?, items)
    }};
}

fn items(case: &Value) -> Outcome {
    match text(case, "id") {
        "ndjson-two" => both_sides!(case, NdjsonTwo, NdjsonTwoResponse),
        "json-seq-two" => both_sides!(case, JsonSeqTwo, JsonSeqTwoResponse),
        "sse-three" => both_sides!(case, SseThree, SseThreeResponse),
        other => Err(format!("no operation runs {other}")),
    }
}

fn xml_null() -> Outcome {
    let body = XmlNullBody {
        element: None,
        attribute: None,
    };
    let (text, came) = through(XmlNull { body: body.clone() })?;
    let expected = "<root><element xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/></root>";
    equal(&json!(text.lines().last()), &json!(expected))?;
    equal(&json!(came.body == body), &json!(true))
}

/// Cookies are one value a line.
pub(crate) fn set_cookies(vectors: &Value) -> Outcome {
    let cases = vectors["headers_and_cookies"]["cases"]
        .as_array()
        .ok_or("no cases")?;
    let case = cases
        .iter()
        .find(|case| text(case, "id") == "set-cookie-two")
        .ok_or("no case")?;
    let headers = from_json(&json!({"Set-Cookie": case["value"]}))?;
    let mut response = SetCookieTwoResponse::NoContent(headers);
    let answer =
        answered::<SetCookieTwo>(&mut response, None).map_err(|error| error.to_string())?;
    let lines = answer.headers().get_all("set-cookie").iter();
    let lines: Vec<&str> = lines.filter_map(|line| line.to_str().ok()).collect();
    equal(&json!(lines), &case["expected_lines"])?;
    let SetCookieTwoResponse::NoContent(came) = understood::<SetCookieTwo>(answer)?;
    equal(&to_json(&came)?["Set-Cookie"], &case["value"])
}
