//! Requests that are sent as a query, put on the address of a request and read by a server on loopback.

use axum::extract::RawQuery;
use axum::routing::get;
use axum::Router;
use clerk_backend_types::api::endpoints::organization_api::{
    GetOrganizationListParams, GetOrganizationMembershipListParams,
};
use clerk_backend_types::api::endpoints::user_api::UserListParams;
use reqwest::{Client, Url};

type Pairs = Vec<(String, String)>;

/// A server that answers the query that it gets.
async fn start() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("a bound address");
    let answer = |RawQuery(query): RawQuery| async move { query.unwrap_or_default() };
    let app = Router::new().route("/v1/users", get(answer));
    tokio::spawn(async move { axum::serve(listener, app).await });
    format!("http://{address}/v1")
}

fn pairs(query: &str) -> Vec<(String, String)> {
    serde_html_form::from_str(query).expect("pairs")
}

fn pair(key: &str, value: &str) -> (String, String) {
    (key.to_owned(), value.to_owned())
}

#[tokio::test]
async fn a_list_is_a_repeated_key() {
    let params = UserListParams::new()
        .with_limit(20)
        .with_offset(0)
        .with_email_address(["ada@example.com".to_owned(), "a b&c=d+é@example.com".to_owned()])
        .with_user_id(Vec::new())
        .with_order_by("-created_at");
    let mut url = Url::parse(&format!("{}/users", start().await)).expect("an address");
    url.set_query(Some(&serde_html_form::to_string(&params).expect("a query")));
    let answer = Client::new().get(url).send().await.expect("an answer").text().await.expect("a text");
    let sent = [
        pair("limit", "20"),
        pair("offset", "0"),
        pair("email_address", "ada@example.com"),
        pair("email_address", "a b&c=d+é@example.com"),
        pair("order_by", "-created_at"),
    ];
    let mut got = pairs(&answer);
    let place = |(key, _): &(String, String)| sent.iter().position(|(known, _)| known == key);
    got.sort_by_key(place);
    assert_eq!(got, sent);
}

#[test]
fn false_is_sent_and_not_left_out() {
    let params = GetOrganizationListParams::new().with_include_members_count(false);
    assert_eq!(serde_html_form::to_string(params).as_deref(), Ok("include_members_count=false"));
}

#[test]
fn nothing_is_an_empty_query() {
    assert_eq!(serde_html_form::to_string(UserListParams::new()), Ok(String::new()));
}

/// Why it is not `reqwest::RequestBuilder::query`.
#[test]
fn what_cannot_hold_lists_says_so() {
    let params = UserListParams::new().with_user_id(["user_1".to_owned()]);
    let error = serde_urlencoded::to_string(&params).expect_err("no lists");
    assert_eq!(error.to_string(), "unsupported value");
}

#[test]
fn what_stands_in_the_path_is_taken_out() {
    let params = GetOrganizationMembershipListParams::new("org_1").with_role(["org:admin".into()]).with_limit(5);
    let all: Pairs = pairs(&serde_html_form::to_string(&params).expect("a query"));
    assert!(all.contains(&pair("organization_id", "org_1")));
    let query: Pairs = all.into_iter().filter(|(key, _)| key != "organization_id").collect();
    assert_eq!(pairs(&serde_html_form::to_string(&query).expect("a query")), query);
    assert_eq!(query.len(), 2);
}
