//! Vectors of runtime expressions: a link is followed, and its request holds what they lead to.

use crate::parameters::{equal, text};
use crate::report::Report;
use serde_json::{Value, json};
use wire_vectors::operations::*;
use wire_vectors::types::*;

pub(crate) fn run(vectors: &Value, report: &mut Report) {
    let section = &vectors["runtime_expressions"];
    let followed = followed(section);
    let cases = section["cases"].as_array();
    for case in cases.map_or(&[][..], Vec::as_slice) {
        let id = text(case, "id");
        match id {
            "rx-url" => report.skipped(
                "runtime_expressions",
                id,
                "an answer does not know by which URL it was asked for",
            ),
            _ => {
                let came = followed.as_ref().ok_or_else(|| "no request".to_owned());
                let came = came.and_then(|request| equal(&value(request, id), &case["value"]));
                report.ran("runtime_expressions", id, came);
            }
        }
    }
}

/// The request that the link leads to from the exchange of the vectors.
fn followed(section: &Value) -> Option<RxFollow> {
    let url: http::Uri = section["request"]["url"].as_str()?.parse().ok()?;
    let body = &section["request"]["body"];
    let urls = body["successUrls"].as_array()?.iter();
    let request = RxSubscribe::new(
        url.path().rsplit('/').next()?.to_owned(),
        url.query()?.strip_prefix("queryUrl=")?.to_owned(),
        RxSubscribeBody {
            failed_url: body["failedUrl"].as_str().map(str::to_owned),
            success_urls: urls.map(|url| url.as_str().map(str::to_owned)).collect(),
        },
    );
    let location = section["response"]["headers"]["Location"].as_str()?;
    let headers = RxSubscribeCreatedHeaders::new(location.to_owned());
    RxSubscribeResponse::Created(headers).follow(&request)
}

fn value(request: &RxFollow, id: &str) -> Value {
    match id {
        "rx-method" => json!(request.rx_method),
        "rx-path" => json!(request.rx_path),
        "rx-query" => json!(request.rx_query),
        "rx-header" => json!(request.rx_header),
        "rx-body-1" => json!(request.rx_body_1),
        "rx-body-2" => json!(request.rx_body_2),
        "rx-resp-header" => json!(request.rx_resp_header),
        "rx-status" => json!(request.rx_status),
        "rx-embedded" => json!(request.rx_embedded),
        "rx-missing" => json!(request.rx_missing),
        other => json!(format!("no parameter for {other}")),
    }
}
