//! Where the SDK's declarations and the API's answers differ in kind.
//!
//! The types of this crate are those that the declarations of `@clerk/backend` have. What its *methods* are declared to
//! answer is another matter: the SDK decides by the document what it makes of it, and for some calls that is not what the
//! method promises. Whoever sends requests without the SDK decodes what the API answers. This page lists every call where
//! the two are not of one kind, by the API's own specification (version 2026-05-12, the one that the package pins).
//!
//! # What was deleted
//!
//! The answer is no `User`, but says which one is gone: the kind of the object, its identifier, and `deleted`. Whatever has
//! `object` and `deleted` is a deleted object to the SDK, too.
//!
//! | call | request | declared | decode |
//! |---|---|---|---|
//! | `users.deleteUser` | `DELETE /users/{user_id}` | `User` | [`DeletedObjectJson`] |
//! | `organizations.deleteOrganization` | `DELETE /organizations/{organization_id}` | `Organization` | [`DeletedObjectJson`] |
//! | `organizations.deleteOrganizationDomain` | `DELETE /organizations/{organization_id}/domains/{domain_id}` | `OrganizationDomain` | [`DeletedObjectJson`] |
//! | `enterpriseConnections.deleteEnterpriseConnection` | `DELETE /enterprise_connections/{enterprise_connection_id}` | `EnterpriseConnection` | [`DeletedObjectJson`] |
//! | `samlConnections.deleteSamlConnection` | `DELETE /saml_connections/{saml_connection_id}` | `SamlConnection` | [`DeletedObjectJson`] |
//! | `redirectUrls.deleteRedirectUrl` | `DELETE /redirect_urls/{id}` | `RedirectUrl` | [`DeletedObjectJson`] |
//! | `machines.delete` | `DELETE /machines/{machine_id}` | `Machine` | [`DeletedObjectJson`] |
//! | `machines.deleteScope` | `DELETE /machines/{machine_id}/scopes/{other_machine_id}` | `MachineScope` | [`MachineScopeJson`]: both machines' identifiers and `deleted`, no `id` |
//!
//! The calls that are declared to answer a `DeletedObject` do so, and not everything that deletes answers one:
//! `organizations.deleteOrganizationMembership` answers the membership, `organizations.deleteOrganizationLogo` the organization,
//! `users.deleteUserProfileImage` the user, `users.disableUserMFA`, `users.deleteUserBackupCodes` and `users.deleteUserTOTP` the
//! user's identifier, as they are declared to.
//!
//! # Lists
//!
//! The SDK declares `PaginatedResourceResponse<T[]>`, an object of `data` and `totalCount` that it makes itself. The API
//! answers one of three shapes; [`List`] decodes all of them.
//!
//! | answered | by |
//! |---|---|
//! | a bare array | `allowlistIdentifiers.getAllowlistIdentifierList`, `clients.getClientList`, `invitations.getInvitationList`, `jwtTemplates.list`, `redirectUrls.getRedirectUrlList`, `sessions.getSessionList`, `users.getUserList`, `users.getUserOauthAccessToken` |
//! | `{ "m2m_tokens": […], "total_count": n }` | `m2m.list` |
//! | `{ "data": […], "total_count": n }` | the other lists, and `organizations.createOrganizationInvitationBulk` |
//!
//! With each of the first row but `users.getUserList` the SDK sends `paginated=true`, which the specification does not have.
//! For `users.getUserList` it asks for `GET /users/count` as well.
//!
//! # Others
//!
//! | call | request | declared | answered |
//! |---|---|---|---|
//! | `users.getCount` | `GET /users/count` | a number | `{ "object": "total_count", "total_count": n }` |
//! | `idPOAuthAccessToken.verify` | `POST /oauth_applications/access_tokens/verify` | `IdPOAuthAccessToken` | [`IdPoAuthAccessTokenJson`], or an object of `active` alone |
//!
//! # What cannot be compared
//!
//! The specification does not have what these calls request: those of `__experimental_accountlessApplications`,
//! `betaFeatures`, `emails`, `clients.getHandshakePayload`, `invitations.deleteInvitation` and `sessions.verifySession`.
//!
//! [`DeletedObjectJson`]: crate::DeletedObjectJson
//! [`IdPoAuthAccessTokenJson`]: crate::api::resources::json::IdPoAuthAccessTokenJson
//! [`List`]: crate::List
//! [`MachineScopeJson`]: crate::api::resources::json::MachineScopeJson
