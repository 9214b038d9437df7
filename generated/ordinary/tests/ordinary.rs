//! The cases that are easily got wrong, one test each: what goes over the wire, and that the other side reads the same.

use bytes::Bytes;
use ordinary::operations::*;
use ordinary::runtime::operation::Operation;
use ordinary::runtime::wire::{answered, received, sent, understood};
use ordinary::runtime::{Body, NotOk};
use ordinary::types::*;
use std::fmt::Debug;
use std::future::Future;
use std::task::{Context, Poll, Waker};

/// What a future gives that has nothing to wait for.
fn now<T>(future: impl Future<Output = T>) -> T {
    let mut context = Context::from_waker(Waker::noop());
    match std::pin::pin!(future).poll(&mut context) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits for something"),
    }
}

fn collected(body: Body) -> Bytes {
    now(body.collect(1 << 20)).expect("a short body")
}

/// The target, the media type and the body of a request.
fn written<O: Operation>(request: &mut O) -> (String, Option<String>, String) {
    let (parts, body) = sent(request).expect("it can be sent").into_parts();
    let target = parts.uri.path_and_query().expect("a target").to_string();
    let media_type = parts.headers.get("content-type");
    let media_type = media_type.map(|value| value.to_str().expect("ASCII").to_owned());
    let body = collected(body).to_vec();
    (target, media_type, String::from_utf8(body).expect("text"))
}

/// The server reads what the client has sent.
fn crosses<O: Operation + Clone + Debug + PartialEq>(request: &O) {
    let written = sent(&mut request.clone()).expect("it can be sent");
    assert_eq!(received::<O>(written).as_ref(), Ok(request));
}

/// The client reads what the server has answered.
fn comes_back<O: Operation<Response: Clone + Debug + PartialEq>>(answer: &O::Response) {
    let written = answered::<O>(&mut answer.clone(), None).expect("it can be sent");
    assert_eq!(understood::<O>(written).as_ref(), Ok(answer));
}

#[test]
fn a_form_body_with_an_array_and_a_nested_object() {
    let request = PlaceOrder::new(Order {
        items: vec![7, 8],
        address: Address {
            street: "Elm & Oak".to_owned(),
            number: Some(5),
        },
        parcel: Some(Place { x: 1, y: None }),
    });
    let (_, media_type, body) = written(&mut request.clone());
    let expected = "application/x-www-form-urlencoded";
    assert_eq!(media_type.as_deref(), Some(expected));
    // Brackets where the document says `deepObject`; without a word of it a nested object is JSON.
    assert_eq!(
        body,
        "items=7&items=8&address%5Bstreet%5D=Elm%20%26%20Oak&address%5Bnumber%5D=5&parcel=%7B%22x%22%3A1%7D"
    );
    crosses(&request);
}

#[test]
fn a_cookie_parameter() {
    let request = GetBasket {
        session: "a;b c".to_owned(),
        seen: Some(3),
    };
    let written = sent(&mut request.clone()).expect("it can be sent");
    let cookies: Vec<_> = written.headers().get_all("cookie").iter().collect();
    assert_eq!(cookies, ["session=a%3Bb%20c; seen=3"]);
    crosses(&request);
    let alone = GetBasket {
        seen: None,
        ..request
    };
    crosses(&alone);
}

#[test]
fn an_array_in_the_path() {
    let request = GetItems::new(vec![3, 4, 5]);
    assert_eq!(written(&mut request.clone()).0, "/items/3,4,5");
    crosses(&request);
    // A path cannot hold a list without items.
    assert!(sent(&mut GetItems::new(Vec::new())).is_err());
}

#[test]
fn label_and_matrix() {
    let request = GetShelf::new(vec![1, 2], Place { x: 3, y: Some(4) });
    assert_eq!(
        written(&mut request.clone()).0,
        "/shelves/.1.2/;place=x,3,y,4"
    );
    crosses(&request);
}

#[test]
fn two_2xx_bodies() {
    let done = StartJobResponse::Ok(Done::new("ready".to_owned()));
    let ticket = StartJobResponse::Accepted(Ticket::new(7));
    comes_back::<StartJob>(&done);
    comes_back::<StartJob>(&ticket);
    let success: Result<StartJobSuccess, NotOk<StartJobResponse>> = ticket.ok();
    assert_eq!(success, Ok(StartJobSuccess::Accepted(Ticket::new(7))));
}

