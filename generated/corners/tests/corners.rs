//! Corners of the wire, each by the text that is sent and by what is read of the texts that others send.

use corners::operations::*;
use corners::runtime::operation::Operation;
use corners::runtime::wire::{answered, received, sent, understood};
use corners::runtime::{Body, Maybe, Part};
use corners::types::*;
use http::{HeaderValue, Request};
use std::task::{Context, Poll, Waker};

/// What a future gives that has nothing to wait for.
fn now<T>(future: impl Future<Output = T>) -> T {
    let mut context = Context::from_waker(Waker::noop());
    match std::pin::pin!(future).poll(&mut context) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

/// The bytes of a body.
fn bytes(body: Body) -> Vec<u8> {
    now(body.collect(1 << 20)).expect("a body").to_vec()
}

/// The same as text.
fn text(body: Body) -> String {
    String::from_utf8(bytes(body)).expect("UTF-8")
}

/// What is sent for a request: its path and query, and its body.
fn written<O: Operation>(mut request: O) -> (String, String) {
    let (parts, body) = sent(&mut request).expect("it can be sent").into_parts();
    let target = parts.uri.path_and_query().expect("a target").to_string();
    (target, text(body))
}

/// Why a request cannot be sent.
fn refused<O: Operation>(mut request: O) -> String {
    match sent(&mut request) {
        Ok(request) => panic!("{} is sent", request.uri()),
        Err(error) => error.to_string(),
    }
}

/// A request as another client sends it.
fn foreign<O: Operation>(
    target: &str,
    media_type: &str,
    body: impl Into<Body>,
) -> Result<O, String> {
    let request = Request::builder()
        .method(O::operation().method)
        .uri(format!("http://corners.test{target}"))
        .header("content-type", media_type);
    received(request.body(body.into()).expect("a request"))
}

/// A request without a body, with header fields.
fn asked<O: Operation>(target: &str, fields: &[(&str, &str)]) -> Result<O, String> {
    let mut request = Request::builder()
        .method(O::operation().method)
        .uri(format!("http://corners.test{target}"));
    for (name, value) in fields {
        request = request.header(*name, *value);
    }
    received(request.body(Body::empty()).expect("a request"))
}

fn size(w: i64) -> Size {
    Size::new(w)
}

fn deep() -> Deep {
    Deep {
        name: "a&b=c".to_owned(),
        tags: Some(vec!["x".to_owned(), "y z".to_owned()]),
        size: Some(size(1)),
        sizes: Some(vec![size(2), size(3)]),
    }
}

const DEEP: &str = "filter%5Bname%5D=a%26b%3Dc&filter%5Btags%5D%5B0%5D=x&filter%5Btags%5D%5B1%5D=y%20z\
    &filter%5Bsize%5D%5Bw%5D=1&filter%5Bsizes%5D%5B0%5D%5Bw%5D=2&filter%5Bsizes%5D%5B1%5D%5Bw%5D=3";

#[test]
fn what_a_path_says_behind_its_signs_is_sent_as_a_query_or_not_at_all() {
    let start = StartAction::new(StartActionXAction::Start);
    let request = sent(&mut start.clone()).expect("it can be sent");
    assert_eq!(
        request.uri().path_and_query().expect("a target"),
        "/actions"
    );
    assert_eq!(request.headers()["X-Action"], "start");
    let seen: StartAction = asked("/actions", &[("X-Action", "start")]).expect("it is read");
    assert_eq!(seen, start);
    let fixed = FixedQuery {
        depth: 7,
        more: Some(true),
    };
    let (target, _) = written(fixed.clone());
    assert_eq!(target, "/actions?kind=a%20b&depth=7&more=true");
    let seen: FixedQuery = asked("/actions?more=true&depth=7&kind=a+b", &[]).expect("it is read");
    assert_eq!(seen, fixed);
    assert!(asked::<FixedQuery>("/actions?kind=a+b", &[]).is_err());
}

#[test]
fn lists_inside_of_a_deep_object_are_numbered() {
    let request = DeepQuery {
        filter: Some(deep()),
        ids: Some(vec![1, 2]),
        page_size: Some(3),
        accept: Some("own".to_owned()),
        ..DeepQuery::default()
    };
    let (target, _) = written(request);
    let query = format!("/deep?{DEEP}&ids%5B%5D=1&ids%5B%5D=2&page%5Bsize%5D=3&accept=own");
    assert_eq!(target, query);
    let came: DeepQuery = asked(&target, &[]).expect("it is read");
    assert_eq!(came.filter, Some(deep()));
    assert_eq!(came.accept.as_deref(), Some("own"));
    // As others write it: brackets as they stand, no numbers, one name again and again, members in any order.
    for query in [
        "filter[tags][]=x&filter[tags][]=y+z&filter[name]=a%26b%3Dc&filter[size][w]=1&filter[sizes][1][w]=3&filter[sizes][0][w]=2",
        "filter[tags]=x&filter[tags]=y%20z&filter[size][w]=1&filter[name]=a%26b%3Dc&filter[sizes][00][w]=2&filter[sizes][07][w]=3",
    ] {
        let came: DeepQuery = asked(&format!("/deep?{query}"), &[]).expect(query);
        assert_eq!(came.filter, Some(deep()), "{query}");
    }
    for query in [
        "filter=a",
        "filter[name]=a&filter[name]=b",
        "filter[size]=1&filter[name]=a",
        "filter[tags]=x",
    ] {
        assert!(
            asked::<DeepQuery>(&format!("/deep?{query}"), &[]).is_err(),
            "{query}"
        );
    }
}

#[test]
fn empty_absent_and_null_stay_apart_where_they_can() {
    let with = |q| ExplodedQuery {
        q,
        ..ExplodedQuery::default()
    };
    assert_eq!(written(with(Maybe::Value(String::new()))).0, "/exploded?q=");
    assert_eq!(written(with(Maybe::Absent)).0, "/exploded");
    assert_eq!(written(with(Maybe::Null)).0, "/exploded");
    let came: ExplodedQuery = asked("/exploded?q", &[]).expect("an empty text");
    assert_eq!(came.q, Maybe::Value(String::new()));
    let fields = |text: Option<&str>| CornerFields {
        x_text: text.map(str::to_owned),
        form: text.map(str::to_owned),
        ..CornerFields::default()
    };
    let mut request = fields(Some(""));
    let parts = sent(&mut request).expect("it is sent");
    assert_eq!(parts.headers()["x-text"], "");
    assert_eq!(parts.headers()["cookie"], "form=");
    let came = received::<CornerFields>(parts).expect("it is read");
    assert_eq!(
        (came.x_text.as_deref(), came.form.as_deref()),
        (Some(""), Some(""))
    );
    let came: CornerFields = asked("/fields", &[]).expect("nothing");
    assert_eq!((came.x_text, came.form), (None, None));
}

#[test]
fn exploded_delimiters_repeat_the_name() {
    let request = ExplodedQuery {
        spaced: Some(vec!["a b".to_owned(), "c".to_owned()]),
        piped: Some(Size {
            w: 1,
            h: Some("x".to_owned()),
        }),
        joined: Some(size(2)),
        ..ExplodedQuery::default()
    };
    let (target, _) = written(request);
    assert_eq!(
        target,
        "/exploded?spaced=a%20b&spaced=c&piped=w%7C1%7Ch%7Cx&joined=w,2"
    );
    for query in [
        "spaced=a+b&spaced=c&piped=w|1|h|x&joined=w,2",
        "spaced=a%20b&spaced=c&piped=w%7c1%7ch%7cx&joined=w%2C2",
    ] {
        let came: Result<ExplodedQuery, _> = asked(&format!("/exploded?{query}"), &[]);
        match query.contains("w%2C2") {
            // What is encoded is no delimiter: split first, decoded then.
            true => assert!(came.is_err(), "{query}"),
            false => assert_eq!(came.expect(query).piped.map(|size| size.w), Some(1)),
        }
    }
}

#[test]
fn every_reserved_character_arrives() {
    let all: String = (1_u8..=126).map(char::from).chain("ü€🦀".chars()).collect();
    let request = ExplodedQuery {
        q: Maybe::Value(all.clone()),
        tags: Some(vec![all.clone(), ",".to_owned()]),
        ..ExplodedQuery::default()
    };
    let (target, _) = written(request);
    let came: ExplodedQuery = asked(&target, &[]).expect("it is read");
    assert_eq!(came.q, Maybe::Value(all.clone()));
    assert_eq!(came.tags, Some(vec![all.clone(), ",".to_owned()]));
    let request = CornerPath {
        size: 1,
        point: Size {
            w: 2,
            h: Some(all.clone()),
        },
        kinds: Size {
            w: 3,
            h: Some(all.replace('.', "")),
        },
        x: all.replace(',', ""),
        y: all.replace(',', ""),
        name: "n".to_owned(),
    };
    let (target, _) = written(request);
    let came: CornerPath = asked(&target, &[]).expect("it is read");
    assert_eq!(came.point.h, Some(all.clone()));
    assert_eq!(came.x, all.replace(',', ""));
}

#[test]
fn expressions_side_by_side_are_told_apart_by_what_their_styles_write() {
    let request = CornerPath {
        size: 1,
        point: Size {
            w: 2,
            h: Some("a;b".to_owned()),
        },
        kinds: size(3),
        x: "a/b".to_owned(),
        y: "..".to_owned(),
        name: "v1:x/y".to_owned(),
    };
    let (target, _) = written(request);
    assert_eq!(
        target,
        "/paths/;size=1;w=2;h=a%3Bb/.w=3/a%2Fb,../pre-v1:x%2Fy.d"
    );
    let came: CornerPath = asked(&target, &[]).expect("it is read");
    assert_eq!(
        (came.size, came.point.w, came.point.h.as_deref()),
        (1, 2, Some("a;b"))
    );
    assert_eq!(
        (came.x.as_str(), came.y.as_str(), came.name.as_str()),
        ("a/b", "..", "v1:x/y")
    );
}

#[test]
fn header_fields_and_cookies_are_read_as_others_send_them() {
    let came: CornerFields = asked(
        "/fields",
        &[
            ("x-override", " 7 "),
            ("x-list", "a, b"),
            ("x-list", "c"),
            ("x-object", "w,1,h,x"),
            ("x-exploded", "w=1,h=x=y"),
            ("cookie", "form=a%2Cb; list=x; list=y; whole=w,1"),
            ("cookie", "plain=1; plain=2; wide=3"),
        ],
    )
    .expect("it is read");
    assert_eq!(came.x_override, Some(7));
    assert_eq!(
        came.x_list.as_deref(),
        Some(&["a", "b", "c"].map(str::to_owned)[..])
    );
    assert_eq!(
        came.x_exploded.and_then(|size| size.h).as_deref(),
        Some("x=y")
    );
    assert_eq!(came.form.as_deref(), Some("a,b"));
    assert_eq!(
        came.list.as_deref(),
        Some(&["x", "y"].map(str::to_owned)[..])
    );
    assert_eq!(came.plain, Some(vec![1, 2]));
    assert_eq!(came.pairs.and_then(|wide| wide.wide), Some(3));
    // Two fields of a name are one list: no list, no two fields.
    assert!(asked::<CornerFields>("/fields", &[("x-override", "1"), ("x-override", "2")]).is_err());
    for text in ["a\r\nx-evil: 1", "a\nb", "a\0", "ü"] {
        let fields = CornerFields {
            x_text: Some(text.to_owned()),
            ..CornerFields::default()
        };
        assert!(refused(fields).contains("X-Text"), "{text:?}");
    }
    let plain = CornerFields {
        pairs: Some(Wide {
            wide: None,
            high: Some("a; b=1".to_owned()),
        }),
        ..CornerFields::default()
    };
    refused(plain);
}

#[test]
fn header_fields_of_answers_hold_objects_json_and_several_cookies() {
    let headers = CornerFieldsOkHeaders {
        object: Some(Size {
            w: 1,
            h: Some("x".to_owned()),
        }),
        json: Some(Deep::new("ü".to_owned())),
        text: Some("\"quoted\", as it is".to_owned()),
        set_cookie: Some(vec!["a=1; Path=/".to_owned(), "b=2, 3".to_owned()]),
    };
    let answer = answered::<CornerFields>(&mut CornerFieldsResponse::Ok(headers.clone()), None)
        .expect("an answer");
    assert_eq!(answer.headers()["x-object"], "w=1,h=x");
    assert_eq!(answer.headers()["x-json"], "{\"name\":\"\\u00fc\"}");
    assert_eq!(answer.headers().get_all("set-cookie").iter().count(), 2);
    match understood::<CornerFields>(answer).expect("it is read") {
        CornerFieldsResponse::Ok(came) => assert_eq!(format!("{came:?}"), format!("{headers:?}")),
        other => panic!("{other:?}"),
    }
    let evil = CornerFieldsOkHeaders {
        text: Some("a\r\nset-cookie: evil=1".to_owned()),
        ..CornerFieldsOkHeaders::default()
    };
    assert!(answered::<CornerFields>(&mut CornerFieldsResponse::Ok(evil), None).is_err());
}

fn form() -> Form {
    let several = || Some(vec!["a b".to_owned(), "c&d".to_owned()]);
    Form {
        text: "a=b&c +%".to_owned(),
        deep: Some(deep()),
        spaced: Some(vec!["a".to_owned(), "c&d".to_owned()]),
        piped: several(),
        joined: several(),
        url: Some("http://e.com/a?b=c".to_owned()),
        json: Some("a\"b".to_owned()),
        xml: Some(size(1)),
        styled: Some("a b".to_owned()),
        plain: Some(vec![size(1), size(2)]),
        maybe: Maybe::Null,
    }
}

#[test]
fn members_of_a_form_are_written_as_their_encodings_say() {
    let (_, body) = written(CornerForm::new(form()));
    let deep = DEEP.replace("filter", "deep");
    let expected = format!(
        "text=a%3Db%26c+%2B%25&{deep}&spaced=a%20c%26d&piped=a%20b%7Cc%26d&joined=a%20b,c%26d&url=http://e.com/a?b=c\
         &json=%22a%5C%22b%22&xml=%3CSize%3E%3Cw%3E1%3C%2Fw%3E%3C%2FSize%3E&styled=a%20b\
         &plain=%7B%22w%22%3A1%7D&plain=%7B%22w%22%3A2%7D"
    );
    assert_eq!(body, expected);
    let came: CornerForm =
        foreign("/form", "application/x-www-form-urlencoded", body).expect("it is read");
    let mut settled = form();
    settled.maybe = Maybe::Absent;
    assert_eq!(format!("{:?}", came.body), format!("{settled:?}"));
    // Others write what nests with names in brackets.
    let came: CornerForm = foreign(
        "/form",
        "Application/X-WWW-Form-Urlencoded; charset=UTF-8",
        "text=&deep[name]=n&plain[0][w]=1&plain[1][w]=2",
    )
    .expect("it is read");
    assert_eq!(came.body.plain.map(|sizes| sizes.len()), Some(2));
    assert!(
        foreign::<CornerForm>(
            "/form",
            "application/x-www-form-urlencoded",
            "text=a&text=b"
        )
        .is_err()
    );
    assert!(
        foreign::<CornerForm>("/form", "application/x-www-form-urlencoded", "text=%ff").is_err()
    );
    // An encoding may not be ended by what it holds.
    let mut ends = form();
    ends.url = Some("a&b".to_owned());
    assert!(refused(CornerForm::new(ends)).contains("url"));
    let mut ends = form();
    ends.spaced = Some(vec!["a b".to_owned()]);
    assert!(refused(CornerForm::new(ends)).contains("spaced"));
}

fn parts(files: Vec<Part<Body, CornerPartsBodyFilesHeaders>>) -> CornerPartsBody {
    let mut body = CornerPartsBody::new(deep(), files);
    body.either = Some(size(1));
    body.numbers = Some(vec![1, 2]);
    body.latin = Some("ü".to_owned());
    body.note = Some("--a\r\n--b--\r\n".to_owned());
    body.joined = Some(vec![3, 4]);
    body
}

#[test]
fn files_of_one_name_keep_their_names_types_and_fields() {
    let file = |name: &str, media_type: &'static str| {
        Body::from("x\r\n--b--\r\n")
            .with_file_name(name)
            .with_media_type(HeaderValue::from_static(media_type))
            .with_header(
                http::HeaderName::from_static("x-other"),
                HeaderValue::from_static("any"),
            )
    };
    let names = ["a \"b\" \\c.txt", "ü🦀;=.png"];
    let number = |number| CornerPartsBodyFilesHeaders {
        number: Some(number),
    };
    let files = vec![
        Part::new(file(names[0], "text/plain"), number(7)),
        file(names[1], "image/png").into(),
    ];
    let mut request = CornerParts::new(parts(files));
    let request = sent(&mut request).expect("it is sent");
    let came = received::<CornerParts>(request).expect("it is read").body;
    assert_eq!(came.json, deep());
    assert_eq!(
        (came.numbers, came.joined),
        (Some(vec![1, 2]), Some(vec![3, 4]))
    );
    assert_eq!(
        (came.latin.as_deref(), came.note.as_deref()),
        (Some("ü"), Some("--a\r\n--b--\r\n"))
    );
    for ((file, name), number) in came.files.into_iter().zip(names).zip([Some(7), None]) {
        assert_eq!(file.file_name(), Some(name));
        // What the document describes is typed; any other field stays with the body.
        assert_eq!(file.headers.number, number);
        let others: Vec<_> = file.body.headers().map(|(name, _)| name.as_str()).collect();
        assert_eq!(others, ["x-other"]);
        assert_eq!(text(file.body), "x\r\n--b--\r\n");
    }
    let evil = Body::from("")
        .with_file_name("a\r\nx-evil: 1")
        .with_media_type(HeaderValue::from_static("image/png"));
    assert!(refused(CornerParts::new(parts(vec![evil.into()]))).contains("files"));
}

