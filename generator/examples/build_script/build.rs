//! Generates `api` from `openapi.yaml`.

fn main() {
    oasmith::build("openapi.yaml");
}
