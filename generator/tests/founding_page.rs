//! Takes the founding page (`GET /v1/backups`) apart and finds each of its facts in `specs/bycloud.yaml`.

mod bycloud;
mod page;

use bycloud::{child, document, locate};
use page::{Field, Page, Parameter};
use serde_json::{Value, json};

const PAGE: &str = include_str!("data/list-backups.page.txt");

/// What the page says of one place in the document.
#[derive(Debug)]
struct Fact {
    steps: Vec<String>,
    says: Says,
}

#[derive(Debug)]
enum Says {
    /// This value stands there.
    Equals(Value),
    /// A flag; absent counts as false.
    Flag(bool),
    /// The list of required members there has this name, or has it not.
    Requires(String, bool),
    /// Nothing stands there.
    Nothing,
}

impl Fact {
    fn holds(&self, document: &Value) -> bool {
        let found = locate(document, &self.steps).and_then(|at| document.pointer(&at));
        match &self.says {
            Says::Equals(value) => found == Some(value),
            Says::Flag(flag) => found.unwrap_or(&json!(false)) == &json!(flag),
            Says::Requires(name, required) => {
                let listed = found
                    .and_then(Value::as_array)
                    .is_some_and(|names| names.contains(&json!(name)));
                listed == *required
            }
            Says::Nothing => found.is_none(),
        }
    }

    /// Makes the document say something else.
    fn contradict(&self, document: &mut Value) {
        let (last, rest) = self.steps.split_last().expect("a fact has steps");
        let parent = locate(document, rest).unwrap_or_else(|| panic!("{rest:?} is there"));
        let other = match &self.says {
            Says::Equals(_) | Says::Nothing => json!(["something else"]),
            Says::Flag(flag) => json!(!flag),
            Says::Requires(_, true) => json!([]),
            Says::Requires(name, false) => json!([name]),
        };
        let at = locate(document, &self.steps).unwrap_or_else(|| child(&parent, last));
        match document.pointer_mut(&at) {
            Some(value) => *value = other,
            None => {
                document.pointer_mut(&parent).expect("the parent is there")[last.as_str()] = other
            }
        }
    }
}

fn steps(base: &[String], more: &[&str]) -> Vec<String> {
    base.iter()
        .cloned()
        .chain(more.iter().map(|step| (*step).to_owned()))
        .collect()
}

/// Every fact of the page.
fn facts(page: &Page) -> Vec<Fact> {
    let operation = steps(&[], &["paths", &page.path, &page.method]);
    let mut facts = Vec::new();
    let mut fact = |base: &[String], more: &[&str], says| {
        facts.push(Fact {
            steps: steps(base, more),
            says,
        })
    };

    fact(&operation, &["summary"], Says::Equals(json!(page.summary)));
    fact(
        &operation,
        &["description"],
        Says::Equals(json!(page.description)),
    );
    for parameter in &page.parameters {
        parameter_facts(
            parameter,
            &steps(&operation, &["parameters", &parameter.field.name]),
            &mut fact,
        );
    }
    for response in &page.responses {
        let base = steps(&operation, &["responses", &response.status]);
        fact(
            &base,
            &["description"],
            Says::Equals(json!(response.description)),
        );
        let schema = steps(&base, &["content", &response.content_type, "schema"]);
        fact(&schema, &["type"], Says::Equals(json!("object")));
        for field in &response.fields {
            kind_facts(
                field,
                &steps(&schema, &["properties", &field.name]),
                &mut fact,
            );
            fact(
                &schema,
                &["required"],
                Says::Requires(field.name.clone(), field.required),
            );
        }
    }
    let first = page.responses.first().expect("the page has responses");
    let content = steps(
        &operation,
        &[
            "responses",
            &first.status,
            "content",
            &page.curl.content_type,
        ],
    );
    fact(&content, &["example"], Says::Equals(page.example.clone()));

    fact(
        &[],
        &["servers", "0", "url"],
        Says::Equals(json!(page.curl.base_url)),
    );
    fact(&operation, &["servers"], Says::Nothing);
    let scheme = steps(&[], &["components", "securitySchemes", "bearerAuth"]);
    fact(&scheme, &["type"], Says::Equals(json!("http")));
    fact(&scheme, &["scheme"], Says::Equals(json!(page.curl.scheme)));
    fact(
        &[],
        &["security", "0"],
        Says::Equals(json!({ "bearerAuth": [] })),
    );
    fact(&operation, &["security"], Says::Nothing);
    facts
}

fn parameter_facts(
    parameter: &Parameter,
    base: &[String],
    fact: &mut impl FnMut(&[String], &[&str], Says),
) {
    fact(base, &["name"], Says::Equals(json!(parameter.field.name)));
    fact(base, &["in"], Says::Equals(json!(parameter.location)));
    fact(base, &["required"], Says::Flag(parameter.field.required));
    fact(
        base,
        &["description"],
        Says::Equals(json!(parameter.description)),
    );
    kind_facts(&parameter.field, &steps(base, &["schema"]), fact);
    let given = |value: &Option<Value>| value.clone().map_or(Says::Nothing, Says::Equals);
    fact(base, &["schema", "default"], given(&parameter.default));
    fact(base, &["example"], given(&parameter.example));
    fact(base, &["schema", "enum"], Says::Nothing);
}

fn kind_facts(field: &Field, schema: &[String], fact: &mut impl FnMut(&[String], &[&str], Says)) {
    fact(schema, &["type"], Says::Equals(json!(field.kind)));
    let format = field
        .format
        .as_ref()
        .map_or(Says::Nothing, |format| Says::Equals(json!(format)));
    fact(schema, &["format"], format);
}

/// The facts of the page that the document lacks.
fn missing(page: &Page, document: &Value) -> Vec<String> {
    let facts = facts(page);
    facts
        .iter()
        .filter(|fact| !fact.holds(document))
        .map(|fact| format!("{fact:?}"))
        .collect()
}

#[test]
fn the_document_has_every_fact_of_the_page() {
    let page = Page::read(PAGE).expect("the page has the known structure");
    assert_eq!(page.parameters.len(), 5);
    assert_eq!(
        page.responses
            .iter()
            .map(|response| response.status.as_str())
            .collect::<Vec<_>>(),
        ["200", "401", "500"]
    );
    assert_eq!(missing(&page, &document()), Vec::<String>::new());
}

#[test]
fn a_fact_that_the_document_contradicts_is_missed() {
    let page = Page::read(PAGE).expect("the page has the known structure");
    let document = document();
    let facts = facts(&page);
    assert!(facts.len() > 60, "{} facts", facts.len());
    for fact in facts {
        let mut other = document.clone();
        fact.contradict(&mut other);
        assert!(!fact.holds(&other), "nobody would notice: {fact:?}");
    }
}

#[test]
fn no_line_of_the_page_is_passed_over() {
    let document = document();
    let lines: Vec<&str> = PAGE.lines().collect();
    for (index, line) in lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        let changed = format!("{line}~");
        let mut lines = lines.clone();
        lines[index] = &changed;
        let noticed = match Page::read(&lines.join("\n")) {
            Ok(page) => !missing(&page, &document).is_empty(),
            Err(_) => true,
        };
        assert!(noticed, "line {} may say anything: {line}", index + 1);
    }
}