#[test]
fn an_empty_array_in_the_query() {
    let request = Search::new(Vec::new());
    assert_eq!(written(&mut request.clone()).0, "/search");
    crosses(&request);
    let full = Search {
        colours: vec!["light red".to_owned(), "blue".to_owned()],
        sizes: Some(vec![1, 2]),
        of: None,
    };
    let target = "/search?colours=light%20red&colours=blue&sizes=1,2";
    assert_eq!(written(&mut full.clone()).0, target);
    crosses(&full);
}

#[test]
fn a_union_in_the_query() {
    let of = |of| Search {
        of: Some(of),
        ..Search::new(Vec::new())
    };
    for (value, target) in [
        (SearchOf::Integer(5), "/search?of=5"),
        (SearchOf::Bool(true), "/search?of=true"),
        (SearchOf::String("five".to_owned()), "/search?of=five"),
    ] {
        assert_eq!(written(&mut of(value.clone())).0, target);
        crosses(&of(value));
    }
    // The server would read another variant: the client says so before it is sent.
    for text in ["5", "true"] {
        let refused = sent(&mut of(SearchOf::String(text.to_owned())));
        assert_eq!(refused.expect_err("it is refused").place, "of");
    }
}

#[test]
fn a_text_body_beside_a_json_body() {
    let text = PutNote::new(1, PutNoteContent::Text("a note".to_owned()));
    let json = PutNote::new(1, PutNoteContent::Json(Note::new("a note".to_owned())));
    let (_, media_type, body) = written(&mut text.clone());
    let text_plain = (media_type.as_deref(), body.as_str());
    assert_eq!(text_plain, (Some("text/plain"), "a note"));
    let (_, media_type, body) = written(&mut json.clone());
    let application_json = (media_type.as_deref(), body.as_str());
    assert_eq!(
        application_json,
        (Some("application/json"), r#"{"text":"a note"}"#)
    );
    crosses(&text);
    crosses(&json);
}

#[test]
fn a_multipart_part_that_is_json() {
    let picture = || {
        let png = http::HeaderValue::from_static("image/png");
        let picture = Body::from("pixels").with_media_type(png);
        let picture = picture.with_file_name("a.png");
        AddPicture::new(AddPictureBody {
            tags: Some(vec!["red".to_owned(), "blue".to_owned()]),
            ..AddPictureBody::new(Note::new("me".to_owned()), picture)
        })
    };
    let (_, media_type, body) = written(&mut picture());
    let boundary = media_type.expect("a media type");
    let boundary = boundary.split_once("boundary=").expect("a boundary").1;
    let boundary = boundary.trim_matches('"');
    let parts = [
        "Content-Disposition: form-data; name=\"about\"\r\nContent-Type: application/json\r\n\r\n{\"text\":\"me\"}",
        "Content-Disposition: form-data; name=\"tags\"\r\nContent-Type: text/plain\r\n\r\nred",
        "Content-Disposition: form-data; name=\"tags\"\r\nContent-Type: text/plain\r\n\r\nblue",
        "Content-Disposition: form-data; name=\"picture\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\npixels",
    ];
    let parts = parts.map(|part| format!("--{boundary}\r\n{part}\r\n"));
    assert_eq!(body, format!("{}--{boundary}--\r\n", parts.concat()));

    let written = sent(&mut picture()).expect("it can be sent");
    let came = received::<AddPicture>(written)
        .expect("it can be read")
        .body;
    assert_eq!(came.about, Note::new("me".to_owned()));
    assert_eq!(came.picture.file_name(), Some("a.png"));
    assert_eq!(came.picture.media_type(), Some("image/png"));
    assert_eq!(collected(came.picture), "pixels");
}

#[test]
fn an_enum_over_a_tag_that_its_variants_also_hold() {
    let letter = |kind| Message::Letter(Letter::new(kind, "dear".to_owned()));
    let call = Message::Call(Call::new(CallKind::Call, "7".to_owned()));
    for (message, json) in [
        (
            letter(LetterKind::Letter),
            r#"{"kind":"letter","text":"dear"}"#,
        ),
        (
            letter(LetterKind::Postcard),
            r#"{"kind":"postcard","text":"dear"}"#,
        ),
        (call, r#"{"kind":"call","number":"7"}"#),
    ] {
        let request = SendMessage::new(message.clone());
        assert_eq!(written(&mut request.clone()).2, json);
        crosses(&request);
        comes_back::<SendMessage>(&SendMessageResponse::Ok(message));
    }
}
