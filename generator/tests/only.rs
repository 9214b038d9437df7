//! A part of a document: some operations, what they reach, and nothing else.

use oasmith::Config;
use std::collections::BTreeMap;
use std::path::Path;

const DOCUMENT: &str = "
openapi: 3.1.0
info: {title: Zoo, version: '1'}
paths:
  /birds:
    get:
      operationId: aListBirds
      tags: [birds]
      responses: {'200': {description: Birds., headers: {X-Rate: {schema: {type: integer}}}}}
  /birds/{name}:
    get:
      operationId: getBird
      tags: [birds]
      parameters: [{name: name, in: path, required: true, schema: {type: string}}]
      responses: {'204': {description: A bird., headers: {X-Rate: {schema: {type: integer}}}}}
  /nests:
    get:
      operationId: listNests
      tags: [birds]
      responses:
        '200':
          description: Nests.
          headers: {X-Rate: {schema: {type: integer}}}
          links:
            birds: {operationId: aListBirds}
            bird: {operationId: getBird, parameters: {name: Tim}}
  /cats:
    get:
      operationId: listCats
      tags: [cats]
      responses:
        '200':
          description: Cats.
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Cat'}}}}
  /dogs/{id}:
    get:
      tags: [dogs]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200':
          description: A dog.
          content: {application/json: {schema: {$ref: '#/components/schemas/Dog'}}}
  /feed:
    get:
      operationId: feed
      tags: [fish]
      responses:
        '200':
          description: What happens.
          content: {text/event-stream: {schema: {$ref: '#/components/schemas/Meal'}}}
  /pairs:
    get:
      operationId: listPairs
      tags: [fish]
      responses:
        '200':
          description: Pairs.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pair'}}}
components:
  schemas:
    Unused: {type: object, properties: {name: {type: string}}}
    Cat:
      type: object
      properties:
        mother: {$ref: '#/components/schemas/Cat'}
        food: {type: object, properties: {name: {type: string}}}
        toy: {type: object, properties: {name: {type: string}}}
    Dog: {type: object, properties: {id: {type: string, format: uuid}}}
    Fish: {type: object, properties: {fins: {type: integer}}}
    Meal: {type: object, properties: {data: {type: string}}}
    Pair: {type: array, prefixItems: [{$ref: '#/components/schemas/Fish'}, {$ref: '#/components/schemas/Meal'}], minItems: 2, items: false}
";

/// The files by path, and the messages.
fn generated(name: &str, config: &str) -> (BTreeMap<String, String>, String) {
    let folder = std::env::temp_dir().join(format!("oasmith-only-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).expect("it is written");
        path
    };
    let (document, config) = (write("zoo.yaml", DOCUMENT), write("oasmith.toml", config));
    let config = Config::new(document).file(&config).expect("it is read");
    let output = config.generate();
    let files = output
        .files()
        .map(|(path, text)| (shown(path), text.to_owned()));
    let result = (files.collect(), output.text(false));
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
    result
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

#[test]
fn operations_and_what_they_reach_are_as_in_the_whole() {
    let (whole, _) = generated("whole", "");
    let (part, messages) = generated("part", "only = ['listCats']\n");
    assert!(part.contains_key("src/operations/cats.rs"), "{messages}");
    for file in [
        "src/operations/cats.rs",
        "src/types/cats.rs",
        "src/client/cats.rs",
    ] {
        assert_eq!(part[file], whole[file]);
    }
    let of_dogs = |path: &&String| path.contains("dogs") || path.contains("types/shared");
    assert_eq!(part.keys().find(of_dogs), None);
    assert!(whole["Cargo.toml"].contains("uuid") && !part["Cargo.toml"].contains("dogs = "));
}

#[test]
fn what_streams_and_tuples_hold_stays_what_it_is() {
    let (part, messages) = generated("held", "only = ['feed', 'listPairs']\n");
    let (types, operations) = (&part["src/types/fish.rs"], &part["src/operations/fish.rs"]);
    assert!(types.contains("pub struct Meal"), "{messages}");
    assert!(
        types.contains("Tuple<(Box<Fish>, Box<Meal>), 2>"),
        "{types}"
    );
    assert!(operations.contains("Stream<Meal>"), "{operations}");
}

#[test]
fn what_leads_to_operations_that_went_goes_with_them() {
    let (whole, _) = generated("whole-links", "");
    let all = &whole["src/operations/birds.rs"];
    assert!(
        all.contains("birds: AListBirds") && all.contains("bird: GetBird"),
        "{all}"
    );
    assert!(
        all.contains("pub type ListNestsOkHeaders = AListBirdsOkHeaders"),
        "{all}"
    );
    let (part, _) = generated("links", "only = ['listNests', 'getBird']\n");
    let birds = &part["src/operations/birds.rs"];
    assert!(
        birds.contains("bird: GetBird") && !birds.contains("birds:"),
        "{birds}"
    );
    // The struct that the others were the same as is gone: another one takes its place.
    assert!(!birds.contains("AListBirds"), "{birds}");
    assert!(
        birds.contains("pub struct GetBirdNoContentHeaders"),
        "{birds}"
    );
    assert!(
        birds.contains("pub type ListNestsOkHeaders = GetBirdNoContentHeaders"),
        "{birds}"
    );
}

#[test]
fn an_operation_without_an_id_is_named_by_method_and_route() {
    let (part, messages) = generated("route", "only = ['get /dogs/{id}']\n");
    assert!(part.contains_key("src/types/dogs.rs"), "{messages}");
    assert!(!part.contains_key("src/types/cats.rs"));
}

#[test]
fn an_operation_that_does_not_exist_is_an_error() {
    let (part, messages) = generated("wrong", "only = ['listCat']\n");
    assert!(part.is_empty());
    assert!(
        messages.contains("error[missing-operation]") && messages.contains("there is `listCats`"),
        "{messages}"
    );
}
