//! A small document through `emit` and `render`.

use super::*;
use crate::document::{Location, Style};
use crate::ir::*;
use crate::name::{GroupNames, Names, OperationNames, TypeNames};
use crate::source::NodeId;
use serde_json::json;

fn at() -> NodeId {
    NodeId(0)
}
fn field(wire: &str, ty: Ty, required: bool) -> Field {
    Field {
        at: at(),
        wire: wire.into(),
        pinned: None,
        docs: Docs {
            description: Some(format!("The {wire}.\nSee [x].")),
            examples: vec![json!("a b")],
            ..Docs::default()
        },
        value: Value::plain(ty),
        required,
        default: None,
        read_only: false,
        write_only: false,
        boxed: false,
    }
}
fn ty(origin: &str, shape: Shape, owner: Owner) -> Type {
    Type {
        at: at(),
        origin: Origin::Component(origin.into()),
        pinned: None,
        docs: Docs {
            description: Some(format!("A {origin}.\n\n    code()\n")),
            ..Docs::default()
        },
        shape,
        usage: Usage::default(),
        nullable: false,
        checks: Vec::new(),
        owner,
        streams: false,
        same_as: None,
    }
}
fn api() -> (Api, Names) {
    let g = Owner::Group(GroupId(0));
    let mut size = field("size", Ty::Integer(Width::I64), true);
    size.value.rules.minimum = Some("1".into());
    size.default = Some(json!(20));
    let mut gateway = field("gateway_ip", Ty::String, false);
    gateway.value.nullable = true;
    let mut list_value = Value::plain(Ty::String);
    list_value.rules.max_length = Some(3);
    let types = vec![
        ty(
            "Backup",
            Shape::Object(Object {
                not_sent: Vec::new(),
                is_header: false,
                as_read: false,
                fields: vec![
                    field("id", Ty::Text(Format::Uuid), false),
                    size,
                    gateway,
                    field("type", Ty::Named(TypeId(2)), false),
                    field("created_at", Ty::Text(Format::DateTime), false),
                    field("error", Ty::Named(TypeId(1)), false),
                    field("names", Ty::List(Box::new(list_value)), false),
                    field(
                        "a_very_long_name_of_a_field_so_that_it_is_wrapped",
                        Ty::Map(Box::new(Value::plain(Ty::Map(Box::new(Value::plain(
                            Ty::Named(TypeId(1)),
                        )))))),
                        false,
                    ),
                ],
                extra: Extra::Kept(Box::new(Value::plain(Ty::String))),
                min_properties: None,
                max_properties: None,
                checks: Vec::new(),
                xml: None,
            }),
            g,
        ),
        ty(
            "Error",
            Shape::Object(Object {
                not_sent: Vec::new(),
                is_header: false,
                as_read: false,
                fields: vec![field("message", Ty::String, false)],
                extra: Extra::Ignored,
                min_properties: None,
                max_properties: None,
                checks: Vec::new(),
                xml: None,
            }),
            Owner::Shared,
        ),
        ty(
            "Kind",
            Shape::Enum(Enum {
                kind: EnumKind::String,
                open: true,
                any: false,
                variants: vec![
                    EnumVariant {
                        value: json!("SOFT"),
                        pinned: None,
                        docs: Docs::default(),
                    },
                    EnumVariant {
                        value: json!("HARD"),
                        pinned: None,
                        docs: Docs::default(),
                    },
                ],
            }),
            g,
        ),
        ty(
            "BackupList",
            Shape::Alias(Value::plain(Ty::List(Box::new(Value::plain(Ty::Named(
                TypeId(0),
            )))))),
            g,
        ),
    ];
    let parameter = |wire: &str, location, ty, required| Parameter {
        at: at(),
        wire: wire.into(),
        pinned: None,
        location,
        style: if location == Location::Path {
            Style::Simple
        } else {
            Style::Form
        },
        explode: location != Location::Path,
        allow_reserved: false,
        allow_empty: false,
        content: None,
        encoding: Vec::new(),
        docs: Docs {
            description: Some("How many".into()),
            ..Docs::default()
        },
        value: Value::plain(ty),
        required,
        default: Some(json!(20)).filter(|_| !required),
    };
    let media = |ty| {
        Some(Media {
            at: at(),
            media_types: vec!["application/json".into()],
            codec: Codec::Json,
            encoding: Vec::new(),
            value: Value::plain(ty),
            examples: vec![],
        })
    };
    let response = |status, description: &str, media| Response {
        at: at(),
        status,
        docs: Docs {
            description: Some(description.into()),
            ..Docs::default()
        },
        headers: Vec::new(),
        headers_of: None,
        media,
    };
    let operations = vec![Operation {
        at: at(),
        id: Some("listBackups".into()),
        pinned: None,
        method: "GET".into(),
        route: Route {
            text: "/v1/backups/{id}".into(),
            segments: vec![],
        },
        docs: Docs {
            description: Some("List all.".into()),
            ..Docs::default()
        },
        summary: Some("List backups".into()),
        group: GroupId(0),
        parameters: vec![
            parameter("limit", Location::Query, Ty::Integer(Width::I64), false),
            parameter("id", Location::Path, Ty::Text(Format::Uuid), true),
        ],
        body: None,
        responses: vec![
            response(
                Status::Exact(200),
                "List of backups",
                media(Ty::Named(TypeId(3))),
            ),
            response(Status::Exact(204), "Nothing", None),
            response(Status::Range(4), "", media(Ty::Named(TypeId(1)))),
            response(Status::Default, "- a\n- b", None),
        ],
        base_urls: Vec::new(),
        security: vec![vec![Requirement {
            scheme: 0,
            scopes: vec![],
        }]],
        paging: Some(Paging {
            at: at(),
            items: "/backups".into(),
            item: Value::plain(Ty::Named(TypeId(0))),
            cursor: 0,
            next: Next::LastItem("/id".into()),
            more: None,
        }),
        links: Vec::new(),
    }];
    let api = Api {
        foreign: Vec::new(),
        inputs: Vec::new(),
        checks: Vec::new(),
        closed: false,
        keeps: false,
        title: "ByCloud API".into(),
        version: "1".into(),
        docs: Docs::default(),
        license: None,
        base_urls: vec![BaseUrl {
            url: "https://api.spo1.mycloud.com".into(),
            description: None,
        }],
        types,
        operations,
        groups: vec![Group {
            tag: Some("Block storage".into()),
            docs: Docs::default(),
            operations: vec![OperationId(0)],
        }],
        apart: Default::default(),
        kept_apart: Default::default(),
        longest_chain: 0,
        security_schemes: vec![SecurityScheme {
            at: at(),
            name: "bearerAuth".into(),
            docs: Docs::default(),
            kind: SchemeKind::Bearer,
        }],
    };
    let v = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
    let type_names = |name: &str, members: &[&str]| TypeNames {
        derives: Vec::new(),
        name: name.to_owned(),
        members: v(members),
        extra: "extra".to_owned(),
    };
    let names = Names {
        checks: Vec::new(),
        types: vec![
            type_names(
                "Backup",
                &[
                    "id",
                    "size",
                    "gateway_ip",
                    "r#type",
                    "created_at",
                    "error",
                    "names",
                    "a_very_long_name_of_a_field_so_that_it_is_wrapped",
                ],
            ),
            type_names("Error", &["message"]),
            type_names("Kind", &["Soft", "Hard"]),
            type_names("BackupList", &[]),
        ],
        groups: vec![GroupNames {
            module: "block_storage".into(),
            method: "block_storage".into(),
            feature: "block-storage".into(),
            interface: "BlockStorage".into(),
        }],
        operations: vec![OperationNames {
            method: "list_backups".into(),
            request: "ListBackups".into(),
            response: "ListBackupsResponse".into(),
            success: "ListBackupsSuccess".into(),
            parameters: v(&["limit", "id"]),
            body: "body".into(),
            responses: v(&["Ok", "NoContent", "ClientError", "Default"]),
            ..OperationNames::default()
        }],
        schemes: v(&["bearer_auth"]),
    };
    (api, names)
}

