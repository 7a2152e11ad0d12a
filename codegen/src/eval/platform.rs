//! Types of the platform that are data, and that documents hold: a table in a little of TypeScript's own notation.

use super::prelude::{Utility, library};
use crate::model::{
    Keyword, Literal, Member, NumberLit, ObjectTy, PropertyDef, PropertyKey, TupleElement, Ty, UnionArm, Visibility,
};
use crate::source::{FileId, Location};
use indexmap::IndexMap;

/// `Name = type` or `Name { key?: type; … }`, a line each. Types are unions of keywords, literals, names, lists of
/// names (`T[]`), lists of pairs (`[T, T][]`) and maps (`{T}`).
const TABLE: &str = r#"
HeadersInit = [string, string][] | {string} | Headers
BodyInit = string | ReadableStream | Blob | BufferSource | FormData | URLSearchParams
XMLHttpRequestBodyInit = string | Blob | BufferSource | FormData | URLSearchParams
RequestInfo = string | Request
RequestCache = 'default' | 'force-cache' | 'no-cache' | 'no-store' | 'only-if-cached' | 'reload'
RequestCredentials = 'include' | 'omit' | 'same-origin'
RequestDuplex = 'half'
RequestMode = 'cors' | 'navigate' | 'no-cors' | 'same-origin'
RequestPriority = 'auto' | 'high' | 'low'
RequestRedirect = 'error' | 'follow' | 'manual'
ReferrerPolicy = '' | 'no-referrer' | 'no-referrer-when-downgrade' | 'origin' | 'origin-when-cross-origin' | 'same-origin' | 'strict-origin' | 'strict-origin-when-cross-origin' | 'unsafe-url'
RequestInit { body?: BodyInit | null; cache?: RequestCache; credentials?: RequestCredentials; headers?: HeadersInit; integrity?: string; keepalive?: boolean; method?: string; mode?: RequestMode; priority?: RequestPriority; redirect?: RequestRedirect; referrer?: string; referrerPolicy?: ReferrerPolicy; signal?: AbortSignal | null; window?: null }
ResponseInit { headers?: HeadersInit; status?: number; statusText?: string }
EpochTimeStamp = number
DOMHighResTimeStamp = number
Base64URLString = string
COSEAlgorithmIdentifier = number
ScrollBehavior = 'auto' | 'instant' | 'smooth'
DOMRectInit { height?: number; width?: number; x?: number; y?: number }
DOMPointInit { w?: number; x?: number; y?: number; z?: number }
PositionOptions { enableHighAccuracy?: boolean; maximumAge?: number; timeout?: number }
KeyUsage = 'decrypt' | 'deriveBits' | 'deriveKey' | 'encrypt' | 'sign' | 'unwrapKey' | 'verify' | 'wrapKey'
KeyFormat = 'jwk' | 'pkcs8' | 'raw' | 'spki'
KeyType = 'private' | 'public' | 'secret'
AuthenticatorTransport = 'ble' | 'hybrid' | 'internal' | 'nfc' | 'usb'
AuthenticatorAttachment = 'cross-platform' | 'platform'
AttestationConveyancePreference = 'direct' | 'enterprise' | 'indirect' | 'none'
UserVerificationRequirement = 'discouraged' | 'preferred' | 'required'
ResidentKeyRequirement = 'discouraged' | 'preferred' | 'required'
PublicKeyCredentialType = 'public-key'
AuthenticatorSelectionCriteria { authenticatorAttachment?: AuthenticatorAttachment; requireResidentKey?: boolean; residentKey?: ResidentKeyRequirement; userVerification?: UserVerificationRequirement }
PublicKeyCredentialParameters { alg: number; type: PublicKeyCredentialType }
PublicKeyCredentialRpEntity { name: string; id?: string }
PublicKeyCredentialUserEntityJSON { displayName: string; id: string; name: string }
PublicKeyCredentialDescriptorJSON { id: string; transports?: string[]; type: string }
AuthenticationExtensionsPRFValuesJSON { first: string; second?: string }
AuthenticationExtensionsPRFInputsJSON { eval?: AuthenticationExtensionsPRFValuesJSON; evalByCredential?: {AuthenticationExtensionsPRFValuesJSON} }
AuthenticationExtensionsLargeBlobInputsJSON { read?: boolean; support?: string; write?: string }
AuthenticationExtensionsClientInputsJSON { appid?: string; credProps?: boolean; largeBlob?: AuthenticationExtensionsLargeBlobInputsJSON; prf?: AuthenticationExtensionsPRFInputsJSON }
PublicKeyCredentialCreationOptionsJSON { attestation?: string; authenticatorSelection?: AuthenticatorSelectionCriteria; challenge: string; excludeCredentials?: PublicKeyCredentialDescriptorJSON[]; extensions?: AuthenticationExtensionsClientInputsJSON; hints?: string[]; pubKeyCredParams: PublicKeyCredentialParameters[]; rp: PublicKeyCredentialRpEntity; timeout?: number; user: PublicKeyCredentialUserEntityJSON }
PublicKeyCredentialRequestOptionsJSON { allowCredentials?: PublicKeyCredentialDescriptorJSON[]; challenge: string; extensions?: AuthenticationExtensionsClientInputsJSON; hints?: string[]; rpId?: string; timeout?: number; userVerification?: string }
AuthenticationExtensionsLargeBlobInputs { read?: boolean; support?: string; write?: BufferSource }
AuthenticationExtensionsPRFValues { first: BufferSource; second?: BufferSource }
AuthenticationExtensionsPRFInputs { eval?: AuthenticationExtensionsPRFValues; evalByCredential?: {AuthenticationExtensionsPRFValues} }
AuthenticationExtensionsClientInputs { appid?: string; credProps?: boolean; credentialProtectionPolicy?: string; enforceCredentialProtectionPolicy?: boolean; hmacCreateSecret?: boolean; largeBlob?: AuthenticationExtensionsLargeBlobInputs; minPinLength?: boolean; prf?: AuthenticationExtensionsPRFInputs }
CredentialPropertiesOutput { rk?: boolean }
AuthenticationExtensionsLargeBlobOutputs { blob?: ArrayBuffer; supported?: boolean; written?: boolean }
AuthenticationExtensionsPRFOutputs { enabled?: boolean; results?: AuthenticationExtensionsPRFValues }
AuthenticationExtensionsClientOutputs { appid?: boolean; credProps?: CredentialPropertiesOutput; hmacCreateSecret?: boolean; largeBlob?: AuthenticationExtensionsLargeBlobOutputs; prf?: AuthenticationExtensionsPRFOutputs }
PublicKeyCredentialDescriptor { id: BufferSource; transports?: AuthenticatorTransport[]; type: PublicKeyCredentialType }
PublicKeyCredentialUserEntity { name: string; displayName: string; id: BufferSource }
PublicKeyCredentialCreationOptions { attestation?: AttestationConveyancePreference; authenticatorSelection?: AuthenticatorSelectionCriteria; challenge: BufferSource; excludeCredentials?: PublicKeyCredentialDescriptor[]; extensions?: AuthenticationExtensionsClientInputs; pubKeyCredParams: PublicKeyCredentialParameters[]; rp: PublicKeyCredentialRpEntity; timeout?: number; user: PublicKeyCredentialUserEntity }
PublicKeyCredentialRequestOptions { allowCredentials?: PublicKeyCredentialDescriptor[]; challenge: BufferSource; extensions?: AuthenticationExtensionsClientInputs; rpId?: string; timeout?: number; userVerification?: UserVerificationRequirement }
CredentialCreationOptions { publicKey?: PublicKeyCredentialCreationOptions; signal?: AbortSignal }
CredentialMediationRequirement = 'conditional' | 'optional' | 'required' | 'silent'
CredentialRequestOptions { mediation?: CredentialMediationRequirement; publicKey?: PublicKeyCredentialRequestOptions; signal?: AbortSignal }
KeyAlgorithm { name: string }
Intl.UnicodeBCP47LocaleIdentifier = string
Intl.NumberFormatOptions { localeMatcher?: 'lookup' | 'best fit'; style?: 'decimal' | 'percent' | 'currency' | 'unit'; currency?: string; currencyDisplay?: 'code' | 'symbol' | 'name' | 'narrowSymbol'; useGrouping?: boolean | 'min2' | 'auto' | 'always' | 'true' | 'false'; minimumIntegerDigits?: number; minimumFractionDigits?: number; maximumFractionDigits?: number; minimumSignificantDigits?: number; maximumSignificantDigits?: number; numberingSystem?: string; compactDisplay?: 'short' | 'long'; notation?: 'standard' | 'scientific' | 'engineering' | 'compact'; signDisplay?: 'auto' | 'never' | 'always' | 'exceptZero' | 'negative'; unit?: string; unitDisplay?: 'short' | 'long' | 'narrow'; currencySign?: 'standard' | 'accounting'; roundingPriority?: 'auto' | 'morePrecision' | 'lessPrecision'; roundingIncrement?: 1 | 2 | 5 | 10 | 20 | 25 | 50 | 100 | 200 | 250 | 500 | 1000 | 2000 | 2500 | 5000; roundingMode?: 'ceil' | 'floor' | 'expand' | 'trunc' | 'halfCeil' | 'halfFloor' | 'halfExpand' | 'halfTrunc' | 'halfEven'; trailingZeroDisplay?: 'auto' | 'stripIfInteger' }
Intl.DateTimeFormatOptions { localeMatcher?: 'best fit' | 'lookup'; weekday?: 'long' | 'short' | 'narrow'; era?: 'long' | 'short' | 'narrow'; year?: 'numeric' | '2-digit'; month?: 'numeric' | '2-digit' | 'long' | 'short' | 'narrow'; day?: 'numeric' | '2-digit'; hour?: 'numeric' | '2-digit'; minute?: 'numeric' | '2-digit'; second?: 'numeric' | '2-digit'; timeZoneName?: 'short' | 'long' | 'shortOffset' | 'longOffset' | 'shortGeneric' | 'longGeneric'; formatMatcher?: 'best fit' | 'basic'; hour12?: boolean; timeZone?: string; calendar?: string; dayPeriod?: 'narrow' | 'short' | 'long'; numberingSystem?: string; dateStyle?: 'full' | 'long' | 'medium' | 'short'; timeStyle?: 'full' | 'long' | 'medium' | 'short'; hourCycle?: 'h11' | 'h12' | 'h23' | 'h24'; fractionalSecondDigits?: 1 | 2 | 3 }
"#;