#[test]
fn parts_of_others_are_read() {
    let head = "--b\r\nContent-Disposition: form-data; name=\"json\"\r\nContent-Type: application/json\r\n\r\n{\"name\":\"n\"}\r\n";
    let read = |part: &str| {
        foreign::<CornerParts>(
            "/parts",
            "multipart/form-data; boundary=\"b\"; charset=utf-8",
            format!("preamble\r\n{head}{part}\r\n--b--\r\nepilogue"),
        )
    };
    let file = |disposition: &str| {
        let part = format!(
            "--b\r\ncontent-disposition:form-data; {disposition}\r\ncontent-type: image/png\r\n\r\nx"
        );
        let mut files = read(&part).expect(disposition).body.files;
        files.remove(0).file_name().map(str::to_owned)
    };
    assert_eq!(
        file("name=files; filename=plain.png").as_deref(),
        Some("plain.png")
    );
    assert_eq!(
        file("name=\"files\"; filename=\"a;b\\\".png\"").as_deref(),
        Some("a;b\".png")
    );
    assert_eq!(
        file("filename*=UTF-8''%c3%bc%20%E2%82%AC.png; filename=\"x.png\"; name=\"files\"")
            .as_deref(),
        Some("ü €.png")
    );
    assert_eq!(
        file("name=files; filename*=iso-8859-1'en'%A3%20rates").as_deref(),
        Some("£ rates")
    );
    assert_eq!(file("name=files"), None);
    // The part says which of its media types it has.
    let either = |part: &str| {
        read(&format!(
            "{part}\r\n--b\r\ncontent-disposition: form-data; name=files\r\n\r\nx"
        ))
        .map(|came| came.body.either.map(|size| size.w))
    };
    let json = "--b\r\ncontent-disposition: form-data; name=either\r\ncontent-type: application/json\r\n\r\n{\"w\":5}";
    assert_eq!(either(json), Ok(Some(5)));
    let xml = "--b\r\ncontent-disposition: form-data; name=either\r\ncontent-type: application/xml\r\n\r\n<Size><w>6</w></Size>";
    assert_eq!(either(xml), Ok(Some(6)));
    for broken in [
        "--b\r\ncontent-disposition: form-data; name=either\r\n\r\n",
        "--b\r\ncontent-disposition: form-data; name=either\r\n\r\n{\"w\":5",
    ] {
        assert!(either(broken).is_err(), "{broken}");
    }
}

