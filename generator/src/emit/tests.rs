use super::*;
use crate::document::{Location, Style};
use crate::ir::*;
use crate::name::{GroupNames, Names, OperationNames};
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
fn ty(origin: &str, shape: Shape, owner: Option<GroupId>) -> Type {
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
        owner,
    }
}
pub(super) fn api() -> (Api, Names) {
    let g = Some(GroupId(0));
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
            }),
            g,
        ),
        ty(
            "Error",
            Shape::Object(Object {
                fields: vec![field("message", Ty::String, false)],
                extra: Extra::Ignored,
                min_properties: None,
                max_properties: None,
            }),
            None,
        ),
        ty(
            "Kind",
            Shape::Enum(Enum {
                kind: EnumKind::String,
                open: true,
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
            media_type: "application/json".into(),
            codec: Codec::Json,
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
        media,
    };
    let operations = vec![Operation {
        at: at(),
        id: Some("listBackups".into()),
        pinned: None,
        method: "get".into(),
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
    }];
    let api = Api {
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
        security_schemes: vec![SecurityScheme {
            at: at(),
            name: "bearerAuth".into(),
            docs: Docs::default(),
            kind: SchemeKind::Bearer,
        }],
    };
    let v = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
    let names = Names {
        types: v(&["Backup", "Error", "Kind", "BackupList"]),
        members: vec![
            v(&[
                "id",
                "size",
                "gateway_ip",
                "r#type",
                "created_at",
                "error",
                "names",
                "a_very_long_name_of_a_field_so_that_it_is_wrapped",
            ]),
            v(&["message"]),
            v(&["Soft", "Hard"]),
            vec![],
        ],
        groups: vec![GroupNames {
            module: "block_storage".into(),
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
        }],
        schemes: v(&["bearer_auth"]),
    };
    (api, names)
}

#[test]
fn prints() {
    let (api, names) = api();
    let root = emit(
        &api,
        &names,
        &Options {
            gated: true,
            client: true,
            server: true,
            runtime: Runtime::Dependency,
            date_time: DateTime::Chrono,
        },
    );
    let dir = std::path::Path::new("/tmp/g4t/out");
    for file in crate::render::crate_files(
        &root,
        "@generated by oasmith from bycloud.yaml; do not edit.",
    )
    .unwrap_or_else(|e| panic!("{e:?}"))
    {
        std::fs::create_dir_all(dir.join(&file.path).parent().expect("x")).expect("x");
        std::fs::write(dir.join(&file.path), &file.text).expect("x");
    }
    std::fs::write(
        dir.join("single.rs"),
        crate::render::single_file(&root, "h").expect("x"),
    )
    .expect("x");
}
