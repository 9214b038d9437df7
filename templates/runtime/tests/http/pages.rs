//! Pages and items.

use super::{Client, ListThings, Router, Shop, Tokens};
use oasmith_runtime::{Error, ItemsError};
use std::sync::atomic::Ordering;

#[tokio::test]
async fn items_come_from_every_page_and_no_page_is_asked_for_twice() {
    let shop = Shop::default();
    let client = Client::builder()
        .token("good&=")
        .over(Router::builder(Tokens).things(shop.clone()).build());
    let mut items = client.list_things(ListThings::default()).items();
    let mut ids = Vec::new();
    while let Some(item) = items.next().await {
        ids.push(item.expect("an item").id.expect("an id"));
    }
    assert_eq!(ids, [0, 1, 2, 3, 4]);
    assert_eq!(shop.asked.load(Ordering::Relaxed), 3);
}

#[tokio::test]
async fn pages_that_go_round_in_a_circle_end_with_an_error() {
    let shop = Shop {
        loops: true,
        ..Shop::default()
    };
    let client = Client::builder()
        .token("good&=")
        .over(Router::builder(Tokens).things(shop.clone()).build());
    let mut items = client.list_things(ListThings::default()).items();
    let mut last = None;
    while let Some(item) = items.next().await {
        last = Some(item);
    }
    assert!(
        matches!(last, Some(Err(ItemsError::Call(Error::PageLoop)))),
        "{last:?}"
    );
    assert_eq!(shop.asked.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn an_answer_that_is_no_page_is_given_back() {
    let stranger = Client::builder().token("bad").over(super::shop());
    let mut items = stranger.list_things(ListThings::default()).items();
    match items.next().await {
        Some(Err(ItemsError::Answer(answer))) => assert_eq!(answer.status(), 401),
        other => panic!("{other:?}"),
    }
    assert!(items.next().await.is_none());
}
