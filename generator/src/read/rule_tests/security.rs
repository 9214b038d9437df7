//! Security schemes and what is asked of them.

use super::check;

#[test]
fn security_schemes_have_what_their_type_has() {
    let scheme = |fields: &str| format!("components: {{securitySchemes: {{A: {{{fields}}}}}}}");
    let definition = |fields: &str| format!("securityDefinitions: {{A: {{{fields}}}}}");
    let required = "components: {securitySchemes: {A: {type: oauth2, flows: {password: {tokenUrl: /t, scopes: {r: read}}}}, \
                    B: {type: apiKey, name: k, in: header}}}\n\
                    security: [{A: [r, w]}, {B: [r]}]";
    check(&[
        (
            "3.0.0",
            &scheme("type: oauth2"),
            &["incomplete-object 3:32"],
        ),
        (
            "3.0.0",
            &scheme("type: openIdConnect"),
            &["incomplete-object 3:32"],
        ),
        (
            "3.0.0",
            &scheme("type: http, scheme: basic, bearerFormat: JWT"),
            &["conflicting-fields 3:63"],
        ),
        (
            "3.0.0",
            &scheme("type: http, scheme: bearer, bearerFormat: JWT"),
            &[],
        ),
        (
            "3.1.0",
            &scheme("type: apiKey, name: a, in: header, scheme: bearer"),
            &["conflicting-fields 3:71"],
        ),
        (
            "3.1.0",
            &scheme("type: apiKey, name: a b, in: header"),
            &["invalid-name 3:56"],
        ),
        (
            "3.1.0",
            &scheme(
                "type: oauth2, flows: {implicit: {authorizationUrl: /a, tokenUrl: /t, scopes: {}}}",
            ),
            &["conflicting-fields 3:91"],
        ),
        (
            "2.0",
            &definition("type: oauth2, scopes: {}"),
            &["incomplete-object 3:23"],
        ),
        (
            "2.0",
            &definition("type: oauth2, flow: implicit, scopes: {}"),
            &["incomplete-object 3:23"],
        ),
        (
            "2.0",
            &definition(
                "type: oauth2, flow: implicit, authorizationUrl: /a, tokenUrl: /t, scopes: {}",
            ),
            &["conflicting-fields 3:79"],
        ),
        (
            "3.0.0",
            required,
            &["invalid-value 4:20", "conflicting-fields 4:30"],
        ),
        ("3.1.0", required, &["invalid-value 4:20"]),
    ]);
}
