//! `Clone` of requests whose body is of one of several media types: the copy has the body that was chosen.

use bodies::operations::{PatchPet, PostNote, PostNoteContent, PutColour};
use bodies::runtime::arbitrary::{self, Rng};
use bodies::runtime::operation::Operation;

fn copies<O: Operation + Clone + PartialEq + std::fmt::Debug>() {
    for seed in 0..200 {
        let mut rng = Rng::new(seed);
        let mut request = O::empty();
        let table = O::operation();
        for (part, parameter) in table.parameters.iter().enumerate() {
            arbitrary::fill(request.slot(part), &parameter.field, &mut rng);
        }
        let body = table.body.as_ref().expect("a body");
        let media = rng.below(body.media.len() as u64) as usize;
        let choice = request.choice().expect("several media types");
        arbitrary::fill(choice.select(media), &body.field, &mut rng);
        assert_eq!(request, request.clone());
        assert_eq!(format!("{request:?}"), format!("{:?}", request.clone()));
    }
}

#[test]
fn a_copy_has_the_body_that_was_chosen() {
    copies::<PatchPet>();
    copies::<PostNote>();
    copies::<PutColour>();
}

#[test]
fn a_copy_without_a_body_has_none() {
    let request = PostNote::default();
    assert_eq!(request.clone().body, None);
    let markdown = Some(PostNoteContent::Markdown("# a".to_owned()));
    let request = PostNote {
        body: markdown.clone(),
    };
    assert_eq!(request.clone().body, markdown);
}
