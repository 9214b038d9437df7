//! Schemas mean what they say.

use super::check;

#[test]
fn schemas_say_nothing_in_vain() {
    let schema = |fields: &str| format!("components: {{schemas: {{A: {{{fields}}}}}}}");
    check(&[
        (
            "3.0.0",
            &schema("type: integer, exclusiveMinimum: true"),
            &["conflicting-fields 3:43"],
        ),
        (
            "3.0.0",
            &schema("type: string, enum: [a, 1]"),
            &["loose-value 3:52"],
        ),
        (
            "3.0.0",
            &schema("type: integer, enum: [1, a]"),
            &["invalid-value 3:53"],
        ),
        ("3.0.0", &schema("type: string, enum: [a, null]"), &[]),
        (
            "2.0",
            "definitions: {A: {enum: [a, a]}}",
            &["duplicate-name 3:29"],
        ),
        (
            "3.1.0",
            &schema("required: [a], additionalProperties: false"),
            &["impossible-constraint 3:39"],
        ),
        (
            "3.0.0",
            &schema("type: string, discriminator: {propertyName: a}"),
            &["conflicting-fields 3:42"],
        ),
        (
            "3.2.0",
            &schema("discriminator: {propertyName: a, defaultMapping: B}"),
            &["unusable-mapping 3:77"],
        ),
        ("3.1.0", &schema("prefixItems: []"), &["invalid-value 3:28"]),
        ("3.1.0", &schema("type: []"), &["invalid-value 3:28"]),
        ("3.1.0", &schema("$anchor: 1a"), &["invalid-name 3:37"]),
        (
            "3.1.0",
            &schema("$id: 'https://a/b#c'"),
            &["invalid-value 3:33"],
        ),
        (
            "3.1.0",
            &schema("allOf: [{$anchor: a}, {$anchor: a}]"),
            &["duplicate-name 3:60"],
        ),
        (
            "3.1.0",
            &schema("$dynamicRef: '#a'"),
            &["unresolved-reference 3:41"],
        ),
        (
            "3.1.0",
            &schema("xml: {namespace: a/b}"),
            &["invalid-value 3:45"],
        ),
    ]);
}
