//! Multipart bodies: parts by name and by position, files, nested parts, pieces that come late.

use super::sample::{Address, Order};
use oasmith_runtime::arbitrary::{self, Rng};
use oasmith_runtime::json::{ReadOptions, Unknown};
use oasmith_runtime::multipart::{self, Fault};
use oasmith_runtime::operation::Encoding;
use oasmith_runtime::{self as runtime, Body, Shape};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// The result of what never waits for anything else.
fn now<T>(future: impl Future<Output = T>) -> T {
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

fn write<T: Shape>(
    value: &mut T,
    encodings: &'static [Encoding],
) -> Result<(Body, String), String> {
    multipart::write(
        "multipart/form-data",
        encodings,
        value.slot(),
        Unknown::Keep,
    )
    .map_err(|error| error.to_string())
}

fn read<T: Shape>(
    body: Body,
    media_type: &str,
    encodings: &'static [Encoding],
    most: usize,
) -> Result<T, String> {
    let mut value = T::empty();
    let options = ReadOptions::default();
    let wanted = multipart::Wanted::of(value.slot());
    let held = multipart::Held::all(most);
    let parts = now(multipart::Collected::of(media_type, body, &wanted, held));
    let read = parts.and_then(|parts| {
        let read = parts.read(encodings, value.slot(), &options);
        read.map_err(Fault::Malformed)
    });
    match read {
        Ok(()) => Ok(value),
        Err(Fault::TooLarge) => Err("too large".to_owned()),
        Err(Fault::Broken(error)) => Err(error.to_string()),
        Err(Fault::Malformed(error)) => Err(error.to_string()),
    }
}

/// A body in pieces of a length.
fn pieces(text: &[u8], length: usize) -> Body {
    let mut pieces = text
        .chunks(length)
        .map(<[u8]>::to_vec)
        .collect::<Vec<_>>()
        .into_iter();
    Body::stream(runtime_stream(move || pieces.next()))
}

struct Pulled<F>(F);

fn runtime_stream<F: FnMut() -> Option<Vec<u8>> + Unpin>(next: F) -> Pulled<F> {
    Pulled(next)
}

impl<F: FnMut() -> Option<Vec<u8>> + Unpin> futures_core::Stream for Pulled<F> {
    type Item = Result<bytes::Bytes, std::convert::Infallible>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        Poll::Ready((self.0)().map(|piece| Ok(piece.into())))
    }
}

const ENCODINGS: &[Encoding] = &[
    Encoding::of("address").content_type("application/xml; charset=utf-8"),
    Encoding::of("deep").style("deepObject"),
    Encoding::of("sizes").explode(false),
];

#[test]
fn what_is_written_is_read_in_whatever_pieces() {
    let mut written = 0;
    for seed in 0..300 {
        for encodings in [&[], ENCODINGS] {
            let mut order: Order = arbitrary::value(&mut Rng::new(seed));
            let Ok((body, media_type)) = write(&mut order, encodings) else {
                continue;
            };
            written += 1;
            let text = body.bytes().expect("complete").to_vec();
            let piece = (seed as usize % 7) * (seed as usize % 13) + 1;
            let came = read::<Order>(pieces(&text, piece), &media_type, encodings, 1 << 20);
            // Nothing is written of a list without items.
            order.sizes = order.sizes.filter(|sizes| !sizes.is_empty());
            order.other = order.other.filter(|other| !other.is_empty());
            if !encodings.is_empty() {
                for address in order.deep.iter_mut().chain(&mut order.address) {
                    address.tags = address.tags.take().filter(|tags| !tags.is_empty());
                }
            }
            assert_eq!(came, Ok(order), "{}", String::from_utf8_lossy(&text));
        }
    }
    assert!(written > 300, "{written}");
}

#[derive(Debug)]
struct Upload {
    note: Option<String>,
    meta: Address,
    files: Vec<Body>,
    last: Option<Body>,
}
runtime::object!(derived Upload {
    note: "note",
    meta: "meta"(required),
    files: "files"(required),
    last: "last"
});