#[test]
fn parts_by_position_have_types_of_their_own_and_parts_in_them() {
    let image = |text: &'static str| {
        Body::from(text).with_media_type(HeaderValue::from_static("image/png"))
    };
    let inner = ("t".to_owned(), Box::new(size(2)), image("p"));
    let mut request =
        CornerMixed::new((Box::new(size(1)), inner.into(), Some(image("last"))).into());
    let (head, body) = sent(&mut request).expect("it is sent").into_parts();
    let body = text(body);
    let types: Vec<&str> = body
        .lines()
        .filter_map(|line| line.strip_prefix("Content-Type: "))
        .map(|line| line.split(';').next().unwrap_or(line))
        .collect();
    assert_eq!(
        types,
        [
            "application/json",
            "multipart/mixed",
            "text/plain",
            "application/xml",
            "image/png",
            "image/png"
        ]
    );
    let came = received::<CornerMixed>(Request::from_parts(head, Body::from(body)))
        .expect("it is read")
        .body
        .into_inner();
    let (first, inner, last) = came;
    let (words, xml, bytes) = inner.into_inner();
    assert_eq!((first.w, words.as_str(), xml.w), (1, "t", 2));
    assert_eq!(
        (text(bytes), last.map(text)),
        ("p".to_owned(), Some("last".to_owned()))
    );
    let few = "--b\r\ncontent-type: application/json\r\n\r\n{\"w\":1}\r\n--b--";
    assert!(foreign::<CornerMixed>("/mixed", "multipart/mixed; boundary=b", few).is_err());
}

