//! The feature `tracing`: one span a call, without a secret in it.

use super::{Client, ListThings, shop};
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Keeps every field of every span as text.
#[derive(Clone, Default)]
struct Spans(Arc<Mutex<Vec<String>>>);

impl Visit for Spans {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0
            .lock()
            .expect("no panic")
            .push(format!("{field}={value:?}"));
    }
}

impl Subscriber for Spans {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("oasmith_runtime")
    }
    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.0
            .lock()
            .expect("no panic")
            .push(span.metadata().name().to_owned());
        span.record(&mut self.clone());
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, _: &Event<'_>) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn a_call_is_one_span_that_tells_operation_and_status() {
    let spans = Spans::default();
    let _set = tracing::subscriber::set_default(spans.clone());
    let client = Client::builder().key("good&=").over(shop());
    let request = ListThings {
        page_token: Some("1".into()),
        ..ListThings::default()
    };
    client.list_things(request).await.expect("an answer");
    let seen = spans.0.lock().expect("no panic").clone();
    assert_eq!(
        seen,
        [
            "call",
            "otel.kind=\"client\"",
            "operation=\"listThings\"",
            "http.request.method=\"GET\"",
            "url.template=\"/things\"",
            "http.response.status_code=200",
        ]
    );
}