const IMAGES: &[Encoding] = &[Encoding::of("files").content_type("image/png, image/*")];

fn upload() -> Upload {
    Upload {
        note: Some("n\r\n--x".to_owned()),
        meta: Address {
            street: "s".to_owned(),
            zip: None,
            tags: None,
        },
        files: vec![
            Body::from("one").with_file_name("a \"b\"\\c\u{e9}.png"),
            Body::from("two")
                .with_media_type("image/gif".parse().expect("a value"))
                .with_header(
                    "x-limit".parse().expect("a name"),
                    "7".parse().expect("a value"),
                ),
        ],
        last: None,
    }
}

#[test]
fn files_keep_their_names_types_and_fields() {
    let (body, media_type) = write(&mut upload(), IMAGES).expect("writable");
    let text = String::from_utf8(body.bytes().expect("complete").to_vec()).expect("UTF-8");
    let boundary = media_type
        .strip_prefix("multipart/form-data; boundary=")
        .expect(&media_type);
    let expected = [
        "Content-Disposition: form-data; name=\"note\"\r\nContent-Type: text/plain\r\n\r\nn\r\n--x\r\n",
        "Content-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{\"street-Address\":\"s\"}\r\n",
        "Content-Disposition: form-data; name=\"files\"; filename=\"a \\\"b\\\"\\\\c\u{e9}.png\"\r\nContent-Type: image/png\r\n\r\none\r\n",
        "Content-Disposition: form-data; name=\"files\"\r\nContent-Type: image/gif\r\nx-limit: 7\r\n\r\ntwo\r\n",
    ];
    let expected = expected
        .map(|part| format!("--{boundary}\r\n{part}"))
        .concat();
    assert_eq!(text, format!("{expected}--{boundary}--\r\n"));
    let came: Upload =
        read(pieces(text.as_bytes(), 3), &media_type, IMAGES, 1 << 20).expect("readable");
    assert_eq!(came.note.as_deref(), Some("n\r\n--x"));
    assert_eq!(came.files[0].file_name(), Some("a \"b\"\\c\u{e9}.png"));
    assert_eq!(came.files[1].media_type(), Some("image/gif"));
    assert_eq!(came.files[1].headers().count(), 1);
    assert_eq!(came.files[1].bytes(), Some(&b"two"[..]));
    let mut wrong = upload();
    wrong.files[0] = Body::from("x").with_media_type("text/plain".parse().expect("a value"));
    assert!(write(&mut wrong, IMAGES).is_err());
}

#[test]
fn the_last_body_may_still_be_on_its_way() {
    let large = "0123456789\r\n--".repeat(10_000).into_bytes();
    let mut sent = upload();
    sent.last = Some(pieces(&large, 1_000));
    let (body, media_type) = write(&mut sent, IMAGES).expect("writable");
    assert!(body.bytes().is_none());
    let came: Upload = read(body, &media_type, IMAGES, 4_000).expect("readable");
    assert_eq!(came.files.len(), 2);
    let last = now(came.last.expect("a body").collect(1 << 20)).expect("readable");
    assert_eq!(last, large);
    // Where something that is needed would follow, it has to fit.
    let mut sent = upload();
    sent.files = vec![pieces(&large, 1_000), Body::from("x")];
    let (body, media_type) = write(&mut sent, IMAGES).expect("writable");
    let came: Upload = read(body, &media_type, IMAGES, 4_000).expect("readable");
    let mut files = came.files.into_iter();
    assert!(now(files.next().expect("a body").collect(1 << 20)).is_err());
    assert!(
        read::<Order>(
            pieces(b"--b\r\n\r\n0123456789\r\n--b--", 9),
            "a/b; boundary=b",
            &[],
            4
        )
        .is_err()
    );
}