#[test]
fn texts_in_utf_16_have_a_byte_order() {
    let mut request = CornerText::new("aü🦀".to_owned());
    let (_, body) = sent(&mut request).expect("it is sent").into_parts();
    let body = bytes(body);
    assert_eq!(&body[..2], b"\xfe\xff");
    let read = |bytes: Vec<u8>| {
        foreign::<CornerText>("/text", "text/plain; charset=\"UTF-16\"", bytes)
            .map(|came| came.body)
    };
    assert_eq!(read(body).as_deref(), Ok("aü🦀"));
    let little: Vec<u8> = [0xfeff]
        .into_iter()
        .chain("aü🦀".encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(read(little).as_deref(), Ok("aü🦀"));
    assert!(read(b"\xfe\xff\xd8\x00".to_vec()).is_err());
    assert!(read(b"\xfe\xff\x00".to_vec()).is_err());
    assert!(foreign::<CornerText>("/text", "text/plain; charset=utf-8", "ü").is_err());
}

fn order() -> Order {
    let line = |unit: Option<&str>, text: &str| Line {
        unit: unit.map(str::to_owned),
        text: text.to_owned(),
    };
    Order {
        id: 7,
        lang: Some("de\"<>&'\n\t".to_owned()),
        note: Some(" a ]]> b ".to_owned()),
        lines: vec![line(Some("m"), "x < y"), line(None, "z")],
        labels: Some(vec!["a".to_owned(), "b".to_owned()]),
    }
}

#[test]
fn xml_is_read_by_its_namespaces_not_by_its_prefixes() {
    let (_, body) = written(CornerXml::new(order()));
    let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <o:order xmlns:o=\"urn:orders\" id=\"7\" xmlns:w=\"urn:words\" w:lang=\"de&quot;&lt;&gt;&amp;'&#10;&#9;\">\
        <n:note xmlns:n=\"urn:notes\"> a ]]&gt; b </n:note>\
        <lines><line unit=\"m\">x &lt; y</line><line>z</line></lines>\
        <label>a</label><label>b</label></o:order>";
    assert_eq!(body, expected);
    let read = |body: &str| {
        foreign::<CornerXml>("/xml", "application/xml", body.to_owned())
            .map(|came| format!("{:?}", came.body))
    };
    assert_eq!(read(&body), Ok(format!("{:?}", order())));
    let other = "\u{feff}<?xml version='1.0'?><!-- who --><p:order xmlns:p='urn:orders' xmlns:q='urn:words' id='7' q:lang='de&#34;&#x3c;>&amp;&apos;&#xA;&#9;'>\
        <note xmlns='urn:notes'><![CDATA[ a ]]]]><![CDATA[> b ]]></note><label>a</label>\
        <lines>\n <line unit='m'>x <!-- is less --><![CDATA[<]]> y</line><?pi?>\n <line>z</line>\n</lines><label>b</label></p:order>";
    assert_eq!(read(other), Ok(format!("{:?}", order())));
    for hostile in [
        "<!DOCTYPE order [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;\">]><order id='1'><lines/>&b;</order>",
        "<!DOCTYPE order [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><o:order xmlns:o='urn:orders' id='1'><lines><line>&a;</line></lines></o:order>",
        "<o:order xmlns:o='urn:orders' id='1'><lines><line>&unknown;</line></lines></o:order>",
        "<o:order xmlns:o='urn:orders' id='1'><lines>",
        "<o:order xmlns:o='urn:orders' id='1' id='2'><lines/></o:order>",
    ] {
        assert!(read(hostile).is_err(), "{hostile}");
    }
}

#[test]
fn sequences_and_events_are_read_as_others_send_them() {
    let items = |body: &'static str| {
        let came: CornerSequence =
            foreign("/sequence", "application/geo+json-seq", body).expect("a request");
        let mut stream = came.body;
        let mut names = Vec::new();
        while let Some(item) = now(stream.next()) {
            match item {
                Ok(item) => names.push(item.name),
                Err(error) => {
                    names.push(format!("{}", error.to_string().len() > 1));
                    break;
                }
            }
        }
        names
    };
    assert_eq!(
        items("\x1e{\"name\":\"a\"}\n\x1e{\"name\":\n\"b\"}\n"),
        ["a", "b"]
    );
    assert_eq!(items("\x1e\x1e{\"name\":\"a\"}\n"), ["a"]);
    // A record that is broken off is no value (RFC 7464, section 2.4).
    assert_eq!(items("\x1e{\"name\":\"a\"}\n\x1e{\"name\":"), ["a", "true"]);
    let events = |body: &'static str| {
        let answer = http::Response::builder()
            .header("content-type", "text/event-stream; charset=utf-8")
            .body(Body::from(body));
        let CornerSequenceResponse::Ok(mut stream) =
            understood::<CornerSequence>(answer.expect("an answer")).expect("a stream");
        let mut found = Vec::new();
        while let Some(event) = now(stream.next()) {
            let event = event.expect("an event");
            found.push((event.event, event.id, event.data));
        }
        found
    };
    let found = events(
        "\u{feff}id: a\revent:x\r\ndata: 1\n\ndata\ndata:  2\r\rdata: 3\r\n\r\n: note\n\nevent: y\n\nid\ndata: 4\n\ndata: cut off",
    );
    let data: Vec<&str> = found.iter().map(|(_, _, data)| data.as_str()).collect();
    assert_eq!(data, ["1", "\n 2", "3", "4"]);
    assert_eq!(found[0].0.as_deref(), Some("x"));
    assert_eq!(found[0].1.as_deref(), Some("a"));
    assert_eq!(found[1].0, None);
}

