//! An answer gives the requests that follow it.

use links::operations::{
    CreateUser, CreateUserCreatedHeaders, CreateUserResponse, GetUser, ListPosts, RenameUser,
    SearchPosts,
};
use links::types::{Made, User};

fn exchange(page: Option<i64>) -> (CreateUser, CreateUserResponse) {
    let name = "anna".to_owned();
    let request = CreateUser::new("acme".to_owned(), User { name });
    let headers = CreateUserCreatedHeaders { page };
    let answer = CreateUserResponse::Created(Made { id: 7 }, headers);
    (request, answer)
}

#[test]
fn values_come_from_where_the_link_says() {
    let (request, answer) = exchange(Some(3));
    // A number becomes the text that a parameter wants.
    let expected = GetUser::new("acme".to_owned(), "7".to_owned());
    assert_eq!(answer.get_user(&request), Some(expected));
    let expected = ListPosts {
        author: Some("anna".to_owned()),
        page: Some(3),
        size: Some(10),
        code: Some(201),
    };
    assert_eq!(answer.list_posts(&request), Some(expected));
    // Expressions inside of a text.
    let expected = SearchPosts {
        q: "by:anna id:7".to_owned(),
        page: Some("p3".to_owned()),
    };
    assert_eq!(answer.search(&request), Some(expected));
    let expected = RenameUser::new(7, request.body.clone());
    assert_eq!(answer.missing(&request), Some(expected));
}

#[test]
fn what_is_not_there_is_passed_on_to_nobody() {
    let (request, answer) = exchange(None);
    let search = answer.search(&request).expect("a request");
    assert_eq!((search.q.as_str(), search.page), ("by:anna id:7", None));
    assert_eq!(
        answer.list_posts(&request).and_then(|posts| posts.page),
        None
    );
}
