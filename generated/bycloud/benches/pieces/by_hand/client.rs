//! The client by hand: a URL, two headers, `serde_json`.

use super::super::exchange::{Calling, TOKEN, ready};
use super::types::{BackupList, Query};
use bycloud::runtime::{Body, BoxError, Transport};
use http::Request;
use http::header::{ACCEPT, AUTHORIZATION, HeaderValue};
use std::sync::Arc;

/// A client of one operation.
pub struct Client {
    base_url: String,
    authorization: HeaderValue,
    transport: Arc<dyn Transport>,
}

impl Client {
    /// A page of backups.
    pub async fn list_backups(&self, query: &Query) -> Result<BackupList, BoxError> {
        let url = format!("{}/v1/backups?{}", self.base_url, query.text());
        let request = Request::get(url)
            .header(AUTHORIZATION, self.authorization.clone())
            .header(ACCEPT, HeaderValue::from_static("application/json"))
            .body(Body::empty())?;
        let answer = self.transport.send(request).await?;
        if !answer.status().is_success() {
            return Err(format!("the status is {}", answer.status()).into());
        }
        let body = answer.into_body().collect(64 << 20).await;
        let body = body.map_err(|_| "the answer breaks off, or is too long")?;
        Ok(serde_json::from_slice(&body)?)
    }
}

/// Calls the operation over and over; the answer is there at once.
pub fn caller(answer: String) -> impl Fn() -> Calling {
    let authorization = format!("Bearer {TOKEN}");
    let client = Arc::new(Client {
        base_url: "https://api.spo1.mycloud.com".to_owned(),
        authorization: authorization.parse().expect("a header's value"),
        transport: Arc::new(ready(answer)),
    });
    let query = Query {
        limit: Some(50),
        marker: Some(uuid::Uuid::from_u128(7)),
        name: Some("web-*".to_owned()),
        status: Some("available".to_owned()),
        volume_id: Some(uuid::Uuid::from_u128(8)),
    };
    move || {
        let (client, query) = (Arc::clone(&client), query.clone());
        Box::pin(async move {
            let page = client.list_backups(&query).await.expect("a page");
            std::hint::black_box(page);
        })
    }
}