#[test]
fn bodies_are_what_their_media_type_says() {
    let image = || Body::from("x").with_media_type(HeaderValue::from_static("image/png"));
    let send = |content| {
        sent(&mut CornerChoice {
            body: Some(content),
            ..CornerChoice::default()
        })
        .map(|request| request.headers()["content-type"].clone())
    };
    assert_eq!(
        send(CornerChoiceContent::Image(image())).expect("an image"),
        "image/png"
    );
    let video = Body::from("x").with_media_type(HeaderValue::from_static("video/mp4"));
    assert_eq!(
        send(CornerChoiceContent::Image(video)).expect("anything"),
        "video/mp4"
    );
    // It would be read as something else.
    let text = Body::from("{}").with_media_type(HeaderValue::from_static("Application/JSON"));
    assert!(send(CornerChoiceContent::Image(text)).is_err());
    let json =
        Body::from("{}").with_media_type(HeaderValue::from_static("application/json; version=2"));
    assert!(send(CornerChoiceContent::Image(json)).is_err());
    let version = |media_type: &str| {
        foreign::<CornerChoice>("/choices", media_type, "{\"w\":1,\"name\":\"n\"}")
            .map(|came| format!("{:?}", came.body))
    };
    assert!(
        version("application/json")
            .expect("the first")
            .contains("Size")
    );
    assert!(
        version("application/json;Version=\"2\"; charset=utf-8")
            .expect("the second")
            .contains("Deep")
    );
    assert!(
        version("application/json; version=3")
            .expect("the first")
            .contains("Size")
    );
    let none = sent(&mut CornerChoice::default()).expect("nothing");
    assert!(!none.headers().contains_key("content-type"));
    assert!(
        received::<CornerChoice>(none)
            .expect("nothing")
            .body
            .is_none()
    );
}