fn options(gated: bool) -> Options {
    Options {
        gated,
        client: true,
        server: true,
        runtime: Runtime::Dependency,
        date_time: DateTime::Chrono,
    }
}

const HEADER: &str = "@generated by oasmith from bycloud.yaml; do not edit.";

fn rendered(api: &Api, names: &Names) -> Vec<crate::render::File> {
    let options = options(true);
    let root = emit(api, names, &options);
    crate::render::crate_files(&root, HEADER).unwrap_or_else(|fault| unreachable!("{fault:?}"))
}

fn text(files: &[crate::render::File], path: &str) -> String {
    let file = files
        .iter()
        .find(|file| file.path == std::path::Path::new(path));
    file.map(|file| file.text.clone())
        .unwrap_or_else(|| unreachable!("{path} is missing"))
}

/// What rustfmt would change, or `None` where there is no rustfmt.
fn rustfmt(text: &str) -> Option<String> {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let mut command = Command::new("rustfmt");
    command.args(["--edition", "2024", "--check", "--color", "never"]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(text.as_bytes()).ok()?;
    let output = child.wait_with_output().ok()?;
    Some(
        String::from_utf8_lossy(&output.stdout).into_owned()
            + &String::from_utf8_lossy(&output.stderr),
    )
}

#[test]
fn rustfmt_has_nothing_to_change() {
    let (mut api, mut names) = api();
    // Lines of every length around the places where a line is broken.
    for length in 20..90 {
        let name = format!("A{}", "b".repeat(length));
        let mut long = field(&"x".repeat(length), Ty::Named(TypeId(0)), length % 3 == 0);
        let map = Ty::Map(Box::new(Value::plain(Ty::Named(TypeId(4)))));
        long.value = Value::plain(if length % 2 == 0 { map } else { long.value.ty });
        let object = Object {
            fields: vec![long],
            extra: Extra::Ignored,
            min_properties: None,
            max_properties: None,
            not_sent: Vec::new(),
            is_header: false,
            as_read: false,
            checks: Vec::new(),
            xml: None,
        };
        api.types
            .push(ty("Long", Shape::Object(object), Owner::Shared));
        names.types.push(TypeNames {
            derives: Vec::new(),
            name,
            members: vec!["x".repeat(length)],
            extra: String::new(),
        });
        api.types.push(ty(
            "Alias",
            Shape::Alias(Value::plain(Ty::List(Box::new(Value::plain(Ty::Named(
                TypeId(4),
            )))))),
            Owner::Shared,
        ));
        names.types.push(TypeNames {
            derives: Vec::new(),
            name: format!("C{}", "d".repeat(length)),
            ..TypeNames::default()
        });
    }
    for length in 20..90 {
        let mut operation = api.operations[0].clone();
        let last = u32::try_from(api.types.len()).unwrap_or_default() - 1;
        operation.responses.truncate(1);
        if let Some(media) = &mut operation.responses[0].media {
            media.value = Value::plain(Ty::Named(TypeId(last - 2 * (length - 20))));
        }
        api.groups[0].operations.push(OperationId(length - 19));
        api.operations.push(operation);
        let length = length as usize;
        names.operations.push(OperationNames {
            method: format!("m{}", "e".repeat(length)),
            request: format!("E{}", "f".repeat(length)),
            response: format!("G{}", "h".repeat(length)),
            parameters: vec!["limit".to_owned(), "i".repeat(length)],
            responses: vec![format!("J{}", "k".repeat(length / 3))],
            ..OperationNames::default()
        });
    }
    for file in rendered(&api, &names) {
        let Some(changes) = rustfmt(&file.text) else {
            println!("skipped: there is no rustfmt here");
            return;
        };
        assert!(changes.is_empty(), "{}: {changes}", file.path.display());
    }
    let single = crate::render::single_file(&emit(&api, &names, &options(false)), HEADER);
    let single = single.unwrap_or_else(|fault| unreachable!("{fault:?}"));
    assert!(!single.contains("cfg(") && !single.contains("//!"));
}

#[test]
fn an_object_is_a_struct_and_its_table() {
    let (api, names) = api();
    let text = text(&rendered(&api, &names), "src/types/block_storage.rs");
    let expected = [
        "    pub gateway_ip: Maybe<String>,\n",
        "    pub r#type: Option<Kind>,\n",
        "    pub created_at: Option<DateTime<FixedOffset>>,\n",
        "id, size(required, default = 20, minimum = 1), gateway_ip(nullable), r#type: \"type\",\n",
        "    Backup new(size: i64, ..) {\n",
        "    }\n    extra\n}\n",
        "use super::Error;\n",
        "}\nstring_enum! { open Kind { Soft: \"SOFT\", Hard: \"HARD\" } }\n",
    ];
    for part in expected {
        assert!(text.contains(part), "{part:?} is missing in\n{text}");
    }
}

#[test]
fn a_type_may_have_a_name_of_the_prelude_or_of_an_import() {
    let (mut api, mut names) = api();
    names.types[0].name = "Option".to_owned();
    names.types[1].name = "Uuid".to_owned();
    names.types[2].name = "Maybe".to_owned();
    api.groups[0].tag = None;
    let files = rendered(&api, &names);
    let types = text(&files, "src/types/block_storage.rs");
    assert!(
        types.contains("pub id: ::std::option::Option<uuid::Uuid>,")
            || types.contains("pub error: ::std::option::Option<super::Uuid>,"),
        "{types}"
    );
    assert!(
        types.contains("pub gateway_ip: super::super::runtime::Maybe<String>,"),
        "{types}"
    );
    let operations = text(&files, "src/operations/block_storage.rs");
    assert!(
        operations.contains("pub limit: Option<i64>,")
            && operations.contains("[super::super::types::Option]"),
        "{operations}"
    );
}

#[test]
fn same_input_same_bytes() {
    let (api, names) = api();
    assert_eq!(rendered(&api, &names), rendered(&api, &names));
}

#[test]
fn a_crate_has_its_manifest_readme_and_runtime() {
    let (api, names) = api();
    let options = Options {
        runtime: Runtime::Inline,
        ..options(true)
    };
    let more = toml::Table::new();
    let files = crate::package::crate_files(
        &api,
        &names,
        &options,
        "bycloud",
        "bycloud.yaml",
        &more,
        None,
    );
    let files = files.unwrap_or_else(|fault| unreachable!("{fault:?}"));
    assert!(text(&files, "src/lib.rs").contains("pub mod operations;\npub mod runtime;\n"));
    assert!(text(&files, "README.md").contains("| `block-storage` | Block storage |\n\nAll of"));
    assert!(
        text(&files, "src/runtime/scalar/mod.rs")
            .contains("mod base64;\nmod chrono;\nmod ip;\nmod secret;\nmod unix;\nmod uuid;\n")
    );
    assert!(
        !files
            .iter()
            .any(|file| file.path.ends_with("jiff.rs") || file.path.ends_with("runtime/lib.rs"))
    );
    for file in &files {
        assert!(
            file.text
                .lines()
                .next()
                .is_some_and(|line| line.contains(crate::output::MARK)),
            "{}",
            file.path.display()
        );
    }
}

#[test]
fn the_example_of_a_readme_calls_an_operation_that_demands_nothing() {
    let (mut api, names) = api();
    assert!(example(&api, &names, &options(true), "by-cloud").is_none());
    api.operations[0].parameters[1].required = false;
    let items = example(&api, &names, &options(true), "by-cloud")
        .unwrap_or_else(|| unreachable!("an operation is free"));
    let text = items
        .map(|item| {
            crate::render::code(&item, "README.md")
                .unwrap_or_else(|fault| unreachable!("{fault:?}"))
        })
        .concat();
    assert!(
        text.contains("use by_cloud::{Client, operations::ListBackups};\n"),
        "{text}"
    );
    assert!(
        text.contains("    let client = Client::builder().bearer_auth(secret).build()?;\n"),
        "{text}"
    );
    assert!(
        text.contains("    let answer = client.list_backups(ListBackups::default()).await?;\n"),
        "{text}"
    );
    assert!(rustfmt(&text).is_none_or(|changes| changes.is_empty()));
}
