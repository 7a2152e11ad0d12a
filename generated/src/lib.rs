//! Typed, documented models of Clerk's Backend API: what it answers, what it takes, the events that it sends.
//!
//! Generated from the TypeScript declarations of `@clerk/backend`, with
//! their documentation, and of that package's own names: what Clerk's documents call `User` is [`User`] here. The crate
//! sends nothing and verifies nothing; it fits any HTTP client. It depends on `serde` and `serde_json`.
//!
//! ```
//! use clerk_backend_types::Session;
//!
//! let body = r#"{
//!     "object": "session", "id": "sess_1", "client_id": "client_1", "user_id": "user_1",
//!     "status": "active", "actor": null, "last_active_at": 1716883200123,
//!     "expire_at": 1717488000123, "abandon_at": 1719475200123,
//!     "created_at": 1716883200123, "updated_at": 1716883200123
//! }"#;
//! let session: Session = serde_json::from_str(body)?;
//! assert_eq!(session.user_id, "user_1");
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! # Where to look
//!
//! | for | see |
//! |---|---|
//! | sessions, users, organizations | [`Session`], [`User`], [`Organization`] and their neighbours below: the resources as Clerk's SDK has them |
//! | the same as sent, every field | [`SessionJson`], [`UserJson`], [`OrganizationJson`], …: they encode to the document that they were decoded from, undeclared fields aside |
//! | webhooks | [`WebhookEvent`] |
//! | requests | [`api::endpoints`], such as [`CreateUserParams`](api::endpoints::user_api::CreateUserParams) |
//! | lists, errors | [`List`], [`ApiError`] |
//! | what a call answers, where the SDK declares another kind | [`answers`] |
//! | the claims of session tokens | [`JwtPayload`](clerk_shared::types::jwtv2::JwtPayload) |
//! | metadata as a type of one's own | [`Metadata`] |
//!
//! The modules are upstream's files: `dist/api/resources/Session.d.ts` is [`api::resources::session`]. The root has what
//! `import … from "@clerk/backend"` has, [`errors`], [`jwt`], [`webhooks`] and [`proxy`] what the package's subpaths have.
//! The examples of the repository show a webhook receiver that verifies signatures, lists and errors, metadata, claims,
//! and a request that is sent.
//!
//! # Webhooks
//!
//! One variant an event, with the payload of that event. Verify the signature on the raw body first (the
//! `standardwebhooks` crate does, the example `webhook_axum` shows it), then decode the same bytes:
//!
//! ```
//! use clerk_backend_types::{from_slice, WebhookEvent};
//!
//! # let body = br#"{
//! #     "data": { "object": "user", "id": "user_1", "deleted": true }, "type": "user.deleted", "object": "event",
//! #     "event_attributes": { "http_request": { "client_ip": "192.0.2.1", "user_agent": "test" } },
//! #     "timestamp": 1716883200123, "instance_id": "ins_1"
//! # }"#;
//! let event: WebhookEvent = from_slice(body)?;
//! match event {
//!     WebhookEvent::UserCreated(event) => println!("welcome, {}", event.data.id),
//!     WebhookEvent::UserDeleted(event) => println!("goodbye, {:?}", event.data.id),
//!     other => println!("ignored {}", other.tag()),
//! }
//! # Ok::<(), clerk_backend_types::DecodeError>(())
//! ```
//!
//! # What is new upstream
//!
//! Clerk adds values, events and fields without notice, and none of them makes decoding fail. A text that an enum does not
//! know is kept in its variant `Unknown` and encodes as it came; so is the whole document of an unknown event. Match the
//! variants that you know and leave the rest to a wildcard: when a later version of this crate knows a value, it is never in
//! `Unknown` any more.
//!
//! ```
//! use clerk_backend_types::WebhookEventType;
//!
//! let new = WebhookEventType::from("user.promoted");
//! assert!(new.is_unknown());
//! assert_eq!(new.as_str(), "user.promoted");
//! assert_eq!(WebhookEventType::from("user.created"), WebhookEventType::UserCreated);
//! ```
//!
//! Everything else is strict: a required field that is missing, a `null` that is not declared or a value of another type
//! is an error, never a default.
//!
//! # Errors that say where
//!
//! Every type is decoded by `serde_json`, axum's `Json` and the like. [`from_str`], [`from_slice`] and [`from_value`] do the
//! same, and their error has the path:
//!
//! ```
//! use clerk_backend_types::{from_str, SessionJson};
//!
//! let error = from_str::<SessionJson>(r#"{ "object": "session", "id": 1 }"#).unwrap_err();
//! assert_eq!(error.path(), "id");
//! ```
//!
//! The crate `serde_path_to_error` works too; of what lies below a union, the path may then stand in the message.
//!
//! # One bad document must not stop a receiver
//!
//! Where documents come one after the other, or many in a list, one that does not fit must not cost the others. A
//! [`Lenient<T>`](Lenient) is a `T` or the document as it was, with what is wrong and where; it decodes from every JSON
//! value, alone, in a `Vec`, in a [`List`], in axum's `Json`, and encodes to the same value:
//!
//! ```
//! use clerk_backend_types::{from_slice, Lenient, WebhookEvent};
//!
//! # let body = br#"{
//! #     "data": { "object": "user", "id": "user_1", "deleted": null }, "type": "user.deleted", "object": "event",
//! #     "event_attributes": { "http_request": { "client_ip": "192.0.2.1", "user_agent": "test" } },
//! #     "timestamp": 1716883200123, "instance_id": "ins_1"
//! # }"#;
//! // Fails for what is no JSON, or is nested deeper than 128 levels, and for nothing else.
//! let event: Lenient<WebhookEvent> = from_slice(body)?;
//! match event {
//!     Lenient::Decoded(event) => println!("handle {}", event.tag()),
//!     Lenient::Undecoded(document) => {
//!         // a document tagged "user.deleted" does not fit: at `data.deleted`: invalid type: null, expected a boolean
//!         println!("{document}");
//!         assert_eq!(document.tag().unwrap(), "user.deleted");
//!         assert_eq!(document.path(), "data.deleted");
//!         // The whole event, to be kept until a version of this crate decodes it.
//!         assert_eq!(document.raw()["data"]["id"], "user_1");
//!     }
//! }
//! # Ok::<(), clerk_backend_types::DecodeError>(())
//! ```
//!
//! Nothing in a document that does not fit is known to be no secret: what `{}` and `{:?}` print of it are the tag, keys,
//! paths and kinds, never a value.
//!
//! # Values in tests
//!
//! Types of the API's answers are `#[non_exhaustive]`, since Clerk adds fields to them. The feature `fixtures` gives every
//! type a plain value, `sample()`, to be changed by assignment: what must be there is filled (texts are `sample`, numbers 0,
//! enums their first value), what may be absent or null is. It encodes to a document that decodes as it.
//!
//! ```toml
//! [dev-dependencies]
//! clerk-backend-types = { version = "…", features = ["fixtures"] }
//! ```
//!
#![cfg_attr(feature = "fixtures", doc = "```")]
#![cfg_attr(not(feature = "fixtures"), doc = "```ignore")]
//! use clerk_backend_types::api::resources::webhooks::Webhook;
//! use clerk_backend_types::{User, UserJson, WebhookEvent};
//!
//! let mut user = UserJson::sample();
//! user.id = "user_1".into();
//! user.first_name = Some("Ada".into());
//! assert_eq!(User::from(user.clone()).id, "user_1");
//!
//! let mut event = Webhook::<UserJson>::sample();
//! event.data = user;
//! let event = WebhookEvent::UserCreated(event.into());
//! assert_eq!(event.tag(), "user.created");
//! ```
//!
//! A literal does as well, which is what the API sends:
//!
//! ```
//! use clerk_backend_types::DeletedObjectJson;
//! use serde_json::json;
//!
//! let deleted: DeletedObjectJson =
//!     serde_json::from_value(json!({ "object": "user", "id": "user_1", "deleted": true }))?;
//! assert!(deleted.deleted);
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! Types of requests have `new`, which takes what is required, and `with_…` for the rest. Where a field may be left out and may
//! be `null`, which mean different things in updates, it is a [`Maybe`].
//!
//! # Queries
//!
//! Requests that list things are sent as a query. Lists are repeated keys there, which `serde_urlencoded` refuses, and with
//! it the method `query` of `reqwest`'s requests; the crate `serde_html_form` writes them as the SDK does:
//!
//! ```
//! use clerk_backend_types::api::endpoints::user_api::UserListParams;
//!
//! let params = UserListParams::new().with_limit(20).with_user_id(["user_1".to_owned(), "user_2".to_owned()]);
//! let mut url = reqwest::Url::parse("https://api.clerk.com/v1/users")?;
//! url.set_query(Some(&serde_html_form::to_string(&params)?));
//! assert_eq!(url.as_str(), "https://api.clerk.com/v1/users?limit=20&user_id=user_1&user_id=user_2");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The SDK leaves out `false`, `0` and empty texts; here they are sent if they are set. What stands in the path or in a header
//! is a field as well, and must not stay in the query, least of all the secret:
//!
//! | field | of | goes to |
//! |---|---|---|
//! | `organization_id` | [`GetOrganizationParams`], and the `…MembershipListParams`, `…InvitationListParams`, `…InvitationParams` and `…DomainListParams` beside it | the path |
//! | `slug` | [`GetOrganizationParams`] | the path, in place of `organization_id` |
//! | `invitation_id` | [`GetOrganizationInvitationParams`] | the path |
//! | `user_id` | `GetOrganizationMembershipListParams` and `GetOrganizationInvitationListParams` in [`user_api`] | the path |
//! | `machine_secret_key` | [`GetM2MTokenListParams`] | the header `Authorization` |
//!
//! [`GetOrganizationParams`]: api::endpoints::organization_api::GetOrganizationParams
//! [`GetOrganizationInvitationParams`]: api::endpoints::organization_api::GetOrganizationInvitationParams
//! [`user_api`]: api::endpoints::user_api
//! [`GetM2MTokenListParams`]: api::endpoints::m2m_token_api::GetM2mTokenListParams
//!
//! ```
//! use clerk_backend_types::api::endpoints::organization_api::GetOrganizationDomainListParams;
//!
//! let params = GetOrganizationDomainListParams::new("org_1").with_limit(20);
//! let all: Vec<(String, String)> = serde_html_form::from_str(&serde_html_form::to_string(&params)?)?;
//! let query: Vec<_> = all.into_iter().filter(|(key, _)| key != "organization_id").collect();
//! assert_eq!(serde_html_form::to_string(&query)?, "limit=20");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Secrets
//!
//! `{:?}` prints fields that hold tokens, passwords and the like as `[redacted]`, and errors never quote them. Encoding does
//! not hide them.
//!
//! # Features
//!
//! Instants are [`UnixMillis`], milliseconds since 1970 as Clerk sends them; those of session tokens are [`UnixSeconds`],
//! as RFC 7519 has them. The features `jiff`, `chrono` and `time` add conversions to and from the types of these crates;
//! none of them changes a field. `fixtures` gives every type a value for tests. None is on by default.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod ext;
#[rustfmt::skip]
mod gen;

pub use crate::ext::*;
pub use crate::gen::*;
pub use crate::support::{
    from_slice, from_str, from_value, DecodeError, Lenient, Maybe, Undecoded, UnixMillis, UnixSeconds,
};

/// Tests the examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
