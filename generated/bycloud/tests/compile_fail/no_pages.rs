//! An operation whose answers are no pages.

use bycloud::Client;
use bycloud::operations::DeleteZone;

fn main() {
    let client = Client::builder().build().unwrap();
    client.delete_zone(DeleteZone::new(Default::default())).items();
}