/// The same of the dictionaries, enumerations and unions that browsers declare and documents seldom hold.
const MORE: &str = include_str!("platform.txt");

/// Adds what the tables have.
pub(super) fn declare(utilities: &mut IndexMap<&'static str, Utility>) {
    for line in MORE.lines().chain(TABLE.lines()).filter(|line| !line.is_empty()) {
        let (name, body) = match line.split_once(" { ") {
            Some((name, members)) => (name, object(members.trim_end_matches(" }"))),
            None => line.split_once(" = ").map(|(name, ty)| (name, union(ty))).expect("a line of the table"),
        };
        utilities.insert(name, Utility { params: Vec::new(), body });
    }
}

fn object(members: &str) -> Ty {
    let members = members.split("; ").map(|member| {
        let (key, ty) = member.split_once(": ").expect("a property of the table");
        let name = key.trim_end_matches('?');
        Member::Property(PropertyDef {
            key: PropertyKey::Name(name.to_owned()),
            ty: union(ty),
            optional: key.len() > name.len(),
            readonly: false,
            visibility: Visibility::Public,
            accessor: false,
            doc: None,
            location: Location { file: FileId(0), line: 1, column: 1 },
        })
    });
    Ty::Object(ObjectTy { members: members.collect() })
}

fn union(text: &str) -> Ty {
    let mut arms: Vec<Ty> = text.split(" | ").map(part).collect();
    match arms.len() {
        1 => arms.remove(0),
        _ => Ty::Union(arms.into_iter().map(|ty| UnionArm { ty, doc: None }).collect()),
    }
}

