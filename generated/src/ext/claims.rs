//! The claims of session tokens, of either version, through one set of accessors.

use super::permissions::org_permissions;
use crate::clerk_shared::types::jwtv2::{ActClaim, JwtPayload, SessionStatusClaim};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// The same claim of both versions of the known arms, and of the document of an unknown one.
macro_rules! shared {
    ($claims:expr, |$known:ident| $claim:expr, |$fields:ident| $raw:expr) => {
        match $claims {
            JwtPayload::V2($known) => $claim,
            JwtPayload::WithoutV($known) => $claim,
            JwtPayload::Unknown(unknown) => {
                let $fields = unknown.fields();
                $raw
            }
        }
    };
}

/// What a session token says, whichever version it is of. As in Clerk's SDK, a version that is not 2 reads as version 1.
///
/// ```
/// use clerk_backend_types::clerk_shared::types::jwtv2::JwtPayload;
///
/// let claims: JwtPayload = serde_json::from_str(r#"{
///     "v": 2, "iss": "https://clerk.example.com", "sub": "user_1", "sid": "sess_1",
///     "nbf": 1700000000, "iat": 1700000000, "exp": 1700000060,
///     "fea": "o:articles", "o": { "id": "org_1", "rol": "admin", "per": "read,write", "fpm": "3" },
///     "department": "sales"
/// }"#)?;
/// assert_eq!(claims.user_id(), Some("user_1"));
/// assert_eq!(claims.org_role().as_deref(), Some("org:admin"));
/// assert_eq!(claims.org_permissions().unwrap(), ["org:articles:read", "org:articles:write"]);
/// assert_eq!(claims.custom_claims()["department"], "sales");
/// # Ok::<(), serde_json::Error>(())
/// ```
impl JwtPayload {
    /// The user: the claim `sub`.
    pub fn user_id(&self) -> Option<&str> {
        shared!(self, |claims| Some(&claims.sub), |fields| text(fields, "sub"))
    }

    /// The session: the claim `sid`.
    pub fn session_id(&self) -> Option<&str> {
        shared!(self, |claims| Some(&claims.sid), |fields| text(fields, "sid"))
    }

    /// The state of the session: the claim `sts`.
    pub fn session_status(&self) -> Option<SessionStatusClaim> {
        shared!(self, |claims| claims.sts.clone(), |fields| text(fields, "sts").map(Into::into))
    }

    /// Who impersonates the user: the claim `act`.
    pub fn actor(&self) -> Option<ActClaim> {
        shared!(self, |claims| claims.act.clone(), |fields| {
            fields.get("act").and_then(|actor| crate::from_value(actor).ok())
        })
    }

    /// The minutes since the first and the second factor were verified: the claim `fva`. `-1` is "never".
    pub fn factor_verification_age(&self) -> Option<(f64, f64)> {
        shared!(self, |claims| claims.fva, |fields| {
            let [first, second] = fields.get("fva")?.as_array()?.as_slice() else { return None };
            Some((first.as_f64()?, second.as_f64()?))
        })
    }

    /// The active organization: `o.id`, in version 1 `org_id`.
    pub fn org_id(&self) -> Option<&str> {
        match self {
            Self::V2(claims) => claims.o.as_ref().map(|org| org.id.as_str()),
            Self::WithoutV(claims) => claims.org_id.as_deref(),
            Self::Unknown(unknown) => text(unknown.fields(), "org_id"),
        }
    }

    /// The active organization's slug: `o.slg`, in version 1 `org_slug`.
    pub fn org_slug(&self) -> Option<&str> {
        match self {
            Self::V2(claims) => claims.o.as_ref()?.slg.as_deref(),
            Self::WithoutV(claims) => claims.org_slug.as_deref(),
            Self::Unknown(unknown) => text(unknown.fields(), "org_slug"),
        }
    }

    /// The role in the active organization, such as `org:admin`: `o.rol`, which lacks the prefix, in version 1 `org_role`.
    pub fn org_role(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::V2(claims) => {
                let role = claims.o.as_ref()?.rol.as_ref().filter(|role| !role.is_empty())?;
                Some(Cow::Owned(format!("org:{role}")))
            }
            Self::WithoutV(claims) => claims.org_role.as_deref().map(Cow::Borrowed),
            Self::Unknown(unknown) => text(unknown.fields(), "org_role").map(Cow::Borrowed),
        }
    }

    /// The permissions in the active organization, such as `org:articles:read`: combined from `fea`, `o.per` and
    /// `o.fpm`, in version 1 `org_permissions`.
    ///
    /// `None` without an active organization, and where `fea` cannot be read, for which upstream throws: what cannot be
    /// read permits nothing.
    pub fn org_permissions(&self) -> Option<Vec<String>> {
        match self {
            Self::V2(claims) => {
                let org = claims.o.as_ref()?;
                org_permissions(claims.fea.as_deref(), org.per.as_deref(), org.fpm.as_deref())
            }
            Self::WithoutV(claims) => claims.org_permissions.clone(),
            Self::Unknown(unknown) => {
                let permissions = unknown.fields().get("org_permissions")?.as_array()?.iter();
                permissions.map(|permission| permission.as_str().map(str::to_owned)).collect()
            }
        }
    }

    /// The claims that the declarations do not name, those of one's own session token template among them. Of an unknown
    /// version, all claims.
    pub fn custom_claims(&self) -> &Map<String, Value> {
        shared!(self, |claims| &claims.extra, |fields| fields)
    }
}

/// A claim that is text.
fn text<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    fields.get(name)?.as_str()
}