#[test]
fn parts_by_position_nest() {
    const INSIDE: &[Encoding] = &[
        Encoding::of("").content_type("text/csv"),
        Encoding::of("*").content_type("application/json"),
    ];
    const OUTSIDE: &[Encoding] = &[Encoding::of("*")
        .content_type("multipart/mixed")
        .encoding(INSIDE)];
    let value = vec![
        vec!["a,b".to_owned(), "\"q\"".to_owned(), String::new()],
        vec!["c".to_owned()],
    ];
    let (body, media_type) = write(&mut value.clone(), OUTSIDE).expect("writable");
    let text = String::from_utf8(body.bytes().expect("complete").to_vec()).expect("UTF-8");
    assert!(
        text.contains("Content-Type: text/csv\r\n\r\na,b\r\n"),
        "{text}"
    );
    assert!(
        text.contains("Content-Type: application/json\r\n\r\n\"\\\"q\\\"\"\r\n"),
        "{text}"
    );
    assert_eq!(
        read(Body::from(text), &media_type, OUTSIDE, 1 << 20),
        Ok(value)
    );
}

#[test]
fn other_spellings_are_read() {
    let text = concat!(
        "preamble\r\n--b b  \t\r\nContent-Disposition: form-data; NAME=street-Address\r\n\r\ns\r\n",
        "--b b\r\ncontent-disposition: form-data; name=\"tags\"; filename*=UTF-8''%e2%82%ac\r\nX: y\r\n\r\n\r\n",
        "--b b\r\ncontent-disposition: form-data; name=\"zip\"\r\nContent-Type: text/plain; charset=utf-16le\r\n\r\n7\0\r\n--b b--\r\nepilogue"
    );
    let address: Address = read(
        pieces(text.as_bytes(), 5),
        "multipart/form-data; a=1; boundary=\"b b\"",
        &[],
        1_000,
    )
    .expect("readable");
    let expected = Address {
        street: "s".to_owned(),
        zip: Some(7),
        tags: Some(vec![String::new()]),
    };
    assert_eq!(address, expected);
}

#[test]
fn faults_are_told() {
    let fault = |text: &str| {
        read::<Address>(pieces(text.as_bytes(), 11), "m/x; boundary=b", &[], 1_000).expect_err(text)
    };
    let part = |head: &str, text: &str| format!("--b\r\n{head}\r\n\r\n{text}\r\n");
    let named = |name: &str, text: &str| {
        part(
            &format!("Content-Disposition: form-data; name={name}"),
            text,
        )
    };
    assert!(fault("").contains("the closing boundary"));
    assert!(fault(&named("street-Address", "s")).contains("the closing boundary"));
    assert!(fault("--b\r\nno field\r\n\r\n\r\n--b--").contains("a header of fields"));
    assert!(fault(&part(&"a: b\r\n".repeat(2_000), "")).contains("a shorter header"));
    assert!(fault(&"--b\r\n\r\n\r\n".repeat(1_001)).contains("fewer parts"));
    assert!(fault("--bx\r\n\r\n\r\n--b--").contains("the end of the boundary's line"));
    assert!(fault(&(named("zip", "x") + &named("street-Address", "s") + "--b--")).contains("/zip"));
    assert!(
        fault(&(named("street-Address", "s").repeat(2) + "--b--")).contains("each member once")
    );
    assert!(fault("--b--").contains("/street-Address"));
    assert!(
        read::<Address>(Body::empty(), "multipart/form-data", &[], 10)
            .expect_err("none")
            .contains("a boundary")
    );
}

#[test]
fn no_text_breaks_the_reader() {
    let (body, media_type) = write(&mut upload(), IMAGES).expect("writable");
    let text = String::from_utf8(body.bytes().expect("complete").to_vec()).expect("UTF-8");
    super::damaged(&text, |broken| {
        drop(read::<Upload>(
            pieces(broken, 7),
            &media_type,
            IMAGES,
            1_000,
        ));
    });
}