/// A variant whose members another one would take as well.
fn slab(n: Option<&str>) -> Figure {
    Figure::Slab(Slab {
        kind: "slab".to_owned(),
        n: n.map(str::to_owned),
        m: None,
    })
}

#[test]
fn a_tag_decides_wherever_a_choice_stands() {
    for content in [
        CornerFigureContent::Xml(slab(None)),
        CornerFigureContent::Form(slab(None)),
        CornerFigureContent::Multipart(slab(None)),
    ] {
        let request = CornerFigure {
            figure: slab(Some("x")),
            deep: Some(slab(None)),
            any: None,
            x_figure: Some(Figure::Disc(Disc::new("disc".to_owned()))),
            body: content,
        };
        let written = sent(&mut request.clone()).expect("it is sent");
        assert_eq!(written.uri().path(), "/figures/;kind=slab;n=x");
        let came = received::<CornerFigure>(written).expect("it is read");
        assert!(came == request, "{came:?}");
    }
    // A tag that no variant has is no reason to guess.
    let query = "/figures/;kind=slab?deep%5Bkind%5D=ring";
    let error = foreign::<CornerFigure>(query, "application/x-www-form-urlencoded", "kind=disc");
    assert!(error.is_err_and(|error| error.contains("deep")));
}

#[test]
fn events_of_several_kinds_are_told_apart_by_their_event() {
    let wire = "event: ended\ndata: 7\n\nevent: begun\ndata:\n\nevent: paused\ndata: x\nid: 3\n\n: still here\n\n";
    let answer = http::Response::builder()
        .header("content-type", "text/event-stream")
        .body(Body::from(wire))
        .expect("an answer");
    let CornerFigureResponse::Ok(mut events) =
        understood::<CornerFigure>(answer).expect("it is read");
    let mut next = || now(events.next()).map(|event| event.expect("an event"));
    assert!(matches!(next(), Some(Happening::Ended(ended)) if ended.data == "7"));
    assert!(matches!(next(), Some(Happening::Begun(begun)) if begun.data.is_none()));
    let unknown = serde_json::json!({"event": "paused", "data": "x", "id": "3"});
    assert!(matches!(next(), Some(Happening::Unknown(event)) if event == unknown));
    assert!(next().is_none());
}

