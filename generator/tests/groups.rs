//! Which module, and so which Cargo feature, a type goes to: what a feature leaves out, nothing else may need.

use oasmith::Config;
use std::collections::BTreeMap;

const DOCUMENT: &str = "
openapi: 3.1.0
info: {title: Zoo, version: '1'}
paths:
  /cats:
    get:
      operationId: listCats
      tags: [cats]
      responses: {'200': {description: Cats, content: {application/json: {schema: {$ref: '#/components/schemas/Cat'}}}}}
  /dogs:
    get:
      operationId: listDogs
      tags: [dogs]
      responses: {'200': {description: Dogs, content: {application/json: {schema: {$ref: '#/components/schemas/Dog'}}}}}
  /birds:
    get:
      operationId: listBirds
      tags: [birds]
      responses: {'200': {description: Birds, content: {application/json: {schema: {$ref: '#/components/schemas/Bird'}}}}}
components:
  schemas:
    Cat: {type: object, properties: {name: {type: string}}}
    Dog: {type: object, properties: {bone: {type: integer}}}
    Bird: {type: object, properties: {wings: {type: integer}}}
    Kennel: {type: object, properties: {dogs: {type: array, items: {$ref: '#/components/schemas/Dog'}}}}
    Nest: {type: object, properties: {birds: {type: array, items: {$ref: '#/components/schemas/Bird'}}}}
    Fight: {type: object, properties: {cat: {$ref: '#/components/schemas/Cat'}, kennel: {$ref: '#/components/schemas/Kennel'}}}
    Stone: {type: object, properties: {weight: {type: number}}}
";

/// Where each struct of the document is, and what the feature of those that no operation reaches needs.
fn homes() -> (BTreeMap<String, String>, String) {
    let folder = std::env::temp_dir().join(format!("oasmith-groups-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let document = folder.join("zoo.yaml");
    std::fs::write(&document, DOCUMENT).expect("it is written");
    let output = Config::new(&document).generate();
    let (mut homes, mut needs) = (BTreeMap::new(), String::new());
    for (path, text) in output.files() {
        if path.ends_with("Cargo.toml") {
            let feature = text.lines().find(|line| line.starts_with("unreached = "));
            needs = feature.unwrap_or_default().to_owned();
        }
        if !path.starts_with("src/types") {
            continue;
        }
        let names = text
            .lines()
            .filter_map(|line| line.strip_prefix("pub struct ")?.split(' ').next());
        for name in names {
            let module = path.file_stem().expect("a file").to_string_lossy();
            homes.insert(name.to_owned(), module.into_owned());
        }
    }
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
    (homes, needs)
}

#[test]
fn what_no_operation_reaches_costs_nobody_who_does_not_ask_for_it() {
    let (homes, needs) = homes();
    let home = |name: &str| homes[name].as_str();
    assert_eq!(
        ["Cat", "Dog", "Bird"].map(home),
        ["cats", "dogs", "birds"],
        "with the one group that reaches it"
    );
    assert_eq!(
        ["Nest", "Kennel", "Fight", "Stone"].map(home),
        ["unreached"; 4]
    );
    // It holds types of all groups.
    assert_eq!(needs, r#"unreached = ["cats", "dogs", "birds"]"#);
}