fn part(text: &str) -> Ty {
    if let Some(item) = text.strip_suffix("[]") {
        return Ty::Array(Box::new(part(item)));
    }
    if let Some(places) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
        let place = |text: &str| TupleElement { name: None, ty: part(text), optional: false, rest: false };
        return Ty::Tuple(places.split(", ").map(place).collect());
    }
    if let Some(value) = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) {
        return library("Record", vec![Ty::Keyword(Keyword::String), part(value)]);
    }
    if let Some(value) = text.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')) {
        return Ty::Literal(Literal::String(value.to_owned()));
    }
    match (text, text.parse()) {
        ("string", _) => Ty::Keyword(Keyword::String),
        ("number", _) => Ty::Keyword(Keyword::Number),
        ("boolean", _) => Ty::Keyword(Keyword::Boolean),
        ("any", _) => Ty::Keyword(Keyword::Any),
        ("unknown", _) => Ty::Keyword(Keyword::Unknown),
        ("null", _) => Ty::Keyword(Keyword::Null),
        (_, Ok(number)) => Ty::Literal(Literal::Number(NumberLit(number))),
        (name, Err(_)) => library(name, Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{library, prelude::Prelude};
    use super::*;
    use crate::model::Model;

    /// Every name that the table mentions is in it, or a library type.
    #[test]
    fn names_of_the_table_are_known() {
        let prelude = Prelude::new(&Model::default());
        let entries = library::table();
        let words =
            |line: &'static str| line.split(|sign: char| !sign.is_alphanumeric() && sign != '_').collect::<Vec<_>>();
        for line in TABLE.lines().chain(MORE.lines()) {
            let is_type = |word: &&str| word.starts_with(char::is_uppercase) && !line.contains(&format!(" {word}?: "));
            let types = line.split('\'').step_by(2).flat_map(words).filter(is_type);
            for word in types.filter(|word| !["Intl", "NumberFormatOptions", "DateTimeFormatOptions"].contains(word)) {
                let known = prelude.get(word).is_some() || library::find(&entries, word).is_some();
                assert!(known || word == "UnicodeBCP47LocaleIdentifier", "{word}");
            }
        }
    }
}