#[test]
fn a_whole_query_that_is_a_form_has_encodings() {
    let request = CornerFind {
        query: Some(CornerFindQuery {
            q: Some("a b".to_owned()),
            ids: Some(vec![1, 2]),
            size: Some(size(3)),
        }),
        sid: None,
    };
    let written = sent(&mut request.clone()).expect("it is sent");
    assert_eq!(written.uri().query(), Some("q=a+b&ids=1%7C2&size%5Bw%5D=3"));
    let came = received::<CornerFind>(written).expect("it is read");
    assert!(came == request, "{came:?}");
}

#[test]
fn what_has_no_type_is_a_text_in_a_query() {
    let request = |any| CornerFigure {
        any: Some(any),
        ..CornerFigure::new(slab(None), CornerFigureContent::Form(slab(None)))
    };
    let written = sent(&mut request(serde_json::json!(5))).expect("it is sent");
    assert_eq!(written.uri().query(), Some("any=5"));
    let came = received::<CornerFigure>(written).expect("it is read");
    assert_eq!(came.any, Some(serde_json::json!("5")));
    // Its members would stand under names that nobody looks for.
    assert!(refused(request(serde_json::json!({"a": 1}))).contains("any"));
}

#[test]
fn fields_of_the_headers_of_parts_have_types() {
    let area = CornerScansBodyPart2Headers {
        area: Some(size(2)),
        page: None,
    };
    let png = Body::from("<png>").with_media_type(HeaderValue::from_static("image/png"));
    let mut request = CornerScans::new(
        (
            Part::new(
                size(1),
                CornerScansBodyPart1Headers::new("<a@b>".to_owned()),
            ),
            Part::new(png, area),
        )
            .into(),
    );
    let written = sent(&mut request).expect("it is sent");
    let media_type = written.headers()["content-type"].clone();
    let text = String::from_utf8_lossy(written.body().bytes().unwrap_or_default()).into_owned();
    assert!(text.contains("content-id: <a@b>\r\n"), "{text}");
    assert!(text.contains("x-area: w=2\r\n"), "{text}");
    let (first, second) = received::<CornerScans>(written)
        .expect("it is read")
        .body
        .into_inner();
    assert_eq!(first.headers.content_id, "<a@b>");
    assert_eq!(second.headers.area, Some(size(2)));
    // The receiver fills the default in.
    assert_eq!(second.headers.page, Some(1));
    // A field that is missing, or not what it should be, is told by its name.
    let media_type = media_type.to_str().expect("ASCII");
    let missing = text.replace("content-id: <a@b>\r\n", "");
    let error = foreign::<CornerScans>("/scans", media_type, missing);
    assert!(error.is_err_and(|error| error.contains("Content-ID")));
    let wrong = text.replace("w=2", "w=two");
    let error = foreign::<CornerScans>("/scans", media_type, wrong);
    assert!(error.is_err_and(|error| error.contains("X-Area")));
}
