//! What words become.

use super::super::check::{Check, Rule};
use super::super::operation::{Codec, Location, OperationTable, Style};
use super::super::table::{Accepts, Mark, ObjectTable, Several, UnionTable};
use super::Words;

static POSITIVE: Check = Check::new("{ marks: (minimum = 1) }", &[]);

#[test]
fn an_object_has_its_fields_in_order() {
    let words = Words::new(
        r#"Backup closed (min_properties = 1, check(checks :: POSITIVE))
           { id(required), r#type: "type\u{e4}\x41\n" (nullable, default = -1.5e-3),
             sizes(min_items = 1, items(minimum = - 1, nullable), default_json = r"[1]") }"#,
    );
    let table: &ObjectTable = words
        .with(const { &[("checks::POSITIVE", &POSITIVE)] })
        .table();
    assert!(table.closed);
    assert!(matches!(
        table.marks,
        [Mark::MinProperties(1), Mark::Check(_)]
    ));
    let names: Vec<_> = table
        .fields
        .iter()
        .map(|field| (field.name, field.key))
        .collect();
    assert_eq!(
        names,
        [
            ("id", "\"id\""),
            ("type\u{e4}A\n", "\"type\u{e4}A\\n\""),
            ("sizes", "\"sizes\"")
        ]
    );
    assert!(table.fields[0].required && !table.fields[1].required && table.fields[1].nullable);
    assert_eq!(table.fields[1].default(), Some("-1.5e-3"));
    let [
        Mark::MinItems(1),
        Mark::Items([Mark::Minimum(_), Mark::Nullable]),
        Mark::Default("[1]"),
    ] = table.fields[2].marks
    else {
        panic!("{:?}", table.fields[2].marks);
    };
}

#[test]
fn a_union_has_its_variants() {
    let words = Words::new(
        r#"Pet open any_of by "kind" { Cat: "cat" | "tom" | (-3) | true, Rest: _, Size: string | list has "size" (max_length = 2) }"#,
    );
    let table: &UnionTable = words.table();
    assert!(table.open && !table.mixed && table.several == Several::AnyOf);
    assert_eq!(table.tag, Some("kind"));
    let accepts: Vec<_> = table
        .variants
        .iter()
        .map(|variant| variant.accepts)
        .collect();
    let tags = [
        Accepts::Tag("cat"),
        Accepts::Tag("tom"),
        Accepts::TagInteger(-3),
        Accepts::TagBool(true),
    ];
    assert_eq!(
        accepts,
        [
            &tags[..],
            &[Accepts::Otherwise],
            &[Accepts::String, Accepts::List]
        ]
    );
    assert_eq!(table.variants[2].member, Some("size"));
    assert!(matches!(table.variants[2].marks, [Mark::MaxLength(2)]));
}

#[test]
fn an_operation_has_its_sections() {
    let words = Words::new(
        r#"UpdatePet "updatePet" PATCH "/pets/{id}" base "/v2" security["a", "b" ("read", "write")] []
           path { id(required) } query { ids: "id" (style = "pipeDelimited", explode = false) }
           body { UpdatePetBody { Json: json, Form: form "a/b" "c/d"
             [("tags", content_type = "text/plain", style = "form", explode = false, encoding = [("in")])]
             (min_properties = 1) } (required) }
           responses { 200 Ok: json, 4XX Client: text "text/html" (max_length = 3), default Default: empty }"#,
    );
    let table: &OperationTable = words.table();
    assert_eq!((table.name, table.id), ("UpdatePet", "updatePet"));
    assert_eq!((table.method, table.route), ("PATCH", "/pets/{id}"));
    assert_eq!(table.base, ["/v2"]);
    let [[a, b], []] = table.security else {
        panic!("{:?}", table.security);
    };
    assert_eq!(
        (a.scheme, b.scheme, b.scopes),
        ("a", "b", &["read", "write"][..])
    );
    let [id, ids] = table.parameters else {
        panic!("{:?}", table.parameters);
    };
    assert!(id.location == Location::Path && id.field.required);
    assert_eq!(
        (ids.field.name, ids.style(), ids.explode()),
        ("id", Style::PipeDelimited, false)
    );
    let body = table.body.as_ref().expect("a body");
    assert!(body.field.required);
    let [json, form] = body.media else {
        panic!("{:?}", body.media);
    };
    assert_eq!(
        (json.codec, json.names),
        (Codec::Json, &["application/json"][..])
    );
    assert_eq!((form.codec, form.names), (Codec::Form, &["a/b", "c/d"][..]));
    assert!(matches!(form.marks, [Mark::MinProperties(1)]));
    let [tags] = form.encoding else {
        panic!("{:?}", form.encoding);
    };
    assert_eq!(
        (
            tags.name,
            tags.content_type,
            tags.style,
            tags.encoding.len()
        ),
        (
            "tags",
            Some("text/plain"),
            Some((Style::Form, false, false)),
            1
        )
    );
    let answers: Vec<_> = table
        .answers
        .iter()
        .map(|answer| (answer.name, answer.media.map(|media| media.codec)))
        .collect();
    assert_eq!(
        answers,
        [
            ("Ok", Some(Codec::Json)),
            ("Client", Some(Codec::Text)),
            ("Default", None)
        ]
    );
}

#[test]
fn a_body_of_one_media_type_has_what_is_said_of_it() {
    let words = Words::new(
        r#"Create "create" POST "/" body { json "application/merge-patch+json" (required, min_properties = 1) } responses { }"#,
    );
    let table: &OperationTable = words.table();
    let body = table.body.as_ref().expect("a body");
    assert!(body.field.required);
    let [media] = body.media else {
        panic!("{:?}", body.media);
    };
    assert_eq!(media.names, ["application/merge-patch+json"]);
    assert!(matches!(media.marks, [Mark::MinProperties(1)]));
}

#[test]
fn a_schema_may_hold_others_and_itself() {
    static TREE: Check = Check::new(
        r#"{ type: [object, null], enum: [1, "x", null, (json "{\"k\":[1.0]}")],
             properties: { "left": TREE, "right": { any_of: [TREE, false, true] } },
             pattern_properties: { "^n": { never: true } }, dependent_required: { "a": ["b", "c"] },
             marks: (pattern = "^x\\d", max_length = 3), min_contains: 2 }"#,
        &[("TREE", &TREE)],
    );
    let [
        Rule::Type(kinds),
        Rule::Enum([one, text, null, json]),
        Rule::Properties([(left, tree), (_, right)]),
        Rule::PatternProperties([_]),
        Rule::DependentRequired([("a", ["b", "c"])]),
        Rule::Marks([Mark::Pattern(_), Mark::MaxLength(3)]),
        Rule::MinContains(2),
    ] = TREE.rules()
    else {
        panic!("{:?}", TREE.rules());
    };
    assert_eq!(kinds.len(), 2);
    assert_eq!(
        (*one, *text, *null, *json, *left),
        ("1", "\"x\"", "null", "{\"k\":[1.0]}", "left")
    );
    assert!(
        std::ptr::eq(*tree, &raw const TREE) && matches!(right.rules(), [Rule::AnyOf([_, _, _])])
    );
}
