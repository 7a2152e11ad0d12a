use clerk_backend_types::api::endpoints::user_api::UserListParams;
#[test]
fn x() {
    println!("{}", serde_html_form::to_string(UserListParams::new()).unwrap());
}
